//! A county's folder: read first, then put in one transaction.

use std::collections::{HashMap, HashSet};

use toml::Spanned;

use super::Loaded;
use super::files::{CountyFile, DepartmentEntry, DivisionRow, HostEntry, OrganisationsFile, PlanFile, RulesFile, TeamsFile, VenueEntry, Word};
use super::plans;
use super::shared::{Shared, calendar, campaigns_of, deadlines, once, positive};
use super::source::{Folder, Read, Rows, Source};
use crate::actor::{Act, OrganisationKind, TeamKind};
use crate::campaigns;
use crate::db::Db;
use crate::divisions::{self, County, Division, Holiday, Level, StageRule};
use crate::error::{Error, Result};
use crate::ids::OrganisationId;
use crate::organisations::{self, NewOrganisation, NewTeam};
use crate::venues::{self, NewVenue};

/// What a staff group says of itself.
const STAFF_INTRO: &str = "本部门在职人员。在岗工作计入活动，不计志愿服务时长。";

/// A county's files, read.
pub(super) struct CountyFolder {
    pub(super) county: Read<CountyFile>,
    divisions: Option<Rows<DivisionRow>>,
    organisations: Option<Read<OrganisationsFile>>,
    pub(super) teams: Option<Read<TeamsFile>>,
    pub(super) plans: Vec<Read<PlanFile>>,
    deadlines: Vec<StageRule>,
    calendars: Vec<Vec<Holiday>>,
    campaigns: Vec<Vec<campaigns::Wanted>>,
}

impl CountyFolder {
    pub(super) fn read(mut folder: Folder, shared: &Shared) -> Result<Self> {
        let mut calendars = shared.calendars.clone();
        for own in folder.take_all("holidays-", ".csv") {
            calendars.push(calendar(own)?);
        }
        let mut campaigns = shared.campaigns.clone();
        for own in folder.take_all("campaigns-", ".csv") {
            campaigns.push(campaigns_of(own)?);
        }
        let rules: Option<Read<RulesFile>> = folder.take("rules.toml").map(Source::toml).transpose()?;
        let read = Self {
            county: folder.must_take("county.toml")?.toml()?,
            divisions: folder.take("divisions.csv").map(Source::rows).transpose()?,
            organisations: folder.take("organisations.toml").map(Source::toml).transpose()?,
            teams: folder.take("teams.toml").map(Source::toml).transpose()?,
            plans: folder.take_all("plan-", ".toml").into_iter().map(Source::toml).collect::<Result<_>>()?,
            deadlines: rules.as_ref().map_or_else(|| Ok(shared.deadlines.clone()), deadlines)?,
            calendars,
            campaigns,
        };
        folder.nothing_left()?;
        Ok(read)
    }

    /// The county's code.
    pub(super) fn code(&self) -> &str {
        self.county.value.code.get_ref()
    }

    /// Puts everything, in the order in which one thing needs another.
    pub(super) fn put(&self, db: &mut Db, act: &Act) -> Result<Loaded> {
        let mut loading = Loading { folder: self, db, act, loaded: Loaded::default(), keys: HashMap::new(), fields: HashSet::new() };
        loading.loaded.counties.push(self.code().to_owned());
        loading.county()?;
        loading.divisions()?;
        loading.organisations()?;
        loading.teams()?;
        plans::put(&mut loading)?;
        for rule in &self.deadlines {
            loading.loaded.note("deadlines", divisions::put_deadline(loading.db, act, self.code(), rule)?);
        }
        for days in &self.calendars {
            loading.loaded.note("calendars", divisions::put_holidays(loading.db, act, self.code(), days)?);
        }
        for year in &self.campaigns {
            loading.loaded.note("campaigns", campaigns::put(loading.db, act, self.code(), year)?);
        }
        Ok(loading.loaded)
    }
}

/// A load under way.
pub(super) struct Loading<'a> {
    pub(super) folder: &'a CountyFolder,
    pub(super) db: &'a mut Db,
    pub(super) act: &'a Act,
    pub(super) loaded: Loaded,
    /// The organisations by the keys of the files.
    keys: HashMap<String, OrganisationId>,
    /// The codes of the menu.
    fields: HashSet<String>,
}

