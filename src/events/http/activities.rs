//! What takes place as part of a campaign, in the columns of the national registration: before it what is planned, after it who came.

use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::super::activity_store::{self, Activity, MOST};
use super::super::kinds::EventState;
use super::super::reach;
use super::super::{Audience, EventKind};
use super::view::{Organiser, organiser, place};
use crate::app::App;
use crate::auth;
use crate::campaigns;
use crate::campaigns::http::CampaignView;
use crate::clock::Moment;
use crate::db::Db;
use crate::directory::{self, Directory};
use crate::error::{Refusal, Result};
use crate::ids::{CampaignId, EventId};
use crate::wire::{AskRefusals, Caller, Private};

pub(super) fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_activities);
}

/// An activity of a campaign.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ActivityView {
    event_id: EventId,
    title: String,
    kind: EventKind,
    state: EventState,
    /// Its first start and its last end.
    starts_at: Moment,
    ends_at: Moment,
    sessions: i64,
    online: bool,
    venue: Option<String>,
    /// The short name of the place.
    division: Option<String>,
    address: Option<String>,
    organiser: Option<Organiser>,
    audience: Audience,
    expected: i32,
    /// Person-times; null until it was reported.
    attendance: Option<i64>,
    /// What it is a part of, such as a fair.
    parent_id: Option<EventId>,
}

impl ActivityView {
    fn of(directory: &Directory, activity: Activity) -> Self {
        Self {
            event_id: activity.event,
            title: activity.title,
            kind: activity.kind,
            state: activity.state,
            starts_at: activity.starts_at,
            ends_at: activity.ends_at,
            sessions: activity.sessions,
            online: activity.online,
            venue: activity.venue,
            division: place(directory, activity.division_code.as_deref()),
            address: activity.address,
            organiser: organiser(directory, activity.organiser),
            audience: activity.audience,
            expected: activity.expected,
            attendance: activity.attendance,
            parent_id: activity.parent,
        }
    }
}

/// A campaign's activities.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ActivitiesView {
    campaign: CampaignView,
    /// In order of time.
    items: Vec<ActivityView>,
    /// Whether there are more than fit.
    more: bool,
}

/// The activities of a campaign that the caller may know of, for those who plan and supervise.
#[utoipa::path(tag = "campaigns", params(("id" = CampaignId, Path, description = "Its number")), security(("bearer" = [])), responses((status = 200, description = "In order of time", body = ActivitiesView), AskRefusals))]
#[get("/campaigns/{id}/activities")]
async fn list_activities(app: web::Data<App>, id: web::Path<CampaignId>, caller: Caller) -> Result<Private<ActivitiesView>> {
    let state = app.get_ref().clone();
    let read = move |db: &mut Db| {
        let act = auth::signed_in(db, &state, &caller)?;
        let campaign = campaigns::find(db, *id)?.ok_or_else(Refusal::not_found)?;
        reach::may_list(&act)?;
        let mut found = activity_store::of_campaign(db, act.actor(), campaign.id)?;
        let more = found.len() > MOST;
        found.truncate(MOST);
        let items = match found.first().map(|activity| activity.directory.clone()) {
            Some(version) => {
                let directory = directory::at(db, version.as_deref())?;
                found.into_iter().map(|activity| ActivityView::of(&directory, activity)).collect()
            }
            None => Vec::new(),
        };
        Ok(ActivitiesView { campaign: campaign.into(), items, more })
    };
    app.pool.read(read).await.map(Private)
}
