use diesel::prelude::*;

use super::fixture::{acting, at, db_grant, db_land, db_order, db_person};
use super::*;
use crate::outbox::To;
use crate::schema::{call_lines, notices, outbox as rows, people};

const FIRST: Cursor = Cursor { below: None, limit: 20 };
const NOW: &str = "2026-11-23T08:00:00Z";

fn db_waiting(db: &mut Db) -> Vec<Waiting> {
    outbox::take(db, at(NOW), 100, chrono::Duration::seconds(0)).expect("rows")
}

fn db_count(db: &mut Db) -> (i64, i64) {
    (notices::table.count().get_result(db).expect("a count"), call_lines::table.count().get_result(db).expect("a count"))
}

#[test]
fn a_row_rendered_twice_makes_one_notice() {
    let land = db_land();
    let counted = land.pool.write_now(|db| {
        let person = db_person(db, 1);
        db_order(db, 1, "submitted", Some(person), None);
        outbox::tell(db, &Act::worker(at(NOW)), "dispatched", OrderId(1), To::Requester)?;
        outbox::tell(db, &Act::worker(at(NOW)), "dispatched", OrderId(1), To::Person(person))?;
        for row in db_waiting(db).iter().flat_map(|row| [row, row]) {
            render(db, at(NOW), row)?;
        }
        Ok(db_count(db))
    });
    assert_eq!(counted.expect("rendered"), (2, 0), "two rows, two notices");
}

#[test]
fn a_requester_without_an_account_or_with_a_locked_one_becomes_one_line_of_the_holding_centres_call_list() {
    let land = db_land();
    let lines = land.pool.write_now(|db| {
        let locked = db_person(db, 1);
        diesel::update(people::table.find(locked)).set(people::locked_at.eq(at(NOW))).execute(db)?;
        db_order(db, 1, "submitted", None, None);
        db_order(db, 2, "submitted", Some(locked), None);
        for order in [1, 2] {
            outbox::tell(db, &Act::worker(at(NOW)), "scheduled", OrderId(order), To::Requester)?;
        }
        for row in db_waiting(db).iter().flat_map(|row| [row, row]) {
            render(db, at(NOW), row)?;
        }
        assert_eq!(db_count(db), (0, 2));
        let dispatcher = db_person(db, 2);
        let desk = call_desk(db, &acting(dispatcher, Role::Dispatcher, 2, at(NOW)), OrganisationId(2))?;
        list_calls(db, &desk, Some(true), FIRST)
    });
    let (lines, more) = lines.expect("lines");
    assert!(!more);
    let about = |order: i64| Some(Subject::Order(OrderId(order), format!("KP{order:08}")));
    assert_eq!(lines.iter().map(|line| line.about.clone()).collect::<Vec<_>>(), [about(2), about(1)], "newest first");
    assert_eq!(lines[0].contact_name.as_deref(), Some("王**"));
    assert_eq!(lines[0].contact_phone.as_deref(), Some("138****1234"));
}

#[test]
fn a_notice_to_a_role_reaches_those_who_hold_it_in_force_and_are_not_locked() {
    let land = db_land();
    let readers = land.pool.write_now(|db| {
        let (now, past, coming, elsewhere, locked, other) =
            (db_person(db, 1), db_person(db, 2), db_person(db, 3), db_person(db, 4), db_person(db, 5), db_person(db, 6));
        db_grant(db, now, Role::Officer, 4, "2026-01-01T00:00:00Z", Some("2026-12-01T00:00:00Z"));
        db_grant(db, now, Role::Officer, 4, "2026-02-01T00:00:00Z", None);
        db_grant(db, past, Role::Officer, 4, "2026-01-01T00:00:00Z", Some(NOW));
        db_grant(db, coming, Role::Officer, 4, "2026-11-24T00:00:00Z", None);
        db_grant(db, elsewhere, Role::Officer, 1, "2026-01-01T00:00:00Z", None);
        db_grant(db, locked, Role::Officer, 4, "2026-01-01T00:00:00Z", None);
        db_grant(db, other, Role::Dispatcher, 4, "2026-01-01T00:00:00Z", None);
        diesel::update(people::table.find(locked)).set(people::locked_at.eq(at(NOW))).execute(db)?;
        db_order(db, 1, "dispatched", None, None);
        outbox::tell(db, &Act::worker(at(NOW)), "dispatched", OrderId(1), To::Role(Role::Officer, OrganisationId(4)))?;
        for row in db_waiting(db) {
            render(db, at(NOW), &row)?;
        }
        Ok(notices::table.select(notices::person_id).load::<i64>(db)?)
    });
    assert_eq!(readers.expect("rendered"), [1]);
}

