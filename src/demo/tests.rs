use std::collections::BTreeSet;

use chrono::Duration;

use super::{ACCOUNTS, COUNTY, PASSWORD, load};
use crate::actor::{Actor, Role};
use crate::app::App;
use crate::clock::{Clock, Moment};
use crate::complaints::state::ComplaintState;
use crate::config::Config;
use crate::db::{Db, Place, Pool, migrate};
use crate::ids::{ComplaintId, OrderId};
use crate::orders::state::State;
use crate::orders::store;
use crate::secrets::Secrets;
use crate::{auth, organisations, people, seed, worker};

fn moment(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

fn app(folder: &std::path::Path, now: Moment) -> App {
    let place = Place::Sqlite(folder.join("kepu.db"));
    migrate(&place).unwrap();
    let pool = Pool::open(place, 2).unwrap();
    seed::load(&pool, now).unwrap();
    let settings = [("KEPU_DATA_DIR".to_owned(), folder.display().to_string())].into();
    let config = Config::from_sources(&settings, std::path::Path::new("no such file")).unwrap();
    App::new(pool, Clock::held(now), Secrets::new("the secret of every test, 32 characters", None), config)
}

fn orders(db: &mut Db) -> Vec<store::Order> {
    let ids: Vec<OrderId> = (1..200).map(OrderId).collect();
    ids.into_iter().filter_map(|id| store::find(db, id).unwrap()).collect()
}

fn complaints(db: &mut Db) -> Vec<crate::complaints::store::Complaint> {
    (1..20).map(ComplaintId).filter_map(|id| crate::complaints::store::find(db, id).unwrap()).collect()
}

/// Working days, weekends, the first minute of a day and long holidays: the stories fit every day on which a demo starts.
#[test]
fn a_demo_started_on_any_day_has_orders_in_every_state() {
    for now in ["2026-03-02T01:00:00Z", "2026-03-07T16:01:00Z", "2026-10-04T04:00:00Z", "2026-02-20T23:30:00Z", "2026-05-05T15:59:00Z", "2027-01-01T08:00:00Z"]
    {
        let folder = tempfile::tempdir().unwrap();
        let app = app(folder.path(), moment(now));
        load(&app).unwrap_or_else(|error| panic!("{now}: {error}"));
        let orders = app.pool.read_now(|db| Ok(orders(db))).unwrap();
        let states: BTreeSet<State> = orders.iter().map(|order| order.row.state).collect();
        assert_eq!(
            states.into_iter().collect::<Vec<_>>(),
            {
                let mut all = State::ALL.to_vec();
                all.sort();
                all
            },
            "{now}"
        );
        let complaints = app.pool.read_now(|db| Ok(complaints(db))).unwrap();
        let stand: BTreeSet<ComplaintState> = complaints.iter().map(|complaint| complaint.row.state).collect();
        assert_eq!(stand, ComplaintState::ALL.iter().copied().collect(), "{now}");
        assert!(orders.iter().any(|order| order.progress.paused_at.is_some()), "{now}: a question is open");
        assert!(orders.iter().any(|order| order.progress.offer_until.is_some_and(|until| until > moment(now))), "{now}: an offer stands");
        assert!(orders.iter().all(|order| order.row.submitted_at <= moment(now)), "{now}: nothing comes from the future");
        let before = orders.len();
        load(&app).unwrap();
        assert_eq!(app.pool.read_now(|db| Ok(self::orders(db).len())).unwrap(), before, "{now}: a second load adds nothing");
    }
}

#[test]
fn what_is_late_in_a_demo_shows_after_the_workers_first_round() {
    let folder = tempfile::tempdir().unwrap();
    let now = moment("2026-03-04T02:00:00Z");
    let app = app(folder.path(), now);
    load(&app).unwrap();
    app.pool.write_now(move |db| worker::catch_up(db, now)).unwrap();
    let late: BTreeSet<State> =
        app.pool.read_now(|db| Ok(orders(db).iter().filter(|order| order.row.late_at.is_some()).map(|order| order.row.state).collect())).unwrap();
    for state in [State::Submitted, State::Dispatched, State::Accepted, State::Claimed, State::Scheduled] {
        assert!(late.contains(&state), "{state}: {late:?}");
    }
    let complaints = app.pool.read_now(|db| Ok(complaints(db))).unwrap();
    assert_eq!(complaints.iter().filter(|complaint| complaint.row.late_at.is_some()).count(), 1, "one complaint is late");
    app.clock.advance(Duration::minutes(1));
}

#[test]
fn everybody_of_the_demo_holds_the_role_they_are_told_with() {
    let folder = tempfile::tempdir().unwrap();
    let now = moment("2026-03-04T02:00:00Z");
    let app = app(folder.path(), now);
    load(&app).unwrap();
    let roles: BTreeSet<Role> = ACCOUNTS.iter().filter_map(|account| account.role).collect();
    assert_eq!(roles.len(), Role::ALL.len());
    for account in ACCOUNTS {
        assert_eq!(auth::weakness(PASSWORD, &[account.login]), None);
        let (person, grants) = app
            .pool
            .read_now(|db| {
                let person = people::find_by_login(db, account.login)?.unwrap();
                let grants = people::in_force(db, person.id, now)?;
                Ok((person, grants))
            })
            .unwrap();
        assert_eq!(grants.first().map(|grant| grant.role), account.role, "{}", account.login);
        let seat = grants.first().and_then(|grant| grant.seat.as_ref());
        assert_eq!(seat.map(|seat| seat.name.as_str()), account.organisation, "{}", account.login);
        if let Some(seat) = seat {
            assert_eq!(Some(seat.division.as_str()), account.division, "{}", account.login);
        }
        let actor = Actor { person: person.id, session: None, name: person.name, county: person.county, grants, must_change_password: false, has_merged: true };
        assert_eq!(actor.is_staff(), account.role.is_some_and(|role| role != Role::Volunteer));
    }
    let bare = app
        .pool
        .read_now(|db| {
            let mut bare = Vec::new();
            for name in ["县统计局", "县气象局", "县科协"] {
                let id = organisations::find_by_name(db, COUNTY, name)?.unwrap().id;
                if people::holders(db, Role::Officer, id, now)?.is_empty() {
                    bare.push(name);
                }
            }
            Ok(bare)
        })
        .unwrap();
    assert_eq!(bare, ["县统计局", "县气象局"]);
}
