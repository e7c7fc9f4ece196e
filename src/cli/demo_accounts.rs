//! Who can sign in to a demo, for people and for programs.

use serde::Serialize;

use crate::actor::Role;
use crate::demo::{ACCOUNTS, Account, PASSWORD};

/// A sign-in of the demo.
#[derive(Serialize)]
struct SignIn {
    /// A role's word, or `resident`.
    role: &'static str,
    organisation: Option<&'static str>,
    division_code: Option<&'static str>,
    login: &'static str,
    password: &'static str,
}

/// The demo's people as JSON, from the list that the demo loads: no database is asked.
pub(super) fn json() -> Result<String, String> {
    let sign_in = |account: &Account| SignIn {
        role: account.role.map_or("resident", Role::as_str),
        organisation: account.organisation,
        division_code: account.division,
        login: account.login,
        password: PASSWORD,
    };
    let all: Vec<SignIn> = ACCOUNTS.iter().map(sign_in).collect();
    serde_json::to_string_pretty(&all).map_err(|error| format!("The list cannot be written as JSON: {error}."))
}
