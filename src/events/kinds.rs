//! What an event is, and how it stands. Pure.

use crate::clock::Moment;
use crate::text_enum;

text_enum! {
    /// For whom something is asked or held.
    pub enum Audience { Children = "children", Youth = "youth", Farmers = "farmers", Workers = "workers", Elderly = "elderly", Officials = "officials", General = "general" }
}

text_enum! {
    /// The kinds by which the national statistics of science popularization count activities.
    pub enum EventKind {
        /// 讲座.
        Lecture = "lecture",
        /// 展览.
        Exhibition = "exhibition",
        /// 竞赛.
        Contest = "contest",
        /// 培训.
        Training = "training",
        /// 开放活动.
        OpenDay = "open_day",
        Other = "other",
    }
}

text_enum! {
    /// What became of a session.
    pub enum SessionState { Planned = "planned", Held = "held", NotHeld = "not_held", Cancelled = "cancelled" }
}

text_enum! {
    /// How an event is stored.
    pub enum Stored { Planned = "planned", Held = "held", Cancelled = "cancelled" }
}

text_enum! {
    /// How an event stands.
    pub enum EventState {
        /// Only who plans it sees it; its places and people are taken already.
        Draft = "draft",
        /// It will take place.
        Published = "published",
        /// 已延期: it will take place at a time that is not known yet; nothing is taken for it.
        Postponed = "postponed",
        Held = "held",
        Cancelled = "cancelled",
    }
}

impl EventState {
    /// How it stands: an order's event is no draft, since its order has scheduled it.
    pub fn of(stored: Stored, published: bool, of_order: bool, postponed: bool) -> Self {
        match stored {
            Stored::Held => Self::Held,
            Stored::Cancelled => Self::Cancelled,
            Stored::Planned if postponed => Self::Postponed,
            Stored::Planned if published || of_order => Self::Published,
            Stored::Planned => Self::Draft,
        }
    }
}

text_enum! {
    /// Why something is put off.
    pub enum PostponeReason { Weather = "weather", Illness = "illness", Place = "place", Other = "other" }
}

text_enum! {
    /// What can be done with a planned event.
    pub enum EventVerb { Change = "change", Publish = "publish", Agree = "agree", Report = "report", Postpone = "postpone", Cancel = "cancel" }
}

/// How a planned event stands, as far as the next deed asks.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    pub state: EventState,
    /// Whether everyone in charge has said yes.
    pub agreed: bool,
    /// When its first session begins, and when its last one ends.
    pub first: Moment,
    pub last: Moment,
}

/// Whether a deed can be done now; else the code and the sentence that say why not.
pub fn can(verb: EventVerb, standing: &Standing, now: Moment) -> Result<(), (&'static str, &'static str)> {
    use EventState as S;
    match (verb, standing.state) {
        (EventVerb::Publish, S::Published) => Err(("published_already", "It is published already.")),
        (_, S::Held) => Err(("held_already", "It has taken place, and was reported.")),
        (_, S::Cancelled) => Err(("cancelled_already", "It was called off.")),
        (EventVerb::Change | EventVerb::Cancel, S::Postponed) => Ok(()),
        (EventVerb::Postpone, S::Postponed) => Err(("postponed_already", "It was put off already. Change it to give it a new time.")),
        (_, S::Postponed) => Err(("postponed", "It was put off. Change it to give it a new time.")),
        (EventVerb::Postpone, S::Draft) => Err(("not_published", "It was never published: nobody expects it. Change it instead.")),
        (EventVerb::Publish, S::Draft) if !standing.agreed => {
            Err(("not_agreed", "Who is in charge of a session has not said yes yet. Wait for them, or put somebody else in charge."))
        }
        (EventVerb::Publish | EventVerb::Change, _) if standing.first <= now => Err(("begun_already", "Its first session has begun.")),
        (EventVerb::Report, S::Draft) => Err(("not_published", "It was never published. Call it off instead.")),
        (EventVerb::Report, _) if standing.last > now => Err(("not_over", "Its last session is not over yet.")),
        (EventVerb::Agree, _) if standing.agreed => Err(("agreed_already", "Everyone in charge has said yes already.")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_done_follows_from_how_it_stands_and_from_the_time() {
        let at = Moment::from_micros;
        let standing = |state, agreed| Standing { state, agreed, first: at(100), last: at(200) };
        let code = |verb, state, agreed, now| can(verb, &standing(state, agreed), at(now)).err().map(|(code, _)| code);
        use EventState as S;
        use EventVerb as V;
        assert_eq!(code(V::Publish, S::Draft, true, 50), None);
        assert_eq!(code(V::Publish, S::Draft, false, 50), Some("not_agreed"));
        assert_eq!(code(V::Publish, S::Draft, true, 100), Some("begun_already"));
        assert_eq!(code(V::Publish, S::Published, true, 50), Some("published_already"));
        assert_eq!(code(V::Change, S::Published, true, 99), None);
        assert_eq!(code(V::Change, S::Published, true, 100), Some("begun_already"));
        assert_eq!(code(V::Report, S::Published, true, 199), Some("not_over"));
        assert_eq!(code(V::Report, S::Published, true, 200), None);
        assert_eq!(code(V::Report, S::Draft, true, 200), Some("not_published"));
        assert_eq!(code(V::Report, S::Held, true, 300), Some("held_already"));
        assert_eq!(code(V::Cancel, S::Draft, false, 500), None);
        assert_eq!(code(V::Cancel, S::Cancelled, true, 50), Some("cancelled_already"));
        assert_eq!(code(V::Postpone, S::Draft, true, 50), Some("not_published"));
        // Also after its day: it did not take place.
        assert_eq!(code(V::Postpone, S::Published, true, 300), None);
        assert_eq!(code(V::Postpone, S::Postponed, true, 50), Some("postponed_already"));
        assert_eq!(code(V::Change, S::Postponed, true, 300), None);
        assert_eq!(code(V::Cancel, S::Postponed, true, 300), None);
        assert_eq!(code(V::Report, S::Postponed, true, 300), Some("postponed"));
        assert_eq!(code(V::Publish, S::Postponed, true, 50), Some("postponed"));
        assert_eq!(code(V::Agree, S::Draft, false, 50), None);
        assert_eq!(code(V::Agree, S::Draft, true, 50), Some("agreed_already"));
    }

    #[test]
    fn an_orders_event_is_never_a_draft() {
        assert_eq!(EventState::of(Stored::Planned, false, false, false), EventState::Draft);
        assert_eq!(EventState::of(Stored::Planned, true, false, false), EventState::Published);
        assert_eq!(EventState::of(Stored::Planned, false, true, false), EventState::Published);
        assert_eq!(EventState::of(Stored::Planned, true, false, true), EventState::Postponed);
        assert_eq!(EventState::of(Stored::Cancelled, true, false, true), EventState::Cancelled);
    }
}
