//! What is hashed of a record and of a batch. Pure. Numbers, times, minutes, the words of the record and a salted commitment of the person:
//! never a person's name, so that erasing somebody breaks nothing.

use crate::clock::Moment;
use crate::hours::Row;
use crate::ids::RecordId;
use crate::secrets::digest;

/// What stands before the first batch.
pub const NOTHING: &str = "nothing";

/// Parts one after the other, each with its length before it, so that none runs into the next; an absent one is told from an empty one.
fn framed<'a>(kind: &str, parts: impl IntoIterator<Item = Option<&'a str>>) -> Vec<u8> {
    let mut bytes = kind.as_bytes().to_vec();
    for part in parts {
        match part {
            Some(part) => {
                bytes.push(b'+');
                bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
                bytes.extend_from_slice(part.as_bytes());
            }
            None => bytes.push(b'-'),
        }
    }
    bytes
}

/// The hash of a record: every column of it.
pub fn row_hash(row: &Row) -> String {
    // A new column stops the build here: it is hashed, under another kind, or thought about.
    let Row {
        id,
        county,
        kind,
        reverses,
        source_kind,
        source,
        event,
        session,
        order,
        plan_item,
        team,
        department,
        place_path,
        township,
        title,
        held_on,
        place,
        content,
        minutes,
        unit,
        in_charge,
        year,
        from,
        until,
        class,
        late,
        filed_by,
        confirmed_by,
        reason,
        commitment,
        created_at,
    } = row;
    let some = |text: &dyn std::fmt::Display| Some(text.to_string());
    let micros = |moment: &Moment| Some(moment.micros().to_string());
    let parts: [Option<String>; 31] = [
        some(id),
        some(county),
        some(kind),
        reverses.map(|id| id.to_string()),
        some(source_kind),
        some(source),
        some(event),
        some(session),
        order.map(|id| id.to_string()),
        plan_item.map(|id| id.to_string()),
        some(team),
        department.map(|id| id.to_string()),
        some(place_path),
        township.clone(),
        some(title),
        some(held_on),
        some(place),
        some(content),
        some(minutes),
        some(unit),
        some(in_charge),
        some(year),
        micros(from),
        micros(until),
        some(class),
        some(late),
        some(filed_by),
        some(confirmed_by),
        reason.clone(),
        some(commitment),
        micros(created_at),
    ];
    digest(&framed("kepu record 1", parts.iter().map(Option::as_deref)))
}

/// What a batch is, but for its signature.
#[derive(Debug, Clone, Copy)]
pub struct Sealed<'a> {
    pub number: i64,
    pub sealed_at: Moment,
    pub previous: &'a str,
    pub key_id: &'a str,
    /// The records with their hashes, in order.
    pub rows: &'a [(RecordId, String)],
}

/// The hash of a batch, over its rows and the batch before.
pub fn batch_hash(batch: Sealed<'_>) -> String {
    let Sealed { number, sealed_at, previous, key_id, rows } = batch;
    let head = [number.to_string(), sealed_at.micros().to_string(), previous.to_owned(), key_id.to_owned(), rows.len().to_string()];
    let rows = rows.iter().flat_map(|(record, hash)| [record.to_string(), hash.clone()]);
    let parts: Vec<String> = head.into_iter().chain(rows).collect();
    digest(&framed("kepu batch 1", parts.iter().map(|part| Some(part.as_str()))))
}

/// What is signed of a batch.
pub fn signed(hash: &str) -> Vec<u8> {
    framed("kepu signature 1", [Some(hash)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_never_run_into_each_other_and_none_is_not_nothing() {
        assert_ne!(framed("k", [Some("ab"), Some("c")]), framed("k", [Some("a"), Some("bc")]));
        assert_ne!(framed("k", [Some("")]), framed("k", [None]));
        assert_ne!(framed("k", [None, Some("a")]), framed("k", [Some("a"), None]));
    }

    #[test]
    fn a_batch_hangs_on_its_rows_their_order_its_time_and_the_batch_before() {
        let rows = vec![(RecordId(1), "a".to_owned()), (RecordId(2), "b".to_owned())];
        let swapped: Vec<(RecordId, String)> = rows.iter().rev().cloned().collect();
        let at = Moment::from_micros(5);
        let batch = Sealed { number: 2, sealed_at: at, previous: "p", key_id: "k", rows: &rows };
        let hash = batch_hash(batch);
        for other in [
            Sealed { number: 3, ..batch },
            Sealed { sealed_at: Moment::from_micros(6), ..batch },
            Sealed { previous: "q", ..batch },
            Sealed { key_id: "l", ..batch },
            Sealed { rows: &swapped, ..batch },
            Sealed { rows: &rows[..1], ..batch },
        ] {
            assert_ne!(batch_hash(other), hash, "{other:?}");
        }
        assert_eq!(batch_hash(batch), hash);
    }
}
