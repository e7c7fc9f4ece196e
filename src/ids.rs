//! Ids as types of their own: an order's id is never taken for a person's.

/// Declares a newtype over a row's number.
macro_rules! id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        #[serde(transparent)]
        #[schema(value_type = i64, minimum = 1, maximum = 9007199254740991_i64)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl<DB> diesel::serialize::ToSql<diesel::sql_types::BigInt, DB> for $name
        where
            DB: diesel::backend::Backend,
            i64: diesel::serialize::ToSql<diesel::sql_types::BigInt, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                <i64 as diesel::serialize::ToSql<diesel::sql_types::BigInt, DB>>::to_sql(&self.0, out)
            }
        }

        impl<DB> diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB> for $name
        where
            DB: diesel::backend::Backend,
            i64: diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                <i64 as diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB>>::from_sql(bytes).map(Self)
            }
        }
    )+};
}

id! {
    /// A person with an account.
    PersonId,
    /// A grant: a role in an organisation, for a time.
    GrantId,
    /// A signed-in device of a person.
    SessionId,
    /// A centre, department, team or unit.
    OrganisationId,
    /// A building or place with rooms that can be booked.
    VenueId,
    /// A room or part of a venue, which is what is booked.
    SpaceId,
    /// Some days on which a venue is closed.
    ClosureId,
    /// A campaign of a year.
    CampaignId,
    /// A day on which all that takes place in an area was put off.
    PostponementId,
    /// A plan of a county.
    PlanId,
    /// A programme or task of a plan.
    PlanItemId,
    /// An order, from 点单 to its end.
    OrderId,
    /// A complaint, from its words to its answer.
    ComplaintId,
    /// An event that takes place in sessions.
    EventId,
    /// One session of an event.
    EventSessionId,
    /// Somebody's places at an event.
    RegistrationId,
    /// A roster of who was at a session, and as what.
    RosterId,
    /// One person's line in a roster.
    RosterLineId,
    /// A service record: so many minutes of one person at one session, or their reversal.
    RecordId,
    /// A correction that a volunteer asked for.
    CorrectionId,
    /// A venue, person or piece of equipment taken for a time.
    BookingId,
    /// A piece of equipment that travels.
    EquipmentId,
    /// A wish for equipment, and what became of it.
    LoanId,
    /// A secret address of a calendar.
    FeedId,
    /// A line in a person's inbox.
    NoticeId,
    /// A line on a centre's call list.
    CallLineId,
}
