//! What all counties share: the menu, the calendars, deadlines, retention and budgets.

use std::collections::HashSet;

use toml::Spanned;

use super::Loaded;
use super::files::{CampaignRow, ConsentsFile, FieldsFile, HolidayRow, RulesFile, SpanEntry};
use super::plans::date;
use super::source::{Folder, Read, Rows, Source};
use crate::actor::Act;
use crate::campaigns;
use crate::db::Db;
use crate::divisions::{self, Budget, Deadline, Field, FieldKind, Holiday, HolidayKind, RETENTION_SUBJECTS, STAGES, StageRule};
use crate::error::Result;
use crate::people::{self, ConsentKind, ConsentText};

/// The journal is kept at least so many months (等保, level 2).
const JOURNAL_MONTHS: i32 = 6;

/// The shared files, read and checked.
#[derive(Clone)]
pub(super) struct Shared {
    menu: Vec<Field>,
    retention: Vec<(String, i32)>,
    budgets: Vec<Budget>,
    consents: Vec<ConsentText>,
    pub(super) deadlines: Vec<StageRule>,
    /// A calendar a file.
    pub(super) calendars: Vec<Vec<Holiday>>,
    /// A year's campaigns a file.
    pub(super) campaigns: Vec<Vec<campaigns::Wanted>>,
}

impl Shared {
    pub(super) fn read(folder: &Folder) -> Result<Self> {
        let mut folder = folder.clone();
        let menu = menu(&folder.must_take("fields.toml")?.toml()?)?;
        let rules: Read<RulesFile> = folder.must_take("rules.toml")?.toml()?;
        let consents = consents(&folder.must_take("consents.toml")?.toml()?)?;
        let calendars = folder.take_all("holidays-", ".csv").into_iter().map(calendar).collect::<Result<_>>()?;
        let campaigns = folder.take_all("campaigns-", ".csv").into_iter().map(campaigns_of).collect::<Result<_>>()?;
        folder.nothing_left()?;
        Ok(Self { menu, retention: retention(&rules)?, budgets: budgets(&rules)?, consents, deadlines: deadlines(&rules)?, calendars, campaigns })
    }

    pub(super) fn put(&self, db: &mut Db, act: &Act) -> Result<Loaded> {
        let mut loaded = Loaded::default();
        for field in &self.menu {
            loaded.note("fields", divisions::put_field(db, act, field)?);
        }
        for (subject, months) in &self.retention {
            loaded.note("retention rules", divisions::put_retention(db, act, subject, *months)?);
        }
        for budget in &self.budgets {
            loaded.note("budgets", divisions::put_budget(db, act, budget)?);
        }
        for consent in &self.consents {
            loaded.note("consent texts", people::put_consent_text(db, act, consent)?);
        }
        Ok(loaded)
    }
}

/// A word may stand in a file once.
pub(super) fn once(source: &Source, seen: &mut HashSet<String>, what: &str, word: &Spanned<String>) -> Result<()> {
    if word.get_ref().trim().is_empty() {
        return Err(source.bad_at(word.span(), format!("the {what} is empty")));
    }
    if seen.insert(word.get_ref().clone()) {
        return Ok(());
    }
    Err(source.bad_at(word.span(), format!("{what} {} is used twice", word.get_ref())))
}

fn menu(file: &Read<FieldsFile>) -> Result<Vec<Field>> {
    let mut seen = HashSet::new();
    let mut menu = Vec::new();
    for entry in &file.value.field {
        once(&file.source, &mut seen, "code", &entry.code)?;
        menu.push((entry.code.get_ref(), FieldKind::Field, &entry.name, &entry.name_en, entry.examples.join("\n")));
    }
    for entry in &file.value.form {
        once(&file.source, &mut seen, "code", &entry.code)?;
        menu.push((entry.code.get_ref(), FieldKind::Form, &entry.name, &entry.name_en, String::new()));
    }
    let numbered = (1..).zip(menu);
    Ok(numbered
        .map(|(seq, (code, kind, name, name_en, examples))| Field { code: code.clone(), kind, name: name.clone(), name_en: name_en.clone(), examples, seq })
        .collect())
}

/// The versions of the notice; each has the same sections in both languages, none of them empty.
fn consents(file: &Read<ConsentsFile>) -> Result<Vec<ConsentText>> {
    let mut seen = HashSet::new();
    let mut texts = Vec::new();
    for entry in &file.value.consent {
        once(&file.source, &mut seen, "version", &entry.version)?;
        let words = entry.section.iter().flat_map(|section| [&section.key, &section.heading, &section.heading_en, &section.text, &section.text_en]);
        if entry.section.is_empty() || words.chain([&entry.title, &entry.title_en]).any(|word| word.trim().is_empty()) {
            return Err(file.source.bad_at(entry.version.span(), format!("version {} lacks some of its words", entry.version.get_ref())));
        }
        texts.push(ConsentText {
            kind: entry.kind.unwrap_or(ConsentKind::Notice),
            version: entry.version.get_ref().clone(),
            valid_from: date(&file.source, &entry.valid_from)?,
            title: entry.title.clone(),
            title_en: entry.title_en.clone(),
            sections: entry.section.clone(),
        });
    }
    Ok(texts)
}

