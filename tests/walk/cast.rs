//! Who walks the orders: people of every role, and which of them a request meets.

use std::collections::BTreeMap;

use kepu::ids::OrganisationId;
use kepu::organisations;
use serde::Deserialize;

use crate::support::app::TestApp;
use crate::support::client::Client;

/// A line of the file: what somebody wrote, and what a reader of the county's plan makes of it.
#[derive(Deserialize)]
pub struct Request {
    pub id: String,
    pub text: String,
    pub audience: String,
    /// The code of a task, or `none` where it is not popular science.
    pub task: String,
    /// The lead first.
    pub departments: Vec<String>,
    pub emergency: bool,
}

/// The requests, in the file's order.
pub fn requests() -> Vec<Request> {
    let lines = include_str!("../fixtures/requests-dev.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))).collect()
}

/// A place that orders, who lives there, and who dispatches for it.
pub struct Place {
    pub code: String,
    pub resident: Client,
    /// Of the nearest centre that has a dispatcher.
    pub dispatcher: Client,
    /// Another dispatcher whose area it lies in: phones those for whom the first one ordered.
    pub caller: Client,
    /// Keeps the times of the place; the state farm has none of its own, and the county's does not reach over its border.
    pub scheduler: Option<Client>,
}

/// A team and one who leads it.
pub struct Team {
    pub id: OrganisationId,
    pub leader: Client,
}

/// Everybody.
pub struct Cast {
    pub places: Vec<Place>,
    pub county_dispatcher: Client,
    pub officers: BTreeMap<String, Client>,
    pub departments: BTreeMap<String, OrganisationId>,
    /// The staff group of each department; its officers lead it.
    pub staff_groups: BTreeMap<String, OrganisationId>,
    pub teams: Vec<Team>,
    /// Of the first team.
    pub volunteer: Client,
    pub supervisor: Client,
    pub auditor: Client,
    pub administrators: [Client; 2],
}

/// The state farm: a border that no dispatcher of the county reaches over.
const FARM: &str = "友谊农场";

/// Places of every township of the county and one of the state farm, each with the centre that dispatches for it: its own, its
/// township's, or the county's.
const PLACES: &[(&str, &str)] = &[
    ("繁荣社区", "繁荣社区"),
    ("百兴社区", "友谊镇"),
    ("康乐社区", "友谊镇"),
    ("富强社区", "友谊镇"),
    ("学府社区", "学府社区"),
    ("爱林村", "兴隆镇"),
    ("利华村", "兴隆镇"),
    ("邹集村", "兴隆镇"),
    ("和发村", "兴隆镇"),
    ("北峰村", "友谊县"),
    ("兴隆山村", "友谊县"),
    ("宏坤村", "友谊县"),
    ("永林村", "友谊县"),
    ("庆丰村", "友谊县"),
    ("北新发村", "友谊县"),
    ("东明村", "友谊县"),
    ("成富朝鲜族满族乡", "成富朝鲜族满族乡"),
    ("友谊场直社区", FARM),
];

const TEAMS: &[&str] = &[
    "友谊县人民医院健康科技志愿服务队",
    "友谊县疾控卫生科技志愿服务队",
    "友谊县第一中学科学教育科技志愿服务队",
    "友谊县农技推广科技志愿服务队",
    "友谊县图书馆智慧助老科技志愿服务队",
    "友谊县文化馆科普创作科技志愿服务队",
    "友谊县老科协老专家科技志愿服务队",
    "友谊县消防防灾避险科技志愿服务队",
    "兴隆镇乡村健康科技志愿服务队",
    "成富乡水稻种植科技志愿服务队",
];

impl Cast {
    pub async fn of(app: &TestApp, requests: &[Request]) -> Self {
        let mut centres: BTreeMap<&str, Client> = BTreeMap::new();
        let (county, farm) = (app.dispatcher("友谊县").await, app.dispatcher(FARM).await);
        let scheduler = app.scheduler("友谊县").await;
        let mut places = Vec::new();
        for (place, centre) in PLACES {
            if !centres.contains_key(centre) {
                centres.insert(centre, app.dispatcher(centre).await);
            }
            let (caller, scheduler) = if *centre == FARM { (farm.clone(), None) } else { (county.clone(), Some(scheduler.clone())) };
            let (code, resident, dispatcher) = (app.db_division(place), app.resident_of(place).await, centres[centre].clone());
            places.push(Place { code, resident, dispatcher, caller, scheduler });
        }
        let (mut officers, mut departments, mut staff_groups) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for name in requests.iter().flat_map(|request| &request.departments) {
            if officers.contains_key(name) {
                continue;
            }
            let id = app.db_organisation(name);
            let group = organisations::staff_group_of(&mut app.db(), id).expect("staff groups can be read");
            officers.insert(name.clone(), app.officer(name).await);
            departments.insert(name.clone(), id);
            staff_groups.insert(name.clone(), group.unwrap_or_else(|| panic!("{name} has no staff group")));
        }
        let mut teams = Vec::new();
        for name in TEAMS {
            teams.push(Team { id: app.db_organisation(name), leader: app.leader(name).await });
        }
        Self {
            places,
            county_dispatcher: county,
            officers,
            departments,
            staff_groups,
            teams,
            volunteer: app.volunteer(TEAMS[0]).await,
            supervisor: app.supervisor().await,
            auditor: app.auditor().await,
            administrators: [app.system_administrator().await, app.security_administrator().await],
        }
    }
}
