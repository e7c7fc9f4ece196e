//! kepu (科普): a county's science popularization, from a resident's order to hours that count.
//!
//! The modules stand in the order of their dependencies: each uses only those above it. `tests/architecture.rs` holds it.

pub mod text_enum; // one-word enums
pub mod ids; // newtype ids
pub mod error; // refusals: a kind, a code, a sentence
pub mod clock; // now, working days, the county's zone
pub mod actor; // who acts: person and grants, plain data
pub mod schema; // the tables
pub mod db; // the two engines, once
pub mod directory; // names and places that many rows point at, in memory by version
pub mod config; // settings with their origin
pub mod secrets; // keys by purpose, tokens, hashes
pub mod app; // what a running instance holds
pub mod journal; // who did what to which row
pub mod outbox; // what to send after commit
pub mod wire; // the API's conventions, once
pub mod idempotency; // sending twice makes one
pub mod divisions; // where things are: the county's divisions, its calendar and deadlines
pub mod organisations; // centres, departments, teams, units
pub mod venues; // rooms and places that can be booked
pub mod people; // persons, grants, consents, absence
pub mod auth; // signing up, in and out; sessions; budgets
pub mod plan; // plans, items, the units that answer for them, targets
pub mod campaigns; // 科普月, 防灾减灾日: what events are part of, by year
pub mod bookings; // which resource is taken when, by whom
pub mod equipment; // what travels between centres, and who has it on loan
pub mod slots; // when room, team and equipment are all free
pub mod events; // events and their sessions
pub mod hours; // service records, counted once and never edited
pub mod ledger; // seals records into signed batches, and checks them
pub mod orders; // the chain from 点单 to 评单
pub mod attendance; // how many came: at the door, on paper, typed at the end
pub mod registrations; // who comes to an open event, and who waits for a place
pub mod keeping; // what a venue's keeper says to a booking
pub mod postponing; // 延期: all of a day and area in one deed
pub mod rosters; // who was at a session, filed by the team and confirmed by another organisation
pub mod feeds; // calendars that other programs subscribe to
pub mod complaints; // 投诉, answered by a level above
pub mod reports; // reads any table, writes none
pub mod administration; // who keeps organisations, venues, settings; the journal for the auditor
pub mod notices; // renders what the outbox holds: inbox and call list
pub mod worker; // the only caller of timed deeds
pub mod seed; // loads the county's data files through the deeds
pub mod demo; // people for every role and orders in every state
pub mod backup; // copies of the whole database
pub mod openapi; // the API's document
pub mod web; // routes, middleware, pages
pub mod server; // starting and stopping
pub mod cli; // the commands
