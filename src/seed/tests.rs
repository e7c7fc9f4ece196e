use std::path::Path;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{load, load_folder};
use crate::clock::Moment;
use crate::db::{Place, Pool, migrate};
use crate::schema::{journal, organisations as rows};
use crate::{divisions, organisations, plan};

const COUNTY: &str = "230522000000";

fn now() -> Moment {
    Moment::parse("2026-03-02T01:00:00Z").unwrap()
}

fn pool(folder: &Path) -> Pool {
    let place = Place::Sqlite(folder.join("kepu.db"));
    migrate(&place).unwrap();
    Pool::open(place, 2).unwrap()
}

fn journal_lines(pool: &Pool) -> i64 {
    pool.read_now(|db| Ok(journal::table.count().get_result(db)?)).unwrap()
}

/// The embedded county as files, to be bent.
fn copy(to: &Path) {
    for file in super::SEEDS.get_dir("youyi").unwrap().files() {
        std::fs::write(to.join(file.path().file_name().unwrap()), file.contents()).unwrap();
    }
}

fn bend(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn the_county_is_loaded_once_and_a_second_load_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool(folder.path());
    let began = std::time::Instant::now();
    let first = load(&pool, now()).unwrap();
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    let created: Vec<_> = first.tally.iter().map(|(kind, tally)| format!("{kind} {}", tally.created)).collect();
    assert_eq!(
        created,
        [
            "budgets 13",
            "calendars 1",
            "campaigns 2",
            "centres 79",
            "consent texts 3",
            "counties 1",
            "current plans 1",
            "deadlines 30",
            "departments 23",
            "divisions 79",
            "fields 20",
            "hosts 10",
            "plan items 47",
            "plan targets 3",
            "plans 1",
            "retention rules 5",
            "staff groups 23",
            "team facts 33",
            "teams 10",
            "venues 9",
        ]
    );
    let lines = journal_lines(&pool);
    let second = load(&pool, now().plus(chrono::Duration::days(1))).unwrap();
    assert!(second.changed_nothing(), "{second}");
    assert_eq!(journal_lines(&pool), lines);
}