/// The days of an announcement.
pub(super) fn calendar(source: Source) -> Result<Vec<Holiday>> {
    use chrono::{Datelike, Weekday};
    let file: Rows<HolidayRow> = source.rows()?;
    let mut seen = HashSet::new();
    let mut days = Vec::new();
    for (line, HolidayRow { day, kind, name }) in file.value {
        if !seen.insert(day) {
            return Err(file.source.bad_line(line, format!("day {day} is used twice")));
        }
        if kind == HolidayKind::Work && !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            return Err(file.source.bad_line(line, format!("{day} is a weekday: only a weekend day is worked instead")));
        }
        days.push(Holiday { day, kind, name });
    }
    Ok(days)
}

/// The campaigns of a year.
pub(super) fn campaigns_of(source: Source) -> Result<Vec<campaigns::Wanted>> {
    use chrono::Datelike;
    let file: Rows<CampaignRow> = source.rows()?;
    let mut found: Vec<campaigns::Wanted> = Vec::new();
    for (line, CampaignRow { name, from_day, until_day, announced }) in file.value {
        if found.iter().any(|known| known.name == name) {
            return Err(file.source.bad_line(line, format!("campaign {name} is used twice")));
        }
        if until_day < from_day {
            return Err(file.source.bad_line(line, format!("until_day {until_day} lies before from_day {from_day}")));
        }
        if found.first().is_some_and(|first| first.from_day.year() != from_day.year()) {
            return Err(file.source.bad_line(line, format!("{from_day} is a day of another year: a file is one year's")));
        }
        found.push(campaigns::Wanted { id: None, name, from_day, until_day, announced });
    }
    Ok(found)
}

/// The deadlines of a rules file.
pub(super) fn deadlines(file: &Read<RulesFile>) -> Result<Vec<StageRule>> {
    let mut seen = HashSet::new();
    let mut rules = Vec::new();
    for entry in &file.value.deadline {
        once(&file.source, &mut seen, "stage", &entry.stage)?;
        if !STAGES.contains(&entry.stage.get_ref().as_str()) {
            return Err(file.source.bad_at(entry.stage.span(), format!("stage {} is not known; the stages are {}", entry.stage.get_ref(), STAGES.join(", "))));
        }
        for (urgent, span) in [(false, &entry.normal), (true, entry.urgent.as_ref().unwrap_or(&entry.normal))] {
            let SpanEntry { amount, unit } = span;
            positive(&file.source, amount)?;
            rules.push(StageRule { stage: entry.stage.get_ref().clone(), urgent, deadline: Deadline { amount: *amount.get_ref(), unit: *unit } });
        }
    }
    Ok(rules)
}

fn retention(file: &Read<RulesFile>) -> Result<Vec<(String, i32)>> {
    let mut seen = HashSet::new();
    let mut rules = Vec::new();
    for entry in &file.value.retention {
        let (subject, months) = (entry.subject.get_ref(), *entry.months.get_ref());
        once(&file.source, &mut seen, "subject", &entry.subject)?;
        positive(&file.source, &entry.months)?;
        if !RETENTION_SUBJECTS.contains(&subject.as_str()) {
            return Err(file
                .source
                .bad_at(entry.subject.span(), format!("subject {subject} is not known; the subjects are {}", RETENTION_SUBJECTS.join(", "))));
        }
        if subject == "journal" && months < JOURNAL_MONTHS {
            return Err(file.source.bad_at(entry.months.span(), format!("the journal is kept {JOURNAL_MONTHS} months at least")));
        }
        rules.push((subject.clone(), months));
    }
    Ok(rules)
}

fn budgets(file: &Read<RulesFile>) -> Result<Vec<Budget>> {
    let mut seen = HashSet::new();
    let mut budgets = Vec::new();
    for entry in &file.value.budget {
        if !seen.insert((entry.deed.get_ref(), entry.per)) {
            return Err(file.source.bad_at(entry.deed.span(), format!("the budget of {} per {} is given twice", entry.deed.get_ref(), entry.per)));
        }
        positive(&file.source, &entry.allowed)?;
        positive(&file.source, &entry.minutes)?;
        budgets.push(Budget { deed: entry.deed.get_ref().clone(), per: entry.per, allowed: *entry.allowed.get_ref(), minutes: *entry.minutes.get_ref() });
    }
    Ok(budgets)
}

/// A number must be above zero.
pub(super) fn positive(source: &Source, number: &Spanned<i32>) -> Result<()> {
    if *number.get_ref() > 0 { Ok(()) } else { Err(source.bad_at(number.span(), format!("{} must be above 0", number.get_ref()))) }
}
