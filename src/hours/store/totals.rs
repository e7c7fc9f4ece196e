//! Sums of minutes, always taken from the records themselves. What is held stands beside them, in none.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::Wanted;
use crate::db::{Clause, Db};
use crate::error::Result;
use crate::hours::RecordClass;
use crate::on_engine;
use crate::text_enum;

text_enum! {
    /// By what hours are summed. Never a ranking: sums come in the order of what they are of.
    pub enum By {
        Volunteer = "volunteer",
        Team = "team",
        Department = "department",
        PlanTask = "plan_task",
        Programme = "programme",
        Township = "township",
        Year = "year",
        Class = "class",
    }
}

impl By {
    /// The key that rows are gathered by, and what must be joined for it.
    fn key(self) -> (&'static str, &'static str) {
        match self {
            Self::Volunteer => ("CAST(record_people.person_id AS TEXT)", "LEFT JOIN record_people ON record_people.record_id = service_records.id "),
            Self::Team => ("CAST(service_records.team_id AS TEXT)", ""),
            Self::Department => ("CAST(service_records.department_id AS TEXT)", ""),
            Self::PlanTask => ("CAST(service_records.plan_item_id AS TEXT)", ""),
            Self::Programme => {
                ("CAST(coalesce(plan_items.parent_id, plan_items.id) AS TEXT)", "LEFT JOIN plan_items ON plan_items.id = service_records.plan_item_id ")
            }
            Self::Township => ("service_records.township_code", ""),
            Self::Year => ("CAST(service_records.year AS TEXT)", ""),
            Self::Class => ("service_records.class", ""),
        }
    }
}

/// Minutes of one key and class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// What it is of, as text; empty where the records name none.
    pub key: Option<String>,
    pub class: RecordClass,
    /// Reversals taken off, and what is held left out.
    pub minutes: i64,
    pub held: i64,
}

const SUMS: &str = ", service_records.class, CAST(sum(CASE WHEN hour_holds.id IS NULL THEN service_records.minutes ELSE 0 END) AS BIGINT), \
                    CAST(sum(CASE WHEN hour_holds.id IS NULL THEN 0 ELSE service_records.minutes END) AS BIGINT) FROM ";
const HELD: &str = "LEFT JOIN hour_holds ON hour_holds.event_id = service_records.event_id AND hour_holds.until_at IS NULL WHERE ";

type SumSql = (Nullable<Text>, Text, BigInt, BigInt);

fn ask(db: &mut Db, question: Clause) -> Result<Vec<Sum>> {
    let question = question.asked::<SumSql>();
    let rows: Vec<(Option<String>, RecordClass, i64, i64)> = on_engine!(db, conn => question.load(conn))?;
    Ok(rows.into_iter().map(|(key, class, minutes, held)| Sum { key, class, minutes, held }).collect())
}

/// The minutes of some records, by a key and by class.
pub fn sums(db: &mut Db, by: By, wanted: &Wanted) -> Result<Vec<Sum>> {
    let (key, join) = by.key();
    let mut parts = Vec::new();
    if let Some(county) = &wanted.county {
        parts.push(Clause::sql("service_records.county = ").bind(county.as_str()));
    }
    if let Some(year) = wanted.year {
        parts.push(Clause::sql("service_records.year = ").bind(i64::from(year)));
    }
    if let Some(teams) = &wanted.teams {
        let one = |team: &crate::ids::OrganisationId| Clause::sql("service_records.team_id = ").bind(team.0);
        // Nobody's teams have no hours.
        parts.push(teams.iter().map(one).reduce(Clause::or).unwrap_or_else(|| Clause::sql("service_records.team_id = 0")));
    }
    if let Some(person) = wanted.person {
        let own = Clause::sql("service_records.id IN (SELECT record_id FROM record_people WHERE person_id = ").bind(person.0).then(")");
        parts.push(own);
    }
    let all = parts.into_iter().reduce(Clause::and).unwrap_or_else(|| Clause::sql("service_records.county = ").bind(""));
    let question = Clause::sql(format!("SELECT {key}{SUMS}service_records {join}{HELD}"));
    ask(db, question.with(all).then(" GROUP BY 1, 2 ORDER BY 1, 2"))
}
