//! A county's plans: each item must resolve its units, its parent and its code.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use toml::Spanned;
use toml::value::Datetime;

use super::county::Loading;
use super::files::{ItemEntry, PlanFile, TargetEntry, Word};
use super::shared::once;
use super::source::{Read, Source};
use crate::actor::OrganisationKind;
use crate::error::Result;
use crate::ids::{OrganisationId, PlanId, PlanItemId};
use crate::organisations;
use crate::plan::{self, NewItem, NewPlan, NewTarget, PlanItemKind};

/// Puts every plan of the folder, and says which one counts.
pub(super) fn put(loading: &mut Loading<'_>) -> Result<()> {
    let folder = loading.folder;
    let mut codes = HashSet::new();
    for Read { source, value } in &folder.plans {
        once(source, &mut codes, "code", &value.code)?;
        Reading { loading, source, units: HashMap::new(), items: HashMap::new() }.plan(value)?;
    }
    let Read { source, value } = &folder.county;
    let code = &value.current_plan;
    if code.get_ref().is_empty() {
        return Ok(());
    }
    let Some(plan) = plan::find(loading.db, folder.code(), code.get_ref())? else {
        return Err(source.bad_at(code.span(), format!("plan {} is not known", code.get_ref())));
    };
    let from = match &value.current_plan_from {
        Some(day) => date(source, day)?,
        None => NaiveDate::from_ymd_opt(plan.first_year, 1, 1).unwrap_or(plan.issued_on),
    };
    let put = plan::set_current(loading.db, loading.act, folder.code(), from, plan.id)?;
    loading.loaded.note("current plans", put);
    Ok(())
}

/// A plan being read.
struct Reading<'a, 'b> {
    loading: &'a mut Loading<'b>,
    source: &'a Source,
    /// The departments by spelling.
    units: HashMap<String, OrganisationId>,
    /// The items by code.
    items: HashMap<String, (PlanItemId, PlanItemKind)>,
}

impl Reading<'_, '_> {
    fn plan(&mut self, file: &PlanFile) -> Result<()> {
        let PlanFile { code, title, document_number, first_year, last_year, issued_on, item, target } = file;
        // A plan is also found by its number, so that a code must not look like one.
        if !code.get_ref().starts_with(|c: char| c.is_ascii_lowercase()) || code.get_ref().contains(|c: char| !c.is_ascii_alphanumeric() && c != '-') {
            return Err(self.source.bad_at(code.span(), format!("code {} must be letters, digits and hyphens, and begin with a small letter", code.get_ref())));
        }
        if last_year.get_ref() < first_year {
            return Err(self.source.bad_at(last_year.span(), "last_year lies before first_year"));
        }
        let new = NewPlan {
            county: self.loading.folder.code().to_owned(),
            code: code.get_ref().clone(),
            title: title.clone(),
            document_number: document_number.clone(),
            first_year: *first_year,
            last_year: *last_year.get_ref(),
            issued_on: date(self.source, issued_on)?,
        };
        let (id, put) = plan::put_plan(self.loading.db, self.loading.act, &new)?;
        self.loading.loaded.note("plans", put);
        let mut codes = HashSet::new();
        for (seq, entry) in (1..).zip(item) {
            once(self.source, &mut codes, "code", &entry.code)?;
            self.item(id, seq, entry)?;
        }
        let mut codes = HashSet::new();
        for entry in target {
            once(self.source, &mut codes, "code", &entry.code)?;
            self.target(id, entry)?;
        }
        Ok(())
    }

    fn item(&mut self, plan_id: PlanId, seq: i32, entry: &ItemEntry) -> Result<()> {
        let ItemEntry { code, kind, parent, title, text, lead, responsible, countable } = entry;
        let parent_id = match (parent, kind) {
            (None, _) => None,
            (Some(parent), PlanItemKind::Programme) => return Err(self.source.bad_at(parent.span(), "a programme has no parent")),
            (Some(parent), PlanItemKind::Task) => match self.items.get(parent.get_ref()) {
                Some((id, PlanItemKind::Programme)) => Some(*id),
                _ => return Err(self.source.bad_at(parent.span(), format!("programme {} is not known", parent.get_ref()))),
            },
        };
        let new = NewItem {
            plan_id,
            code: code.get_ref().clone(),
            kind: *kind,
            parent_id,
            title: title.clone(),
            text: text.clone(),
            countable: *countable,
            seq,
            lead: self.units(lead)?,
            responsible: self.units(responsible)?,
        };
        let county = self.loading.folder.code().to_owned();
        let (id, put) = plan::put_item(self.loading.db, self.loading.act, &county, &new)?;
        self.loading.loaded.note("plan items", put);
        self.items.insert(code.get_ref().clone(), (id, *kind));
        Ok(())
    }

    /// The departments that these spellings mean, in their order.
    fn units(&mut self, words: &[Word]) -> Result<Vec<(OrganisationId, String)>> {
        let mut units = Vec::new();
        for word in words {
            let spelled = word.get_ref();
            let id = match self.units.get(spelled) {
                Some(id) => *id,
                None => match organisations::find_by_name(self.loading.db, self.loading.folder.code(), spelled)? {
                    Some(found) if found.kind == OrganisationKind::Department => found.id,
                    _ => {
                        return Err(self
                            .source
                            .bad_at(word.span(), format!("unit {spelled} is not known: add it to a department's aliases in organisations.toml")));
                    }
                },
            };
            if units.iter().any(|(known, _)| *known == id) {
                return Err(self.source.bad_at(word.span(), format!("unit {spelled} is named twice")));
            }
            self.units.insert(spelled.clone(), id);
            units.push((id, spelled.clone()));
        }
        Ok(units)
    }

    fn target(&mut self, plan_id: PlanId, entry: &TargetEntry) -> Result<()> {
        let TargetEntry { code, title, unit, measure, goal, by_year, item, text } = entry;
        let plan_item_id = match self.items.get(item.get_ref()) {
            Some((id, _)) => Some(*id),
            None if item.get_ref().is_empty() => None,
            None => return Err(self.source.bad_at(item.span(), format!("item {} is not known", item.get_ref()))),
        };
        let new = NewTarget {
            plan_id,
            code: code.get_ref().clone(),
            title: title.clone(),
            unit: unit.clone(),
            measure: *measure,
            goal: *goal,
            by_year: *by_year,
            plan_item_id,
            text: text.clone(),
        };
        let county = self.loading.folder.code().to_owned();
        let put = plan::put_target(self.loading.db, self.loading.act, &county, &new)?;
        self.loading.loaded.note("plan targets", put);
        Ok(())
    }
}

pub(super) fn date(source: &Source, day: &Spanned<Datetime>) -> Result<NaiveDate> {
    day.get_ref().to_string().parse().map_err(|_| source.bad_at(day.span(), format!("{} is no date, such as 2022-10-10", day.get_ref())))
}
