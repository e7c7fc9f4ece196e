//! Registering.

use super::{Client, SignedIn, act_as, begin};
use crate::actor::{Act, By};
use crate::app::App;
use crate::auth::{budgets, passwords, rules, store};
use crate::db::Db;
use crate::error::{Kind, Refusal, Result};
use crate::people::{self, ConsentKind, NewPerson, Phone};
use crate::wire::Caller;

/// Somebody who registers, as typed.
#[derive(Clone)]
pub struct Entering {
    pub phone: String,
    pub password: String,
    pub name: String,
    pub division_code: String,
    /// Text and version of each consent.
    pub consents: Vec<(String, String)>,
    pub client: Client,
}

/// Makes an account and signs it in.
///
/// # Errors
/// 422 with the faults; 409 `phone_registered`; 429 where too much was registered from here or asked about.
pub async fn register(app: &App, caller: &Caller, entering: Entering) -> Result<SignedIn> {
    let now = app.clock.now();
    let address = caller.address.to_string();
    let phone = Phone::parse(&entering.phone).ok_or_else(|| Refusal::fault("/phone", "no_mobile_number", "Give a mobile number of 11 digits."))?;
    if let Some(weakness) = rules::weakness(&entering.password, &[phone.as_str()]) {
        return Err(Refusal::fault("/password", weakness.code(), weakness.detail()).into());
    }
    let known = {
        let (inner, phone, address, entering) = (app.clone(), phone.clone(), address.clone(), entering.clone());
        let ask = move |db: &mut Db| {
            if let Some(seconds) = budgets::is_closed(db, &inner, "register", "address", &address, now)? {
                return Err(budgets::locked_out(seconds));
            }
            people::division(db, &entering.division_code, now)?;
            consented(db, &entering)?;
            Ok(people::find_by_login(db, phone.as_str())?.is_some())
        };
        app.pool.read(ask).await?
    };
    if known {
        // Whoever asks after many numbers is stopped: what they get to know is that a number is here.
        let (inner, address) = (app.clone(), address.clone());
        app.pool.write(move |db| budgets::wrong_try(db, &inner, "register", "address", &address, now)).await?;
        let refusal =
            Refusal::new(Kind::Conflict, "phone_registered", "This phone number has an account. Sign in, or ask your practice centre for a new password.");
        return Err(refusal.into());
    }
    let hash = passwords::hash_password(app, &entering.password).await?;
    let (inner, caller) = (app.clone(), caller.clone());
    let deed = move |db: &mut Db| {
        budgets::spend(db, &inner, "register", "address", &address, now)?;
        budgets::spend(db, &inner, "register", "phone", phone.as_str(), now)?;
        let visitor = Act { by: By::Visitor, now, request_id: caller.request_id.clone() };
        let new = NewPerson {
            name: entering.name.clone(),
            phone: Some(phone.as_str().to_owned()),
            user_name: None,
            password_hash: hash.clone(),
            must_change_password: false,
            county: None,
            division_code: Some(entering.division_code.clone()),
        };
        let id = people::create(db, &visitor, new)?;
        for (text, version) in &entering.consents {
            people::consent(db, &visitor, id, text, version)?;
        }
        let person = people::find(db, id)?.ok_or_else(Refusal::not_found)?;
        begin(db, &inner, &act_as(&person, &caller, now), &caller, &person, entering.client, None)
    };
    app.pool.write(deed).await
}

/// The notice must be consented to, in the version that stands now where the county set one (`notice_version`).
fn consented(db: &mut Db, entering: &Entering) -> Result<()> {
    let given = entering.consents.iter().find(|(text, _)| text == "notice");
    let Some((_, version)) = given else {
        return Err(Refusal::fault("/consents", "notice_missing", "Read the privacy notice and consent to it: {\"text\": \"notice\", \"version\": …}.").into());
    };
    people::known_consent(db, ConsentKind::Notice, "/consents", version)?;
    match store::setting(db, "notice_version")? {
        Some(current) if current != *version => {
            Err(Refusal::fault("/consents", "notice_outdated", format!("The notice stands at version {current}. Read it again and consent to that one."))
                .into())
        }
        _ => Ok(()),
    }
}
