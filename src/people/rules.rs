//! What is decided about persons and grants without looking anything up.

use crate::actor::{Actor, OrganisationKind, Role, Seat};
use crate::clock::Moment;
use crate::ids::{OrganisationId, PersonId};

/// A mobile number of mainland China: 11 digits that begin with 1 and a digit from 3 to 9.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Reads a number as people type it: spaces, hyphens, full-width digits, a leading +86 or 0086.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut digits = String::new();
        for c in typed.trim().chars() {
            match c {
                '0'..='9' | '+' => digits.push(c),
                '０'..='９' => digits.push(char::from(b'0' + u8::try_from(u32::from(c) - u32::from('０')).ok()?)),
                ' ' | '-' | '\u{3000}' | '\u{a0}' => {}
                _ => return None,
            }
        }
        let number = digits.strip_prefix("+86").or_else(|| digits.strip_prefix("0086")).unwrap_or(&digits);
        let bytes = number.as_bytes();
        let mobile = bytes.len() == 11 && bytes.iter().all(u8::is_ascii_digit) && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]);
        mobile.then(|| Self(number.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

/// A person's name for those who need not know it: the first character, and never how long the rest is.
pub fn masked_name(name: &str) -> String {
    name.trim().chars().take(1).chain("**".chars()).collect()
}

/// A phone number as lists show it: `138****1234`.
pub fn masked_phone(phone: &str) -> String {
    let chars: Vec<char> = phone.chars().collect();
    if chars.len() < 8 {
        return "****".to_owned();
    }
    let head: String = chars[..3].iter().collect();
    let tail: String = chars[chars.len() - 4..].iter().collect();
    format!("{head}****{tail}")
}

/// A user name: 3 to 40 of a to z, 0 to 9, full stop, hyphen, underscore, with a letter first so that it is never a phone
/// number. Capitals count as small letters.
pub fn user_name(typed: &str) -> Option<String> {
    let name = typed.trim().to_ascii_lowercase();
    let fits = (3..=40).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_".contains(&b))
        && name.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
    fits.then_some(name)
}

/// The one form of what somebody typed to sign in: a phone number or a user name; anything else as it is, folded and cut, so
/// that failures count for it all the same.
pub fn login(typed: &str) -> String {
    match Phone::parse(typed) {
        Some(phone) => phone.into(),
        None => typed.trim().to_lowercase().chars().take(64).collect(),
    }
}

/// Whether a person is away: from the first moment on, up to but not at the last.
pub fn is_away(from: Option<Moment>, until: Option<Moment>, now: Moment) -> bool {
    from.is_some_and(|from| from <= now) && until.is_none_or(|until| now < until)
}

/// The organisation that a grant is to be in.
#[derive(Debug, Clone)]
pub struct Target {
    pub seat: Seat,
    /// Who hosts it, where it is a team.
    pub host: Option<OrganisationId>,
}

/// Whether a role exists in such an organisation (design, section 3). An officer of a unit names the leaders of the teams it
/// hosts; orders go to departments alone.
pub fn fits(role: Role, target: Option<&Target>) -> bool {
    let Some(Target { seat, .. }) = target else { return is_platform(role) };
    match role {
        Role::Dispatcher | Role::Scheduler => seat.kind == OrganisationKind::Centre,
        Role::Officer => matches!(seat.kind, OrganisationKind::Department | OrganisationKind::Unit),
        Role::Leader | Role::Volunteer => seat.kind == OrganisationKind::Team,
        Role::Supervisor => seat.association,
        Role::Auditor => true,
        Role::SystemAdministrator | Role::SecurityAdministrator => false,
    }
}

/// Whether a role is the platform's own and so in no organisation.
pub const fn is_platform(role: Role) -> bool {
    matches!(role, Role::SystemAdministrator | Role::SecurityAdministrator)
}

/// Whether a grant waits for a second security administrator's yes.
pub const fn needs_second(role: Role) -> bool {
    matches!(role, Role::Auditor | Role::SystemAdministrator | Role::SecurityAdministrator)
}

/// Whether a role leaves no room for another: audit, system and security administration are kept apart from each other and
/// from the business (等保).
pub const fn stands_alone(role: Role) -> bool {
    needs_second(role)
}

/// Whether somebody may give or end this grant. Nobody names themselves.
pub fn may_name(actor: &Actor, person: PersonId, role: Role, target: Option<&Target>) -> bool {
    if actor.person == person {
        return false;
    }
    if actor.has(Role::SecurityAdministrator) {
        return true;
    }
    let Some(target) = target else { return false };
    let seat = &target.seat;
    match role {
        Role::Dispatcher | Role::Scheduler => actor.seats(Role::Dispatcher).any(|own| is_below(own, seat)),
        Role::Officer => actor.is(Role::Officer, seat.organisation),
        Role::Leader => target.host.is_some_and(|host| actor.is(Role::Officer, host)),
        Role::Volunteer => actor.is(Role::Leader, seat.organisation),
        Role::Supervisor | Role::Auditor | Role::SystemAdministrator | Role::SecurityAdministrator => false,
    }
}

/// Whether a centre lies below another one, on the same side of the border.
pub fn is_below(own: &Seat, other: &Seat) -> bool {
    other.kind == OrganisationKind::Centre && own.path != other.path && own.covers(&other.path, other.jurisdiction)
}

/// Whether somebody may name anyone at all.
pub fn may_name_anyone(actor: &Actor) -> bool {
    actor.grants.iter().any(|grant| matches!(grant.role, Role::SecurityAdministrator | Role::Dispatcher | Role::Officer | Role::Leader))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::{Grant, Jurisdiction};
    use crate::ids::GrantId;

    fn seat(id: i64, kind: OrganisationKind, path: &str, jurisdiction: Jurisdiction) -> Seat {
        Seat {
            organisation: OrganisationId(id),
            name: String::new(),
            kind,
            county: "230522000000".into(),
            division: path.trim_end_matches('.').rsplit('.').next().unwrap_or_default().into(),
            path: path.into(),
            jurisdiction,
            association: false,
        }
    }

    fn actor(role: Role, seat: Option<Seat>) -> Actor {
        Actor {
            person: PersonId(1),
            session: None,
            name: String::new(),
            county: None,
            grants: vec![Grant { id: GrantId(1), role, seat }],
            must_change_password: false,
            has_merged: false,
        }
    }

    #[test]
    fn a_phone_is_read_as_people_type_it() {
        for typed in ["13812345678", "+86 138 1234 5678", "0086-138-1234-5678", "１３８１２３４５６７８"] {
            assert_eq!(Phone::parse(typed).map(String::from).as_deref(), Some("13812345678"), "{typed}");
        }
        for typed in ["", "1381234567", "138123456789", "12812345678", "0451-1234567", "13812345678x", "+1 13812345678"] {
            assert_eq!(Phone::parse(typed), None, "{typed}");
        }
        assert_eq!(masked_phone("13812345678"), "138****5678");
    }

    #[test]
    fn a_user_name_is_never_a_phone_number() {
        assert_eq!(user_name(" Admin ").as_deref(), Some("admin"));
        assert_eq!(user_name("13812345678"), None);
        assert_eq!(user_name("ab"), None);
        assert_eq!(login("Admin "), "admin");
        assert_eq!(login("+86 13812345678"), "13812345678");
    }

    #[test]
    fn a_township_names_below_itself_and_nowhere_else() {
        use Jurisdiction::{County, Farm};
        let town = actor(Role::Dispatcher, Some(seat(1, OrganisationKind::Centre, "a.b.", County)));
        let at = |path: &str, side| Target { seat: seat(2, OrganisationKind::Centre, path, side), host: None };
        let names = |target: &Target| may_name(&town, PersonId(2), Role::Scheduler, Some(target));
        assert!(names(&at("a.b.c.", County)));
        assert!(!names(&at("a.b.", County)), "not beside itself");
        assert!(!names(&at("a.c.", County)), "not a neighbour");
        assert!(!names(&at("a.b.c.", Farm)), "not across the border");
        assert!(!may_name(&town, PersonId(1), Role::Scheduler, Some(&at("a.b.c.", County))), "not oneself");
        assert!(!may_name(&town, PersonId(2), Role::Officer, Some(&at("a.b.c.", County))), "no other role");
    }

    #[test]
    fn a_host_names_leaders_and_a_leader_volunteers() {
        let team = Target { seat: seat(7, OrganisationKind::Team, "a.", Jurisdiction::County), host: Some(OrganisationId(3)) };
        let host = actor(Role::Officer, Some(seat(3, OrganisationKind::Unit, "a.", Jurisdiction::County)));
        let other = actor(Role::Officer, Some(seat(4, OrganisationKind::Unit, "a.", Jurisdiction::County)));
        let leader = actor(Role::Leader, Some(seat(7, OrganisationKind::Team, "a.", Jurisdiction::County)));
        assert!(may_name(&host, PersonId(2), Role::Leader, Some(&team)));
        assert!(!may_name(&other, PersonId(2), Role::Leader, Some(&team)));
        assert!(may_name(&leader, PersonId(2), Role::Volunteer, Some(&team)));
        assert!(!may_name(&leader, PersonId(2), Role::Leader, Some(&team)));
    }

    #[test]
    fn administrators_name_anyone_but_themselves() {
        let security = actor(Role::SecurityAdministrator, None);
        assert!(may_name(&security, PersonId(2), Role::SystemAdministrator, None));
        assert!(!may_name(&security, PersonId(1), Role::SystemAdministrator, None));
        assert!(!may_name(&actor(Role::SystemAdministrator, None), PersonId(2), Role::Dispatcher, None));
        assert!(needs_second(Role::Auditor) && !needs_second(Role::Supervisor));
        assert!(fits(Role::SystemAdministrator, None) && !fits(Role::Dispatcher, None));
    }

    #[test]
    fn a_mask_leaves_the_first_character_of_a_name_and_the_ends_of_a_phone() {
        assert_eq!(masked_name("王桂兰"), "王**");
        assert_eq!(masked_name("欧阳小明"), "欧**");
        assert_eq!(masked_name(""), "**");
        assert_eq!(masked_phone("13812345678"), "138****5678");
        assert_eq!(masked_phone("5512"), "****");
    }

    #[test]
    fn away_ends_at_its_end() {
        let at = Moment::from_micros;
        assert!(is_away(Some(at(5)), None, at(5)) && is_away(Some(at(5)), Some(at(9)), at(8)));
        assert!(!is_away(Some(at(5)), Some(at(9)), at(9)) && !is_away(Some(at(5)), None, at(4)) && !is_away(None, None, at(4)));
    }
}
