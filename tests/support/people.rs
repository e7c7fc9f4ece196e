//! People with accounts: made through the deeds, signed in through the route.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::OnceLock;

use chrono::Duration;
use diesel::prelude::*;
use kepu::actor::{Act, Role};
use kepu::auth;
use kepu::clock::{Clock, Moment};
use kepu::db::{Backend, Db};
use kepu::error::Result;
use kepu::ids::{OrganisationId, PersonId};
use kepu::organisations;
use kepu::people::{self, NewGrant, NewPerson};
use kepu::schema::divisions;
use serde_json::json;

use super::app::TestApp;
use super::client::Client;

/// The county's code.
pub const COUNTY: &str = "230522000000";
/// Everybody's password.
pub const PASSWORD: &str = "Clear-water-9";
/// For so long an access token is used; it is good for a minute longer.
const FRESH: Duration = Duration::minutes(9);

/// The hash of everybody's password, by the cheapest parameters that argon2 has: they stand in the hash itself, so that signing
/// in through the route is cheap too.
fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| auth::hash_password_now(8, 1, PASSWORD).expect("a password can be hashed"))
}

/// A person's account. Its clones share one sign-in.
#[derive(Clone)]
pub struct Account(Rc<Inner>);

struct Inner {
    person: PersonId,
    login: String,
    clock: Clock,
    /// Signs in; a visitor at the same address.
    door: Client,
    signed_in: RefCell<Option<(Moment, String)>>,
}

impl Account {
    pub fn person(&self) -> PersonId {
        self.0.person
    }

    pub fn login(&self) -> &str {
        &self.0.login
    }

    /// An access token that is good now: signs in, and again when the clock was moved past the last one.
    pub async fn token(&self) -> String {
        let now = self.0.clock.now();
        if let Some((since, token)) = &*self.0.signed_in.borrow()
            && now.since(*since) < FRESH
        {
            return token.clone();
        }
        let answer = self.0.door.post("/auth/login", json!({"login": self.0.login, "password": PASSWORD})).await.expect(200);
        let token = answer.json["access_token"].as_str().unwrap_or_else(|| panic!("no access token: {answer}")).to_owned();
        self.0.signed_in.replace(Some((now, token.clone())));
        token
    }
}

impl TestApp {
    /// A resident of 繁荣社区 in 友谊镇, with a phone.
    pub async fn resident(&self) -> Client {
        self.resident_of("繁荣社区").await
    }

    /// A resident of this place, with a phone.
    pub async fn resident_of(&self, place: &str) -> Client {
        self.person("居民", Some(place), |_, _| Ok(None)).await
    }

    /// Dispatches for the centre of this place: a name, or a code where names repeat.
    pub async fn dispatcher(&self, place: &str) -> Client {
        self.at_centre(Role::Dispatcher, place).await
    }

    /// Schedules for the centre of this place.
    pub async fn scheduler(&self, place: &str) -> Client {
        self.at_centre(Role::Scheduler, place).await
    }

    /// Answers for this department.
    pub async fn officer(&self, department: &str) -> Client {
        self.in_organisation(Role::Officer, department).await
    }

    /// Leads this team.
    pub async fn leader(&self, team: &str) -> Client {
        self.in_organisation(Role::Leader, team).await
    }

    /// Serves in this team.
    pub async fn volunteer(&self, team: &str) -> Client {
        self.in_organisation(Role::Volunteer, team).await
    }

    /// Follows up for the county association.
    pub async fn supervisor(&self) -> Client {
        self.in_organisation(Role::Supervisor, "县科协").await
    }

    /// Reads the journal, and holds no other grant.
    pub async fn auditor(&self) -> Client {
        self.in_organisation(Role::Auditor, "县科协").await
    }

    /// Keeps organisations and settings.
    pub async fn system_administrator(&self) -> Client {
        self.person("系统管理员", None, |_, _| Ok(Some((Role::SystemAdministrator, None)))).await
    }

    /// Keeps people and grants.
    pub async fn security_administrator(&self) -> Client {
        self.person("安全管理员", None, |_, _| Ok(Some((Role::SecurityAdministrator, None)))).await
    }