#[test]
fn what_others_ask_of_the_county_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool(folder.path());
    load(&pool, now()).unwrap();
    pool.read_now(|db| {
        let place = divisions::find(db, "230522100003")?.unwrap();
        assert_eq!(place.path, "230522000000.230522100000.230522100003.");
        let names: Vec<String> = divisions::chain(db, &place.path)?.into_iter().map(|division| division.short_name).collect();
        assert_eq!(names, ["繁荣社区", "友谊镇", "友谊县"]);
        let centres: Vec<String> = organisations::centres_up(db, &place.path)?.into_iter().map(|centre| centre.name).collect();
        assert_eq!(centres, ["繁荣社区新时代文明实践站", "友谊镇新时代文明实践所", "友谊县新时代文明实践中心"]);
        let calendar = divisions::calendar(db, COUNTY)?;
        assert!(!calendar.works(NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()));
        assert!(calendar.works(NaiveDate::from_ymd_opt(2026, 1, 4).unwrap()));
        let deadline = divisions::deadline(db, COUNTY, "submitted", true)?.unwrap();
        assert_eq!((deadline.amount, deadline.unit), (1, divisions::DeadlineUnit::Hours));
        let by_alias = organisations::find_by_name(db, COUNTY, "友谊生态环境局")?.unwrap();
        assert_eq!(by_alias.name, "县生态环境局");
        let association = organisations::association(db, COUNTY)?.unwrap();
        let group = organisations::staff_group_of(db, association.id)?.unwrap();
        let team = organisations::team(db, group)?.unwrap();
        assert_eq!((team.host, team.kind, team.reach), (association.id, crate::actor::TeamKind::Staff, vec![format!("{COUNTY}.")]));
        assert!(organisations::staffed(db, &[association.id], now())?.is_empty());
        let current = plan::current(db, COUNTY, NaiveDate::from_ymd_opt(2026, 3, 2).unwrap())?.unwrap();
        assert_eq!(current.code, "youyi-2021");
        assert!(plan::item(db, COUNTY, "youyi-2021", "A1.3")?.is_some());
        assert!(plan::item(db, COUNTY, "youyi-2021", "A1")?.is_none());
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_bad_file_is_told_with_its_line_and_leaves_nothing() {
    let bent = [
        (
            "divisions.csv",
            "230522100003,繁荣社区居民委员会,繁荣社区,community,230522100000",
            "230522100003,x,x,community,230522999000",
            "line 4: parent 230522999000 is not known",
        ),
        ("divisions.csv", "230522100004,", "230522100003,", "line 5: code 230522100003 is used twice"),
        ("divisions.csv", "友谊镇,town", "友谊镇,city", "line 3: unknown variant"),
        ("divisions.csv", ",centre\n", ",center\n", "line 2: unknown field `center`"),
        ("county.toml", "code = \"230522000000\"", "code = \"230521000000\"", "line 2: this is county 230522000000, but county.toml says 230521000000"),
        ("county.toml", "youyi-2021", "youyi-2031", "line 10: plan youyi-2031 is not known"),
        ("organisations.toml", "\"youth_science\"", "\"magic\"", "line 11: field magic is not known"),
        ("teams.toml", "host = \"renmin-yiyuan\"", "host = \"nobody\"", "line 7: organisation nobody is not known"),
        ("teams.toml", "intro", "introduction", "line 12: unknown field `introduction`"),
        ("plan-2021.toml", "lead = [\"县教育和体育局\", \"县科协\"]", "lead = [\"县教育局\", \"县科协\"]", "line 19: unit 县教育局 is not known"),
        ("plan-2021.toml", "code = \"A1.2\"", "code = \"A1.1\"", "line 34: code A1.1 is used twice"),
    ];
    for (file, from, to, told) in bent {
        let folder = tempfile::tempdir().unwrap();
        let county = folder.path().join("county");
        std::fs::create_dir(&county).unwrap();
        copy(&county);
        bend(&county, file, from, to);
        let pool = pool(folder.path());
        let error = load_folder(&pool, &county, now()).unwrap_err();
        assert!(error.is("bad_seed") && error.to_string().contains(told), "{file}: wanted {told}, told {error}");
        let left: i64 = pool.read_now(|db| Ok(rows::table.count().get_result(db)?)).unwrap();
        assert_eq!(left, 0);
    }
}

#[test]
fn another_county_and_a_plan_for_other_years_stand_beside_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool(folder.path());
    load(&pool, now()).unwrap();

    let other = folder.path().join("other");
    std::fs::create_dir(&other).unwrap();
    copy(&other);
    for entry in std::fs::read_dir(&other).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap().replace("230522", "230599");
        std::fs::write(path, text).unwrap();
    }
    let loaded = load_folder(&pool, &other, now()).unwrap();
    assert_eq!(loaded.tally["divisions"].created, 79);
    assert_eq!(loaded.tally["fields"].created, 0);

    let next = folder.path().join("next");
    std::fs::create_dir(&next).unwrap();
    copy(&next);
    for file in ["divisions.csv", "organisations.toml", "teams.toml"] {
        std::fs::remove_file(next.join(file)).unwrap();
    }
    std::fs::rename(next.join("plan-2021.toml"), next.join("plan-2026.toml")).unwrap();
    for (from, to) in [("youyi-2021", "youyi-2026"), ("first_year = 2021", "first_year = 2026"), ("last_year = 2025", "last_year = 2030")] {
        bend(&next, "plan-2026.toml", from, to);
    }
    bend(&next, "county.toml", "current_plan = \"youyi-2021\"", "current_plan = \"youyi-2026\"\ncurrent_plan_from = 2026-04-01");
    load_folder(&pool, &next, now()).unwrap();

    pool.read_now(|db| {
        let day = |month| NaiveDate::from_ymd_opt(2026, month, 1).unwrap();
        assert_eq!(plan::current(db, COUNTY, day(3))?.unwrap().code, "youyi-2021");
        assert_eq!(plan::current(db, COUNTY, day(4))?.unwrap().code, "youyi-2026");
        assert_eq!(plan::current(db, "230599000000", day(4))?.unwrap().code, "youyi-2021");
        assert_eq!(plan::of_county(db, COUNTY)?.len(), 2);
        assert_eq!(divisions::of_county(db, COUNTY)?.len(), 79);
        assert_eq!(divisions::county_or_first(db, None)?, COUNTY);
        let (ours, theirs) = (organisations::association(db, COUNTY)?.unwrap(), organisations::association(db, "230599000000")?.unwrap());
        assert_ne!(ours.id, theirs.id);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_changed_fact_changes_its_row_and_is_journalled() {
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path().join("county");
    std::fs::create_dir(&county).unwrap();
    copy(&county);
    let pool = pool(folder.path());
    load_folder(&pool, &county, now()).unwrap();
    let lines = journal_lines(&pool);
    bend(&county, "organisations.toml", "capacity = 200", "capacity = 220");
    bend(&county, "teams.toml", "reach = [\"230522000000\"]", "reach = [\"230522100000\"]");
    let loaded = load_folder(&pool, &county, now()).unwrap();
    assert_eq!((loaded.tally["venues"].changed, loaded.tally["team facts"].changed), (1, 1));
    assert_eq!(journal_lines(&pool), lines + 2);
}