impl Loading<'_> {
    fn county(&mut self) -> Result<()> {
        let Read { source, value } = &self.folder.county;
        let code = value.code.get_ref();
        if !is_code(code) {
            return Err(source.bad_at(value.code.span(), format!("code {code} does not have 12 digits")));
        }
        if value.time_zone.get_ref().parse::<chrono_tz::Tz>().is_err() {
            return Err(source.bad_at(value.time_zone.span(), format!("time zone {} is not known", value.time_zone.get_ref())));
        }
        let new = !divisions::counties(self.db)?.iter().any(|county| county.code == *code);
        if new && self.folder.divisions.is_none() {
            return Err(source.bad_at(value.code.span(), format!("county {code} is new: its divisions.csv is missing")));
        }
        self.fields = divisions::fields(self.db)?.into_iter().map(|field| field.code).collect();
        let county = County { code: code.clone(), name: value.name.clone(), time_zone: value.time_zone.get_ref().clone(), phone: value.phone.clone() };
        let put = divisions::put_county(self.db, self.act, &county)?;
        self.loaded.note("counties", put);
        Ok(())
    }

    fn divisions(&mut self) -> Result<()> {
        let Some(Read { source, value: rows }) = &self.folder.divisions else { return Ok(()) };
        let county = self.folder.code();
        let mut paths: HashMap<&str, String> = HashMap::new();
        for (line, row) in rows {
            let bad = |what: String| Err(source.bad_line(*line, what));
            if !is_code(&row.code) {
                return bad(format!("code {} does not have 12 digits", row.code));
            }
            if paths.contains_key(row.code.as_str()) {
                return bad(format!("code {} is used twice", row.code));
            }
            if row.name.trim().is_empty() || row.short_name.trim().is_empty() {
                return bad("a name is empty".to_owned());
            }
            if row.valid_until.is_some_and(|until| until < row.valid_from) {
                return bad("valid_until lies before valid_from".to_owned());
            }
            let path = match &row.parent {
                None if row.level != Level::County => return bad(format!("the parent of {} is empty: only the county has none", row.code)),
                None if row.code != county => return bad(format!("this is county {}, but county.toml says {county}", row.code)),
                None => format!("{}.", row.code),
                Some(_) if row.level == Level::County => return bad("a county has no parent".to_owned()),
                Some(parent) => match paths.get(parent.as_str()) {
                    Some(above) => format!("{above}{}.", row.code),
                    None => return bad(format!("parent {parent} is not known")),
                },
            };
            paths.insert(&row.code, path.clone());
            self.division(row, path).map_err(|error| match error {
                Error::Refused(refusal) if refusal.code == "other_county" => source.bad_line(*line, &refusal.detail),
                error => error,
            })?;
        }
        if paths.is_empty() {
            return Err(source.bad_line(1, format!("there is no row for county {county}")));
        }
        Ok(())
    }

    /// A division and its centre.
    fn division(&mut self, row: &DivisionRow, path: String) -> Result<()> {
        let county = self.folder.code().to_owned();
        let DivisionRow { code, name, short_name, level, parent, jurisdiction, valid_from, valid_until, centre } = row.clone();
        let division =
            Division { code: code.clone(), county: county.clone(), name, short_name, level, parent_code: parent, path, jurisdiction, valid_from, valid_until };
        let put = divisions::put_division(self.db, self.act, &division)?;
        self.loaded.note("divisions", put);
        if centre.is_empty() {
            return Ok(());
        }
        let id = self.organisation("centres", OrganisationKind::Centre, &centre, &centre, &code, false, Vec::new(), Vec::new())?;
        self.keys.insert(format!("centre:{code}"), id);
        Ok(())
    }

    fn organisations(&mut self) -> Result<()> {
        let Some(Read { source, value }) = &self.folder.organisations else { return Ok(()) };
        let (mut keys, mut names, mut places, mut venues) = (HashSet::new(), HashSet::new(), HashSet::new(), HashSet::new());
        for DepartmentEntry { key, name, full_name, aliases, fields, staff_group } in &value.department {
            once(source, &mut keys, "key", key)?;
            once(source, &mut names, "name", name)?;
            if full_name.get_ref() != name.get_ref() {
                once(source, &mut names, "full name", full_name)?;
            }
            aliases.iter().try_for_each(|alias| once(source, &mut names, "alias", alias))?;
            let fields = self.menu(source, fields)?;
            let association = self.folder.county.value.association.get_ref() == name.get_ref();
            let county = self.folder.code().to_owned();
            let aliases = aliases.iter().map(|alias| alias.get_ref().clone()).collect();
            let id = self.organisation(
                "departments",
                OrganisationKind::Department,
                name.get_ref(),
                full_name.get_ref(),
                &county,
                association,
                aliases,
                fields.clone(),
            )?;
            self.keys.insert(key.get_ref().clone(), id);
            let group = self.organisation("staff groups", OrganisationKind::Team, staff_group, staff_group, &county, false, Vec::new(), fields)?;
            let team = NewTeam {
                id: group,
                host: id,
                kind: TeamKind::Staff,
                intro: STAFF_INTRO.to_owned(),
                languages: vec!["zh".to_owned()],
                reach: vec![county.clone()],
            };
            let put = organisations::put_team(self.db, self.act, &county, &team)?;
            self.loaded.note("team facts", put);
        }
        let association = &self.folder.county.value.association;
        if !value.department.is_empty() && !value.department.iter().any(|department| department.name.get_ref() == association.get_ref()) {
            return Err(self
                .folder
                .county
                .source
                .bad_at(association.span(), format!("association {} is no department of organisations.toml", association.get_ref())));
        }
        for HostEntry { key, name, division, fields } in &value.host {
            once(source, &mut keys, "key", key)?;
            once(source, &mut places, "name", name)?;
            let (division, fields) = (self.place(source, division)?, self.menu(source, fields)?);
            let id = self.organisation("hosts", OrganisationKind::Unit, name.get_ref(), name.get_ref(), &division, false, Vec::new(), fields)?;
            self.keys.insert(key.get_ref().clone(), id);
        }
        for VenueEntry { key, name, organisation, division, address, capacity, free_to_book, kind } in &value.venue {
            once(source, &mut keys, "key", key)?;
            once(source, &mut venues, "name", name)?;
            positive(source, capacity)?;
            let venue = NewVenue {
                county: self.folder.code().to_owned(),
                organisation_id: self.keyed(source, organisation)?,
                name: name.get_ref().clone(),
                division_code: self.place(source, division)?,
                address: address.clone(),
                capacity: *capacity.get_ref(),
                free_to_book: *free_to_book,
                kind: *kind,
            };
            let (_, put) = venues::put(self.db, self.act, &venue)?;
            self.loaded.note("venues", put);
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "each is a fact of the organisation; a struct of the same facts is what it makes")]
    pub(super) fn organisation(
        &mut self,
        tally: &'static str,
        kind: OrganisationKind,
        name: &str,
        full_name: &str,
        division: &str,
        association: bool,
        aliases: Vec<String>,
        fields: Vec<String>,
    ) -> Result<OrganisationId> {
        let new = NewOrganisation {
            county: self.folder.code().to_owned(),
            kind,
            name: name.to_owned(),
            full_name: full_name.to_owned(),
            division_code: division.to_owned(),
            association,
            aliases,
            fields,
        };
        let (id, put) = organisations::put_organisation(self.db, self.act, &new)?;
        self.loaded.note(tally, put);
        Ok(id)
    }

    /// The codes of the menu that an entry names.
    pub(super) fn menu(&self, source: &Source, words: &[Word]) -> Result<Vec<String>> {
        let known = |word: &Spanned<String>| match self.fields.get(word.get_ref()) {
            Some(code) => Ok(code.clone()),
            None => Err(source.bad_at(word.span(), format!("field {} is not known; see fields.toml", word.get_ref()))),
        };
        words.iter().map(known).collect()
    }

    /// A division of this county.
    pub(super) fn place(&mut self, source: &Source, word: &Word) -> Result<String> {
        match divisions::find(self.db, word.get_ref())? {
            Some(division) if division.county == self.folder.code() => Ok(division.code),
            _ => Err(source.bad_at(word.span(), format!("division {} is not known in county {}", word.get_ref(), self.folder.code()))),
        }
    }

    /// The organisation of a key.
    pub(super) fn keyed(&self, source: &Source, word: &Word) -> Result<OrganisationId> {
        self.keys.get(word.get_ref()).copied().ok_or_else(|| source.bad_at(word.span(), format!("organisation {} is not known", word.get_ref())))
    }
}

fn is_code(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
