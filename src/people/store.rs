//! The SQL of persons and consents.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::consents::{ConsentKind, Consenter};
use super::rules;
use crate::clock::Moment;
use crate::db::{Backend, Db};
use crate::error::Result;
use crate::ids::{OrganisationId, PersonId};
use crate::schema::{consent_texts, consents, divisions, grants, people};
use crate::text_enum;

text_enum! {
    /// How large somebody reads the interface.
    pub enum TextMode {
        Standard = "standard",
        /// 大字
        Large = "large",
        /// 特大
        Largest = "largest",
    }
}

text_enum! {
    /// In which language somebody reads the interface.
    pub enum Language { Zh = "zh", En = "en" }
}

/// A person as stored. It holds the password's hash, so it is never printed nor sent.
#[derive(Clone, Queryable)]
pub struct Person {
    pub id: PersonId,
    pub county: Option<String>,
    pub name: String,
    pub phone: Option<String>,
    pub user_name: Option<String>,
    pub password_hash: String,
    pub must_change_password: bool,
    pub division_code: Option<String>,
    pub locked_at: Option<Moment>,
    pub away_from: Option<Moment>,
    pub away_until: Option<Moment>,
    pub created_at: Moment,
    pub version: i64,
    pub text_mode: TextMode,
    pub language: Language,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person").field("id", &self.id).field("version", &self.version).finish_non_exhaustive()
    }
}

impl Person {
    pub fn is_away(&self, now: Moment) -> bool {
        rules::is_away(self.away_from, self.away_until, now)
    }
}

/// A person to be.
#[derive(Clone)]
pub struct NewPerson {
    pub name: String,
    /// A mobile number as typed; one of phone and user name is needed.
    pub phone: Option<String>,
    pub user_name: Option<String>,
    pub password_hash: String,
    /// The password is a one-time password.
    pub must_change_password: bool,
    /// The county's code; taken from the division where it is left out.
    pub county: Option<String>,
    pub division_code: Option<String>,
}

pub(super) fn insert(db: &mut Db, new: &NewPerson, now: Moment) -> Result<PersonId> {
    Ok(diesel::insert_into(people::table)
        .values((
            people::county.eq(&new.county),
            people::name.eq(&new.name),
            people::phone.eq(&new.phone),
            people::user_name.eq(&new.user_name),
            people::password_hash.eq(&new.password_hash),
            people::must_change_password.eq(new.must_change_password),
            people::division_code.eq(&new.division_code),
            people::created_at.eq(now),
        ))
        .returning(people::id)
        .get_result(db)?)
}

pub(super) fn find(db: &mut Db, id: PersonId) -> Result<Option<Person>> {
    Ok(people::table.find(id).first(db).optional()?)
}

pub(super) fn by_login(db: &mut Db, login: &str) -> Result<Option<Person>> {
    let column_is = people::phone.eq(login).or(people::user_name.eq(login));
    Ok(people::table.filter(column_is).first(db).optional()?)
}

pub(super) fn is_anyone(db: &mut Db) -> Result<bool> {
    Ok(people::table.select(people::id).first::<PersonId>(db).optional()?.is_some())
}

/// The county and the name of a division that is valid on a day.
pub(super) fn division(db: &mut Db, code: &str, day: NaiveDate) -> Result<Option<(String, String)>> {
    let valid = divisions::valid_until.is_null().or(divisions::valid_until.ge(day));
    Ok(divisions::table.find(code).filter(divisions::valid_from.le(day)).filter(valid).select((divisions::county, divisions::name)).first(db).optional()?)
}

pub(super) fn division_name(db: &mut Db, code: &str) -> Result<Option<String>> {
    Ok(divisions::table.find(code).select(divisions::name).first(db).optional()?)
}

pub(super) fn names(db: &mut Db, ids: &[PersonId]) -> Result<Vec<(PersonId, String)>> {
    Ok(people::table.filter(people::id.eq_any(ids.to_vec())).select((people::id, people::name)).load(db)?)
}

/// From when to when these people said they are away, those who did.
pub(super) fn away(db: &mut Db, ids: &[PersonId]) -> Result<Vec<(PersonId, Moment, Option<Moment>)>> {
    Ok(people::table
        .filter(people::id.eq_any(ids.to_vec()))
        .filter(people::away_from.is_not_null())
        .select((people::id, people::away_from.assume_not_null(), people::away_until))
        .load(db)?)
}

pub(super) fn set_password(db: &mut Db, id: PersonId, hash: &str, one_time: bool) -> Result<i64> {
    Ok(diesel::update(people::table.find(id))
        .set((people::password_hash.eq(hash), people::must_change_password.eq(one_time), people::version.eq(people::version + 1)))
        .returning(people::version)
        .get_result(db)?)
}

pub(super) fn set_lock(db: &mut Db, id: PersonId, at: Option<Moment>) -> Result<i64> {
    Ok(diesel::update(people::table.find(id))
        .set((people::locked_at.eq(at), people::version.eq(people::version + 1)))
        .returning(people::version)
        .get_result(db)?)
}