#[tokio::test]
async fn a_bad_row_blocks_no_other_and_after_ten_tries_it_is_left_alone_but_counted() {
    let land = db_land();
    land.pool
        .write(|db| {
            let person = db_person(db, 1);
            db_order(db, 1, "submitted", Some(person), None);
            outbox::tell(db, &Act::worker(at(NOW)), "submitted", OrderId(77), To::Requester)?;
            outbox::tell(db, &Act::worker(at(NOW)), "submitted", OrderId(1), To::Requester)?;
            Ok(())
        })
        .await
        .expect("told");
    let first = deliver(&land.pool, at(NOW), 100).await.expect("delivered");
    assert_eq!(first, Delivered { sent: 1, failed: 1 });
    assert_eq!(deliver(&land.pool, at(NOW), 100).await.expect("delivered"), Delivered::default(), "its lease runs");
    for minute in 1..10 {
        let later = at(NOW).plus(chrono::Duration::minutes(2 * minute));
        assert_eq!(deliver(&land.pool, later, 100).await.expect("delivered"), Delivered { sent: 0, failed: 1 });
    }
    let much_later = at(NOW).plus(chrono::Duration::days(1));
    assert_eq!(deliver(&land.pool, much_later, 100).await.expect("delivered"), Delivered::default());
    let left = land.pool.read(|db| Ok((outbox::stuck(db)?, db_count(db), rows::table.select(rows::tries).order(rows::id).load::<i32>(db)?)));
    assert_eq!(left.await.expect("counted"), (1, (1, 0), vec![10, 1]));
}

#[test]
fn a_call_list_is_for_the_dispatchers_of_the_centre_and_above_but_not_across_the_border() {
    let land = db_land();
    let codes = land.pool.write_now(|db| {
        let person = db_person(db, 1);
        let mut codes = Vec::new();
        for (role, seat, centre) in [
            (Role::Dispatcher, 2, 2),
            (Role::Dispatcher, 1, 2),
            (Role::Scheduler, 2, 2),
            (Role::Dispatcher, 2, 1),
            (Role::Dispatcher, 1, 3),
            (Role::Dispatcher, 3, 2),
            (Role::Officer, 4, 2),
            (Role::Dispatcher, 1, 4),
            (Role::Dispatcher, 1, 99),
        ] {
            let asked = call_desk(db, &acting(person, role, seat, at(NOW)), OrganisationId(centre));
            codes.push(asked.map_or_else(|error| error.refusal().map_or("broken", |refusal| refusal.code), |_| "yes"));
        }
        Ok(codes)
    });
    let not = "not_found";
    assert_eq!(codes.expect("asked"), ["yes", "yes", "forbidden", not, not, not, not, not, not]);
}

