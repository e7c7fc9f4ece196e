//! What complaining and its moves need, as it comes in; checked here, once.

use serde::Deserialize;
use utoipa::ToSchema;

use super::rules;
use crate::ids::OrderId;
use crate::orders::needs::{Consent, check_phone};
use crate::wire::{Body, Faults};

/// How many characters a line, a text and a long text may have.
const LINE: usize = 100;
const TEXT: usize = 500;
const LONG: usize = 2000;

/// A complaint (投诉): about an order, or about anything. Name and phone are for who wants them used.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"words": "约好的讲座没有人来，也没有人打电话", "order_number": "KP3F7Q2M8A", "page": "/orders/12", "contact_phone": "13800001234", "consent": {"version": "2026-01", "given": "here"}}))]
pub struct Complain {
    #[schema(min_length = 1, max_length = 2000)]
    pub words: String,
    /// The order that it is about, where the caller may see it.
    pub order_id: Option<OrderId>,
    /// Or the order's number, as on the slip.
    #[schema(min_length = 1, max_length = 40, example = "KP3F7Q2M8A")]
    pub order_number: Option<String>,
    /// The path of the page on which it is written, without a query.
    #[schema(min_length = 1, max_length = 200, example = "/orders/12")]
    pub page: Option<String>,
    #[schema(min_length = 1, max_length = 100)]
    pub contact_name: Option<String>,
    #[schema(max_length = 30)]
    pub contact_phone: Option<String>,
    /// The county's code where it is about no order; the caller's county, or the first one, unless told otherwise.
    #[schema(min_length = 12, max_length = 12, example = "230522000000")]
    pub county: Option<String>,
    /// Needed with a name or phone.
    pub consent: Option<Consent>,
}

impl Complain {
    /// Whether a name or a phone is given.
    pub fn has_contact(&self) -> bool {
        self.contact_name.is_some() || self.contact_phone.is_some()
    }
}

impl Body for Complain {
    fn check(&self, faults: &mut Faults) {
        let Self { words, order_id, order_number, page, contact_name, contact_phone, county: _, consent } = self;
        faults.text("/words", words, LONG);
        if order_id.is_some() && order_number.is_some() {
            faults.add("", "one_order", "Give order_id or order_number, not both.");
        }
        if page.as_ref().is_some_and(|page| !rules::is_path(page)) {
            faults.add("/page", "no_path", "Give the page's path alone, such as /orders/12.");
        }
        if let Some(name) = contact_name {
            faults.text("/contact_name", name, LINE);
        }
        check_phone(faults, "/contact_phone", contact_phone.as_ref());
        match consent {
            Some(consent) => faults.text("/consent/version", &consent.version, LINE),
            None if self.has_contact() => faults.add("/consent", "consent_missing", "Read the notice and consent to it before you leave a name or a phone."),
            None => {}
        }
    }
}

/// What is answered.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerComplaint {
    #[schema(min_length = 1, max_length = 2000, example = "已查明：老师当天生病。我们改约了本周五，并已向您致歉。")]
    pub words: String,
}

impl Body for AnswerComplaint {
    fn check(&self, faults: &mut Faults) {
        faults.text("/words", &self.words, LONG);
    }
}

/// Why the answer does not do.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotSatisfied {
    #[schema(min_length = 1, max_length = 500, example = "改约的那天也没有人来")]
    pub words: String,
}

impl Body for NotSatisfied {
    fn check(&self, faults: &mut Faults) {
        faults.text("/words", &self.words, TEXT);
    }
}