pub(super) fn set_away(db: &mut Db, id: PersonId, from: Option<Moment>, until: Option<Moment>) -> Result<i64> {
    Ok(diesel::update(people::table.find(id))
        .set((people::away_from.eq(from), people::away_until.eq(until), people::version.eq(people::version + 1)))
        .returning(people::version)
        .get_result(db)?)
}

pub(super) fn set_preferences(db: &mut Db, id: PersonId, text_mode: TextMode, language: Language) -> Result<i64> {
    Ok(diesel::update(people::table.find(id))
        .set((people::text_mode.eq(text_mode), people::language.eq(language), people::version.eq(people::version + 1)))
        .returning(people::version)
        .get_result(db)?)
}

/// The notice of a version: from which day, and its text as JSON.
pub(super) fn consent_text(db: &mut Db, version: &str) -> Result<Option<(ConsentKind, NaiveDate, String)>> {
    Ok(consent_texts::table.find(version).select((consent_texts::kind, consent_texts::valid_from, consent_texts::text)).first(db).optional()?)
}

/// The words of a kind that stand on a day: version, from which day, text.
pub(super) fn consent_text_on(db: &mut Db, kind: ConsentKind, day: NaiveDate) -> Result<Option<(String, NaiveDate, String)>> {
    Ok(consent_texts::table
        .filter(consent_texts::kind.eq(kind))
        .filter(consent_texts::valid_from.le(day))
        .order((consent_texts::valid_from.desc(), consent_texts::version.desc()))
        .select((consent_texts::version, consent_texts::valid_from, consent_texts::text))
        .first(db)
        .optional()?)
}

pub(super) fn is_any_consent_text(db: &mut Db, kind: ConsentKind) -> Result<bool> {
    Ok(consent_texts::table.filter(consent_texts::kind.eq(kind)).select(consent_texts::version).first::<String>(db).optional()?.is_some())
}

pub(super) fn insert_consent_text(db: &mut Db, kind: ConsentKind, version: &str, valid_from: NaiveDate, text: &str) -> Result<()> {
    diesel::insert_into(consent_texts::table)
        .values((consent_texts::kind.eq(kind), consent_texts::version.eq(version), consent_texts::valid_from.eq(valid_from), consent_texts::text.eq(text)))
        .execute(db)?;
    Ok(())
}

pub(super) fn insert_consent(db: &mut Db, now: Moment, whose: Consenter, text: &str, version: &str, given: &str) -> Result<()> {
    let (person, order, complaint, registration) = match whose {
        Consenter::Person(id) => (Some(id), None, None, None),
        Consenter::Order(id) => (None, Some(id.0), None, None),
        Consenter::Complaint(id) => (None, None, Some(id.0), None),
        Consenter::Registration(id) => (None, None, None, Some(id.0)),
    };
    diesel::insert_into(consents::table)
        .values((
            (consents::person_id.eq(person), consents::order_id.eq(order)),
            (consents::complaint_id.eq(complaint), consents::registration_id.eq(registration)),
            (consents::text.eq(text), consents::version.eq(version), consents::given.eq(given), consents::given_at.eq(now)),
        ))
        .execute(db)?;
    Ok(())
}

/// Whom a search may find.
pub(super) enum Within<'a> {
    Everyone,
    /// Those who hold a grant in one of these, and of one's own county whoever is asked for by their whole phone number or user name.
    Organisations {
        ids: &'a [OrganisationId],
        counties: &'a [String],
    },
}

pub(super) fn search(db: &mut Db, within: &Within<'_>, q: Option<&str>, below: Option<i64>, most: i64) -> Result<Vec<Person>> {
    let mut query = people::table.into_boxed::<Backend>();
    if let Some(below) = below {
        query = query.filter(people::id.lt(below));
    }
    // The two characters that LIKE reads as patterns are in no name, phone or user name.
    let words = q.map(|q| q.replace(['%', '_', '\\'], ""));
    match within {
        Within::Everyone => {
            if let Some(words) = words {
                let user_name = format!("{}%", words.to_ascii_lowercase());
                query = query.filter(people::name.like(format!("%{words}%")).or(people::phone.like(format!("%{words}"))).or(people::user_name.like(user_name)));
            }
        }
        Within::Organisations { ids, counties } => {
            let holders = grants::table.filter(grants::organisation_id.eq_any(ids.to_vec())).select(grants::person_id);
            match (q, words) {
                (Some(q), Some(words)) => {
                    let login = rules::login(q);
                    let asked_for = people::phone.eq(login.clone()).or(people::user_name.eq(login));
                    let held = people::id.eq_any(holders).and(people::name.like(format!("%{words}%")));
                    query = query.filter(held.or(people::county.eq_any(counties.to_vec()).and(asked_for)));
                }
                _ => query = query.filter(people::id.eq_any(holders)),
            }
        }
    }
    Ok(query.order(people::id.desc()).limit(most).load(db)?)
}
