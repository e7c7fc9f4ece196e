//! The moves that are open, drawn by hand from the design's table (section 4): a row a situation, who may do what in it.

use kepu::orders::state::{Part, Standing, State, open_moves};

/// An order on which nothing special weighs.
fn plain(state: State) -> Standing {
    Standing {
        state,
        offered: false,
        started: false,
        ended: false,
        late: false,
        returns: 0,
        decided: false,
        asked: false,
        unrated: false,
        disputable: false,
        reopenable: false,
        reopened: false,
        disputed_from: None,
    }
}

/// A state and what is true beside it, as the rows below write them: `accepted offered late`.
fn standing(written: &str) -> Standing {
    let mut words = written.split_whitespace();
    let state = words.next().and_then(State::parse).unwrap_or_else(|| panic!("{written}: no state"));
    let mut it = plain(state);
    for word in words {
        match word {
            "offered" => it.offered = true,
            "started" => it.started = true,
            "ended" => (it.started, it.ended) = (true, true),
            "late" => it.late = true,
            "returned" => it.returns = 1,
            "returned-twice" => it.returns = 2,
            "decided" => it.decided = true,
            "asked" => it.asked = true,
            "unrated" => it.unrated = true,
            "within-30-days" => it.disputable = true,
            "within-180-days" => it.reopenable = true,
            "reopened-before" => it.reopened = true,
            other => panic!("{written}: what is {other}?"),
        }
    }
    it
}

/// Everybody that a row may name; who is not named in it may do nothing.
const EVERYBODY: &[(&str, &[Part])] = &[
    ("requester", &[Part::Requester]),
    ("joined", &[Part::Joined]),
    ("dispatcher", &[Part::Dispatcher]),
    ("county", &[Part::Dispatcher, Part::CountyDispatcher]),
    ("arbiter", &[Part::Arbiter]),
    ("caller", &[Part::Caller]),
    ("officer", &[Part::Officer]),
    ("co-officer", &[Part::CoOfficer]),
    ("deputy", &[Part::Deputy]),
    ("leader", &[Part::Leader]),
    ("offered", &[Part::OfferedLeader]),
    ("any-leader", &[Part::AnyLeader]),
    ("scheduler", &[Part::Scheduler]),
    ("former", &[Part::Former]),
    ("supervisor", &[Part::Supervisor]),
    ("auditor", &[Part::Auditor]),
    ("nobody", &[]),
];

/// `situation: who = moves; who = moves`.
const DRAWN: &str = "
submitted:
    requester = amend withdraw
    dispatcher = amend ask set_urgency transfer dispatch reject merge answer withdraw
    county = amend ask set_urgency transfer dispatch reject merge answer withdraw
    officer = ask set_urgency answer
    leader = ask
submitted asked:
    requester = amend reply withdraw
    dispatcher = amend reply set_urgency transfer dispatch reject merge answer withdraw
    county = amend reply set_urgency transfer dispatch reject merge answer withdraw
    officer = set_urgency answer
submitted returned:
    requester = amend withdraw
    dispatcher = amend ask set_urgency transfer dispatch reject merge answer withdraw give_up
    county = amend ask set_urgency transfer dispatch reject merge answer withdraw give_up
    officer = ask set_urgency answer
    leader = ask
submitted returned-twice:
    requester = amend withdraw
    dispatcher = amend ask set_urgency transfer dispatch reject merge answer withdraw give_up
    county = amend ask set_urgency transfer dispatch decide_lead reject merge answer withdraw give_up
    officer = ask set_urgency answer
    leader = ask
dispatched:
    requester = amend withdraw
    dispatcher = amend ask set_urgency redispatch answer withdraw give_up
    county = amend ask set_urgency redispatch answer withdraw give_up
    officer = ask set_urgency return answer accept
    deputy = accept
    leader = ask
dispatched decided returned-twice:
    requester = amend withdraw
    dispatcher = amend ask set_urgency redispatch answer withdraw give_up
    county = amend ask set_urgency redispatch answer withdraw give_up
    officer = ask set_urgency answer accept
    deputy = accept
    leader = ask
accepted:
    requester = amend withdraw
    dispatcher = amend ask set_urgency redispatch answer withdraw give_up
    county = amend ask set_urgency redispatch answer withdraw give_up
    officer = ask set_urgency answer offer give_up
    co-officer = offer
    deputy = offer
    leader = ask
    any-leader = claim
