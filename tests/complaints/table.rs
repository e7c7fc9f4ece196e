//! The moves that are open, drawn by hand: a row a situation, who may do what in it.

use kepu::complaints::state::{ComplaintPart, ComplaintState, ComplaintVerb, Standing, may_ever, open_moves, step};

/// Everybody that a row may name; who is not named in it may do nothing.
const EVERYBODY: &[(&str, ComplaintPart)] = &[
    ("complainant", ComplaintPart::Complainant),
    ("answerer", ComplaintPart::Answerer),
    ("supervisor", ComplaintPart::Supervisor),
    ("auditor", ComplaintPart::Auditor),
];

/// State, what is true beside it (`county`: no centre answers it alone; `late`; `recent`: the answer is not too old), and who = moves.
const DRAWN: &[(&str, &[(&str, &str)])] = &[
    ("open", &[("complainant", "withdraw"), ("answerer", "answer")]),
    ("open recent", &[("complainant", "withdraw"), ("answerer", "answer")]),
    ("open late", &[("complainant", "withdraw"), ("answerer", "answer"), ("supervisor", "answer")]),
    ("open county", &[("complainant", "withdraw"), ("answerer", "answer"), ("supervisor", "answer")]),
    ("open county late", &[("complainant", "withdraw"), ("answerer", "answer"), ("supervisor", "answer")]),
    ("answered recent", &[("complainant", "not_satisfied")]),
    ("answered recent county late", &[("complainant", "not_satisfied")]),
    ("answered", &[]),
    ("answered county", &[]),
    ("escalated", &[("complainant", "withdraw"), ("supervisor", "answer")]),
    ("escalated county late recent", &[("complainant", "withdraw"), ("supervisor", "answer")]),
    ("final", &[]),
    ("final county late recent", &[]),
    ("withdrawn", &[]),
    ("withdrawn county late recent", &[]),
];

fn standing(written: &str) -> Standing {
    let mut words = written.split_whitespace();
    let state = words.next().and_then(ComplaintState::parse).unwrap_or_else(|| panic!("{written}: no state"));
    let rest: Vec<&str> = words.collect();
    assert!(rest.iter().all(|word| ["county", "late", "recent"].contains(word)), "{written}");
    Standing { state, at_county: rest.contains(&"county"), late: rest.contains(&"late"), recent: rest.contains(&"recent") }
}

#[test]
fn in_every_situation_everybody_may_do_what_is_drawn_and_nothing_more() {
    for (written, drawn) in DRAWN {
        let it = standing(written);
        for (who, part) in EVERYBODY {
            let expected: Vec<&str> = drawn.iter().filter(|(name, _)| name == who).flat_map(|(_, moves)| moves.split_whitespace()).collect();
            let open: Vec<&str> = open_moves(&it, &[*part]).into_iter().map(ComplaintVerb::as_str).collect();
            assert_eq!(open, expected, "{written}, {who}");
        }
    }
    for state in ComplaintState::ALL {
        assert!(DRAWN.iter().any(|(written, _)| standing(written).state == *state), "{state} is not drawn");
    }
}

#[test]
fn an_answer_leads_to_answered_once_and_then_to_final() {
    let to = |written: &str, part| step(ComplaintVerb::Answer, &standing(written), &[part]).map(|step| step.to);
    assert_eq!(to("open", ComplaintPart::Answerer), Some(ComplaintState::Answered));
    assert_eq!(to("open county", ComplaintPart::Supervisor), Some(ComplaintState::Answered));
    assert_eq!(to("escalated", ComplaintPart::Supervisor), Some(ComplaintState::Final));
    assert_eq!(to("escalated", ComplaintPart::Answerer), None);
    assert!(!may_ever(ComplaintVerb::Answer, &[ComplaintPart::Complainant, ComplaintPart::Auditor]));
    assert!(!may_ever(ComplaintVerb::Withdraw, &[ComplaintPart::Answerer, ComplaintPart::Supervisor]));
}
