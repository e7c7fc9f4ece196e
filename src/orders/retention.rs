//! Erasing the contacts of orders that ended long ago; the orders themselves stay (PIPL, Art 47; the months are data).

use super::store::{self, EndedBefore};
use crate::actor::Act;
use crate::db::{Anchor, Db, lock};
use crate::error::Result;
use crate::journal::{self, Capacity, Subject};

/// Erases name, phone and address of up to `most` orders, each with a journal line, and says of how many. The contact of a merged
/// order goes when that of the order it joined has gone: until then it may come back.
pub fn erase_contacts(db: &mut Db, act: &Act, before: EndedBefore, most: i64) -> Result<usize> {
    let mut erased = 0;
    for (order, county) in store::contacts_due(db, before, None, most)? {
        lock(db, Anchor::Order(order))?;
        // It may have been reopened, or erased by another instance, before the lock.
        if !store::contacts_due(db, before, Some(order), 1)?.is_empty() {
            store::erase_contact(db, act.now, order)?;
            let subject = Subject { kind: "order", id: order, version: None, county: Some(&county) };
            journal::record(db, act, "erase_contact", subject, Capacity::default(), &["name", "phone", "address"])?;
            erased += 1;
        }
    }
    Ok(erased)
}