accepted offered:
    requester = amend withdraw
    dispatcher = amend ask set_urgency redispatch answer withdraw give_up
    county = amend ask set_urgency redispatch answer withdraw give_up
    officer = ask set_urgency answer open give_up
    deputy = open
    leader = ask
    offered = decline claim
accepted late asked:
    requester = amend reply withdraw
    dispatcher = amend reply set_urgency redispatch answer withdraw give_up
    county = amend reply set_urgency redispatch answer withdraw give_up
    officer = set_urgency answer offer give_up
    co-officer = offer
    deputy = offer
    any-leader = claim
claimed:
    requester = amend propose withdraw
    dispatcher = amend ask release withdraw
    county = amend ask release withdraw
    officer = ask propose release
    leader = ask schedule release
    scheduler = propose
scheduled:
    requester = amend withdraw
    dispatcher = amend postpone release withdraw
    county = amend postpone release withdraw
    officer = postpone release
    leader = schedule postpone release
    scheduler = postpone
scheduled started:
    requester = amend
    dispatcher = amend postpone
    county = amend postpone
    officer = postpone
    leader = schedule postpone
    scheduler = postpone
scheduled ended within-30-days:
    requester = amend dispute
    joined = dispute
    dispatcher = amend postpone
    county = amend postpone
    officer = postpone
    leader = schedule postpone fulfil
    scheduler = postpone
scheduled ended late within-30-days:
    requester = amend dispute
    joined = dispute
    dispatcher = amend postpone
    county = amend postpone
    officer = postpone fulfil
    leader = schedule postpone fulfil
    scheduler = postpone
scheduled ended late:
    requester = amend
    dispatcher = amend postpone
    county = amend postpone
    officer = postpone fulfil
    leader = schedule postpone fulfil
    scheduler = postpone
fulfilled within-30-days unrated:
    requester = review dispute
    joined = review dispute
    caller = review
fulfilled unrated:
    requester = review
    joined = review
    caller = review
disputed:
    arbiter = uphold settle dismiss
closed unrated within-30-days:
    requester = review dispute
    joined = review dispute
    caller = review
closed within-30-days:
    requester = dispute
    joined = dispute
closed:
rejected within-180-days:
    requester = reopen
    dispatcher = reopen
    county = reopen
rejected within-180-days reopened-before:
    dispatcher = reopen
    county = reopen
rejected:
unmet within-180-days:
    requester = reopen
    dispatcher = reopen
    county = reopen
unmet within-180-days reopened-before:
    dispatcher = reopen
    county = reopen
unmet:
withdrawn within-180-days:
merged within-180-days:
    dispatcher = unmerge
    county = unmerge
";

#[test]
fn in_every_situation_everybody_may_do_what_the_design_says_and_nothing_more() {
    let (mut situations, mut wrong) = (Vec::new(), Vec::new());
    let mut rows: Vec<(&str, Vec<(&str, &str)>)> = Vec::new();
    for line in DRAWN.lines().filter(|line| !line.trim().is_empty()) {
        match line.strip_suffix(':') {
            Some(situation) => rows.push((situation, Vec::new())),
            None => {
                let (who, moves) = line.split_once('=').unwrap_or_else(|| panic!("{line}"));
                rows.last_mut().expect("a situation comes first").1.push((who.trim(), moves.trim()));
            }
        }
    }
    for (situation, drawn) in rows {
        let it = standing(situation);
        situations.push(it.state);
        assert!(drawn.iter().all(|(who, _)| EVERYBODY.iter().any(|(name, _)| name == who)), "{situation} names somebody unknown");
        for (who, parts) in EVERYBODY {
            let mut expected: Vec<String> =
                drawn.iter().filter(|(name, _)| name == who).flat_map(|(_, moves)| moves.split_whitespace()).map(str::to_owned).collect();
            let mut found: Vec<String> = open_moves(&it, parts).iter().map(ToString::to_string).collect();
            expected.sort();
            found.sort();
            if expected != found {
                wrong.push(format!("{situation}, {who}:\n   drawn {}\n   found {}", expected.join(" "), found.join(" ")));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    for state in State::ALL {
        assert!(situations.contains(state), "{state} is not drawn");
    }
}
