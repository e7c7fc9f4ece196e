//! Reviews, disputes, and following without an account.

use serde::Deserialize;
use utoipa::ToSchema;

use super::super::store::DisputeKind;
use super::TEXT;
use crate::wire::{Body, Faults};

/// How it was (评单).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    #[schema(minimum = 1, maximum = 5)]
    pub stars: i32,
    #[schema(max_length = 500, example = "讲得明白，老人都听懂了")]
    pub words: Option<String>,
}

impl Body for Review {
    fn check(&self, faults: &mut Faults) {
        faults.range("/stars", i64::from(self.stars), 1, 5);
        faults.optional_text("/words", self.words.as_deref().unwrap_or_default(), TEXT);
    }
}

/// What is wrong.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    pub kind: DisputeKind,
    #[schema(min_length = 1, max_length = 500, example = "那天没有人来讲课")]
    pub words: String,
}

impl Body for Dispute {
    fn check(&self, faults: &mut Faults) {
        faults.text("/words", &self.words, TEXT);
    }
}

/// The number on the slip and the last four digits of the phone, or the token of the link.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"number": "KP3F7Q2M8A", "phone_tail": "1234"}))]
pub struct Track {
    #[schema(min_length = 1, max_length = 40)]
    pub number: Option<String>,
    #[schema(min_length = 4, max_length = 4)]
    pub phone_tail: Option<String>,
    #[schema(min_length = 1, max_length = 100)]
    pub token: Option<String>,
}

impl Body for Track {
    fn check(&self, faults: &mut Faults) {
        match (&self.number, &self.phone_tail, &self.token) {
            (Some(_), Some(tail), None) if tail.chars().count() == 4 && tail.chars().all(|c| c.is_ascii_digit()) => {}
            (Some(_), Some(_), None) => faults.add("/phone_tail", "no_tail", "Give the last four digits of the telephone number."),
            (None, None, Some(_)) => {}
            _ => faults.add("", "number_and_tail", "Give number and phone_tail, or token."),
        }
    }
}