#[test]
fn a_call_ends_once_and_is_journalled() {
    let land = db_land();
    let (first, second, journalled) = land
        .pool
        .write_now(|db| {
            db_order(db, 1, "submitted", None, None);
            outbox::tell(db, &Act::worker(at(NOW)), "scheduled", OrderId(1), To::Requester)?;
            for row in db_waiting(db) {
                store::add_call(db, &row, OrganisationId(2))?;
            }
            let person = db_person(db, 1);
            let act = acting(person, Role::Dispatcher, 1, at(NOW));
            let desk = call_desk(db, &act, OrganisationId(2))?;
            let first = end_call(db, &act, &desk, CallLineId(1), CallResult::NotReached).is_ok();
            let second = end_call(db, &act, &desk, CallLineId(1), CallResult::Reached).is_err_and(|error| error.is("call_done"));
            assert_eq!(list_calls(db, &desk, Some(true), FIRST)?.0.len(), 0);
            assert_eq!(list_calls(db, &desk, Some(false), FIRST)?.0[0].result, Some(CallResult::NotReached));
            let journalled = crate::schema::journal::table
                .select((crate::schema::journal::verb, crate::schema::journal::organisation_id, crate::schema::journal::fields))
                .load::<(String, Option<i64>, String)>(db)?;
            Ok((first, second, journalled))
        })
        .expect("done");
    assert!(first && second);
    assert_eq!(journalled, [("done_call".to_owned(), Some(1), "done_at result".to_owned())]);
}

#[test]
fn an_inbox_shows_ones_own_notices_newest_first_page_by_page_and_counts_the_unread() {
    let land = db_land();
    land.pool
        .write_now(|db| {
            let (me, other) = (db_person(db, 1), db_person(db, 2));
            db_order(db, 1, "submitted", None, None);
            for (outbox, person) in [(1, me), (2, other), (3, me), (4, me)] {
                let new = store::NewNotice { outbox, person, kind: "claimed", subject_kind: "order", subject: 1, at: at(NOW) };
                store::add_notice(db, &new)?;
            }
            let act = acting(me, Role::Volunteer, 4, at(NOW));
            let ids = |inbox: &Inbox| inbox.notices.iter().map(|notice| notice.id.0).collect::<Vec<_>>();
            let page = list_notices(db, &act, None, Cursor { below: None, limit: 2 })?;
            assert_eq!((ids(&page), page.more, page.unread), (vec![4, 3], true, 3));
            let page = list_notices(db, &act, None, Cursor { below: Some(3), limit: 2 })?;
            assert_eq!((ids(&page), page.more), (vec![1], false));
            assert_eq!(read_notice(db, &act, NoticeId(3))?.read_at, Some(at(NOW)));
            assert!(read_notice(db, &act, NoticeId(3)).is_ok(), "again makes no difference");
            assert!(read_notice(db, &act, NoticeId(2)).is_err_and(|error| error.is("not_found")), "another's notice");
            assert_eq!(ids(&list_notices(db, &act, Some(true), FIRST)?), [4, 1]);
            assert_eq!(ids(&list_notices(db, &act, Some(false), FIRST)?), [3]);
            assert_eq!(read_all_notices(db, &act)?, 2);
            assert_eq!(list_notices(db, &act, None, FIRST)?.unread, 0);
            assert_eq!(notices::table.filter(notices::read_at.is_null()).select(notices::person_id).load::<i64>(db)?, [2]);
            Ok(())
        })
        .expect("read");
}

#[test]
fn every_kind_has_its_own_words_in_both_languages_with_the_number_in_them() {
    for (kind, zh, en) in words::WORDS {
        assert_eq!(words::WORDS.iter().filter(|(other, _, _)| other == kind).count(), 1, "{kind} is there once");
        assert_eq!((zh.matches("{}").count(), en.matches("{}").count()), (1, 1), "{kind}");
        assert!(zh.ends_with('。') && en.ends_with('.'), "{kind}");
    }
    assert_eq!(words::sentence("reject", Some("KP7M2Q9XWA")).zh, "订单 KP7M2Q9XWA 不予受理，请查看原因。");
    assert_eq!(words::sentence("never heard of", Some("KP7M2Q9XWA")).zh, "订单 KP7M2Q9XWA 有新进展，请查看。");
}