    /// Gives one more role to somebody who has an account.
    pub async fn grant(&self, client: &Client, role: Role, organisation: OrganisationId) {
        let person = client.account.as_ref().expect("a visitor holds no grant").person();
        let now = self.app.clock.now();
        let deed =
            move |db: &mut Db| people::grant(db, &Act::machine(now), NewGrant { person, role, organisation: Some(organisation), from: now, until: None });
        self.app.pool.write(deed).await.expect("the grant fits");
    }

    /// The id of an organisation, by any spelling of its name.
    pub fn db_organisation(&self, name: &str) -> OrganisationId {
        let found = organisations::find_by_name(&mut self.db(), COUNTY, name).expect("organisations can be found");
        found.unwrap_or_else(|| panic!("the county has no {name}")).id
    }

    /// The code of a place, by its name.
    pub fn db_division(&self, place: &str) -> String {
        division(&mut self.db(), place)
    }

    /// The id of the centre of a place.
    pub fn db_centre(&self, place: &str) -> OrganisationId {
        centre(&mut self.db(), place).expect("centres can be found")
    }

    async fn at_centre(&self, role: Role, place: &str) -> Client {
        let at = place.to_owned();
        self.person("站点工作人员", None, move |db, _| Ok(Some((role, Some(centre(db, &at)?))))).await
    }

    async fn in_organisation(&self, role: Role, name: &str) -> Client {
        self.with_grant(role, self.db_organisation(name)).await
    }

    /// Somebody with a role in an organisation of any county.
    pub async fn with_grant(&self, role: Role, organisation: OrganisationId) -> Client {
        self.person("工作人员", None, move |_, _| Ok(Some((role, Some(organisation))))).await
    }

    /// Makes a person, with the grant that is named, and the client that signs in as them.
    async fn person(
        &self,
        name: &str,
        place: Option<&str>,
        grant: impl Fn(&mut Db, PersonId) -> Result<Option<(Role, Option<OrganisationId>)>> + Send + 'static,
    ) -> Client {
        let number = self.people.get() + 1;
        self.people.set(number);
        // A person's grants can exclude a home in the county's lists, so only residents have one.
        let new = NewPerson {
            name: format!("{name}{number}"),
            phone: place.map(|_| format!("138{number:0>8}")),
            user_name: place.is_none().then(|| format!("user{number}")),
            password_hash: password_hash().to_owned(),
            must_change_password: false,
            county: None,
            division_code: place.map(|place| division(&mut self.db(), place)),
        };
        let login = new.phone.clone().or_else(|| new.user_name.clone()).expect("one of them is given");
        let now = self.app.clock.now();
        let deed = move |db: &mut Db| {
            let act = Act::machine(now);
            let person = people::create(db, &act, new.clone())?;
            if let Some((role, organisation)) = grant(db, person)? {
                people::grant(db, &act, NewGrant { person, role, organisation, from: now, until: None })?;
            }
            Ok(person)
        };
        let person = self.app.pool.write(deed).await.expect("the person can be made");
        let door = self.visitor();
        let account = Account(Rc::new(Inner { person, login, clock: self.app.clock.clone(), door: door.clone(), signed_in: RefCell::default() }));
        Client { account: Some(account), ..door }
    }
}

/// How many people a story has made.
pub type Count = Cell<u32>;

/// The code of a place: it is one (of any county), or the one place of 友谊县 with this name.
fn division(db: &mut Db, place: &str) -> String {
    let ours = divisions::county.eq(COUNTY).and(divisions::short_name.eq(place));
    let named = divisions::table.filter(ours.or(divisions::code.eq(place))).into_boxed::<Backend>();
    let mut codes: Vec<String> = named.select(divisions::code).load(db).expect("divisions can be read");
    match (codes.pop(), codes.len()) {
        (Some(code), 0) => code,
        (None, _) => panic!("the county has no place {place}"),
        (Some(_), more) => panic!("the county has {} places named {place}: give the code", more + 1),
    }
}

fn centre(db: &mut Db, place: &str) -> Result<OrganisationId> {
    let code = division(db, place);
    let path = kepu::divisions::find(db, &code)?.unwrap_or_else(|| panic!("{code} is gone")).path;
    let nearest = organisations::centres_up(db, &path)?.into_iter().next().filter(|centre| centre.path == path);
    Ok(nearest.unwrap_or_else(|| panic!("{place} has no centre")).id)
}
