//! Who acts: a person and the grants in force, as plain data. Loaded with each request, so that taking a right away works at once.

use crate::clock::Moment;
use crate::ids::{GrantId, OrganisationId, PersonId, SessionId};
use crate::text_enum;

text_enum! {
    /// What a grant lets a person be in its organisation (design, section 3).
    pub enum Role {
        /// Sees and dispatches the orders of a centre's area (派单).
        Dispatcher = "dispatcher",
        /// Keeps a centre's venues, equipment and events.
        Scheduler = "scheduler",
        /// Answers for a department (领单).
        Officer = "officer",
        /// Leads a team (接单).
        Leader = "leader",
        /// Serves in a team.
        Volunteer = "volunteer",
        /// Reads the county's business and follows it up (督办).
        Supervisor = "supervisor",
        /// Reads journal and records, masked.
        Auditor = "auditor",
        /// Keeps organisations and settings; no business.
        SystemAdministrator = "system_administrator",
        /// Keeps people, grants and locks; never their own.
        SecurityAdministrator = "security_administrator",
    }
}

text_enum! {
    /// What an organisation is.
    pub enum OrganisationKind {
        /// 新时代文明实践中心 / 所 / 站.
        Centre = "centre",
        /// A member unit of the plan (责任单位).
        Department = "department",
        /// 科技志愿服务队, or a department's staff group.
        Team = "team",
        /// Any other organisation, such as a team's host.
        Unit = "unit",
    }
}

text_enum! {
    /// Who commands a place: the state farm inside the county is a partner, not a subordinate.
    pub enum Jurisdiction { County = "county", Farm = "farm" }
}

text_enum! {
    /// What a team's work counts as.
    pub enum TeamKind {
        Volunteer = "volunteer",
        /// A department's own staff: activity, never volunteer hours.
        Staff = "staff",
        Experts = "experts",
    }
}

/// The organisation that a grant is in, as far as deciding needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub organisation: OrganisationId,
    pub name: String,
    pub kind: OrganisationKind,
    /// The county's code: nothing of one county shows in another.
    pub county: String,
    pub division: String,
    /// The division's path: a subtree is one range of it.
    pub path: String,
    pub jurisdiction: Jurisdiction,
    /// Whether it is the county association (县科协).
    pub association: bool,
}

impl Seat {
    /// Whether a place lies in this seat's area: in the subtree, and on this side of the border.
    pub fn covers(&self, path: &str, jurisdiction: Jurisdiction) -> bool {
        self.jurisdiction == jurisdiction && path.starts_with(&self.path)
    }

    /// Whether this is the county's own centre or an organisation of the whole county.
    pub fn is_county_wide(&self) -> bool {
        self.division == self.county
    }
}

/// A grant in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub id: GrantId,
    pub role: Role,
    /// Empty for the platform's own roles.
    pub seat: Option<Seat>,
}

/// In which roles somebody reads all of a county's business.
pub const COUNTY_READERS: [Role; 2] = [Role::Supervisor, Role::Auditor];

/// A signed-in person with the grants in force now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub person: PersonId,
    pub session: Option<SessionId>,
    pub name: String,
    /// The county the person lives in; empty for the platform's administrators.
    pub county: Option<String>,
    pub grants: Vec<Grant>,
    /// A one-time password must be changed before anything else.
    pub must_change_password: bool,
    /// Whether an order of theirs may have been merged into another: where none was, nobody need ask which.
    pub has_merged: bool,
}

impl Actor {
    pub fn has(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// The seats in which the person holds a role.
    pub fn seats(&self, role: Role) -> impl Iterator<Item = &Seat> {
        self.grants.iter().filter(move |grant| grant.role == role).filter_map(|grant| grant.seat.as_ref())
    }

    /// Whether the person holds a role in this organisation.
    pub fn is(&self, role: Role, organisation: OrganisationId) -> bool {
        self.seats(role).any(|seat| seat.organisation == organisation)
    }

    /// Whether the person reads all of a county's business.
    pub fn reads_all_of(&self, county: &str) -> bool {
        COUNTY_READERS.iter().any(|role| self.seats(*role).any(|seat| seat.county == county))
    }

    /// Whether the person works for anyone: staff see what is in reach, others only their own.
    pub fn is_staff(&self) -> bool {
        self.grants.iter().any(|grant| grant.role != Role::Volunteer)
    }
}

/// One doing: who, when, in which request. Everything that changes data carries it to the journal.
#[derive(Debug, Clone)]
pub struct Act {
    pub by: By,
    pub now: Moment,
    pub request_id: Option<String>,
}

/// Who is behind a doing.
#[derive(Debug, Clone)]
pub enum By {
    /// A signed-in person.
    Person(Actor),
    /// A visitor without an account.
    Visitor,
    /// The holder of an order's tracking token: the requester, without an account.
    Token(crate::ids::OrderId),
    /// The holder of a complaint's tracking token: the complainant, without an account.
    Complainant(crate::ids::ComplaintId),
    /// The worker, at a deadline.
    Worker,
    /// The command line, by whoever may use the machine.
    Machine,
}

impl Act {
    pub fn actor(&self) -> Option<&Actor> {
        match &self.by {
            By::Person(actor) => Some(actor),
            By::Visitor | By::Token(_) | By::Complainant(_) | By::Worker | By::Machine => None,
        }
    }

    pub fn person(&self) -> Option<PersonId> {
        self.actor().map(|actor| actor.person)
    }

    /// The command line or the loader acts.
    pub fn machine(now: Moment) -> Self {
        Self { by: By::Machine, now, request_id: None }
    }

    /// The worker acts.
    pub fn worker(now: Moment) -> Self {
        Self { by: By::Worker, now, request_id: None }
    }
}
