//! The notice of how personal data are used, by version: what people consent to (PIPL, Art 14 and 17).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::store;
use crate::actor::Act;
use crate::clock::{COUNTY_ZONE, Moment};
use crate::db::Db;
use crate::divisions::Put;
use crate::error::{Error, Kind, Refusal, Result};
use crate::ids::{ComplaintId, OrderId, PersonId, RegistrationId};
use crate::journal::{self, Capacity, Subject};
use crate::text_enum;

text_enum! {
    /// What somebody consents to.
    pub enum ConsentKind {
        /// How personal data are used.
        Notice = "notice",
        /// How those of who registers for an event are used.
        Registration = "registration",
        /// What a guardian consents to for children under 14 (PIPL, Art 31).
        Guardian = "guardian",
    }
}

/// A section of the notice, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentSection {
    /// One word: `who`, `purpose`, `rights` …
    pub key: String,
    pub heading: String,
    pub heading_en: String,
    pub text: String,
    pub text_en: String,
}

/// A version of the notice. `{county}` and `{phone}` stand for those of the county that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentText {
    pub kind: ConsentKind,
    pub version: String,
    pub valid_from: NaiveDate,
    pub title: String,
    pub title_en: String,
    pub sections: Vec<ConsentSection>,
}

/// A version's words as they are stored.
#[derive(Serialize, Deserialize)]
struct Words {
    title: String,
    title_en: String,
    sections: Vec<ConsentSection>,
}

/// Adds a version of the notice. One that was shown stays as it is: people consented to those words.
///
/// # Errors
/// `consent_text_changed` where the version is there with other words or another day.
pub fn put_consent_text(db: &mut Db, act: &Act, new: &ConsentText) -> Result<Put> {
    let ConsentText { kind, version, valid_from, title, title_en, sections } = new.clone();
    let words = Words { title, title_en, sections };
    let text = serde_json::to_string(&words).map_err(|error| Error::Broken(format!("the notice cannot be written: {error}")))?;
    match store::consent_text(db, &version)? {
        Some(known) if known == (kind, valid_from, text.clone()) => Ok(Put::Same),
        Some(_) => {
            let detail = format!("the notice {version} was changed: people consented to its words. Add a new version instead");
            Err(Refusal::new(Kind::Conflict, "consent_text_changed", detail).into())
        }
        None => {
            store::insert_consent_text(db, kind, &version, valid_from, &text)?;
            let subject = Subject { kind: "platform", id: 0, version: None, county: None };
            journal::record(db, act, "put_consent_text", subject, Capacity::default(), &[&version])?;
            Ok(Put::Created)
        }
    }
}

/// The words of a kind that stand now; empty where none were loaded.
pub fn current_consent(db: &mut Db, kind: ConsentKind, now: Moment) -> Result<Option<ConsentText>> {
    let Some((version, valid_from, text)) = store::consent_text_on(db, kind, now.day(COUNTY_ZONE))? else { return Ok(None) };
    let Words { title, title_en, sections } =
        serde_json::from_str(&text).map_err(|error| Error::Broken(format!("the notice {version} cannot be read: {error}")))?;
    Ok(Some(ConsentText { kind, version, valid_from, title, title_en, sections }))
}

/// A consent must name a version of its words that exists; an older one was read by who had the page open. Where no notice was
/// loaded at all, nothing is known of versions.
///
/// # Errors
/// 422 `consent_unknown` at the pointer.
pub fn known_consent(db: &mut Db, kind: ConsentKind, pointer: &str, version: &str) -> Result<()> {
    if store::consent_text(db, version)?.is_some_and(|(known, ..)| known == kind) || !store::is_any_consent_text(db, kind)? {
        return Ok(());
    }
    Err(Refusal::fault(pointer, "consent_unknown", "There is no such version of the notice. Read the present one: GET /consents/current.").into())
}

/// Who consented: somebody with an account, or who ordered, complained or registered for an event.
#[derive(Debug, Clone, Copy)]
pub enum Consenter {
    Person(PersonId),
    Order(OrderId),
    Complaint(ComplaintId),
    Registration(RegistrationId),
}

/// Keeps a consent to words of a kind, in a version, with how it was given.
pub fn keep_consent(db: &mut Db, now: Moment, whose: Consenter, kind: ConsentKind, version: &str, given: &str) -> Result<()> {
    store::insert_consent(db, now, whose, kind.as_str(), version, given)
}
