-- Who comes to an open event: its terms, who is registered, who waits for a place, and who may read what concerns children.
CREATE TABLE registration_terms (
    event_id BIGINT PRIMARY KEY NOT NULL REFERENCES events (id),
    -- How many people have a place.
    places INTEGER NOT NULL CHECK (places BETWEEN 1 AND 100000),
    -- Until when one can register; empty: until it begins.
    closes_at TIMESTAMP CHECK (closes_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(closes_at) IN (19, 23, 26)),
    -- How long who moves up has to confirm; never longer than until it begins.
    confirm_hours INTEGER NOT NULL DEFAULT 24 CHECK (confirm_hours BETWEEN 1 AND 168),
    -- Whether those behind a group that does not fit move up past it; without it a place stays free until the first in line fits.
    pass_over BOOLEAN NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE registrations (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    event_id BIGINT NOT NULL REFERENCES registration_terms (event_id),
    county TEXT NOT NULL REFERENCES counties (code),
    -- Empty: a visitor, who has the tracking token instead.
    person_id BIGINT REFERENCES people (id),
    -- A keyed hash of the phone, for once an event; it goes with the contact.
    phone_key TEXT,
    state TEXT NOT NULL CHECK (state IN ('registered', 'waiting', 'offered', 'cancelled', 'lapsed')),
    -- How many come, whoever registers among them or answering for them.
    heads INTEGER NOT NULL CHECK (heads BETWEEN 1 AND 100000),
    -- How many of them are under 14; their names are never asked.
    under_14 INTEGER NOT NULL DEFAULT 0,
    registered_at TIMESTAMP NOT NULL CHECK (registered_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(registered_at) IN (19, 23, 26)),
    -- Until when an offered place is held.
    confirm_by TIMESTAMP CHECK (confirm_by GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(confirm_by) IN (19, 23, 26)),
    ended_at TIMESTAMP CHECK (ended_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(ended_at) IN (19, 23, 26)),
    track_hash TEXT UNIQUE,
    CHECK (under_14 BETWEEN 0 AND heads),
    CHECK ((confirm_by IS NOT NULL) = (state = 'offered')),
    CHECK ((ended_at IS NOT NULL) = (state IN ('cancelled', 'lapsed')))
);
CREATE INDEX registrations_event ON registrations (event_id, state, id);
CREATE INDEX registrations_person ON registrations (person_id, id);
CREATE INDEX registrations_confirm ON registrations (confirm_by) WHERE confirm_by IS NOT NULL;
-- Once an event, for a person and for a phone.
CREATE UNIQUE INDEX registrations_once_person ON registrations (event_id, person_id) WHERE person_id IS NOT NULL AND state IN ('registered', 'waiting', 'offered');
CREATE UNIQUE INDEX registrations_once_phone ON registrations (event_id, phone_key) WHERE phone_key IS NOT NULL AND state IN ('registered', 'waiting', 'offered');

CREATE TABLE registration_contacts (
    registration_id BIGINT PRIMARY KEY NOT NULL REFERENCES registrations (id),
    name TEXT,
    phone TEXT,
    -- Who consented for the children, where that is not who registered.
    guardian_name TEXT,
    erased_at TIMESTAMP CHECK (erased_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(erased_at) IN (19, 23, 26))
);
CREATE INDEX registration_contacts_kept ON registration_contacts (registration_id) WHERE erased_at IS NULL;

-- What was done to a registration; the reason of who read its contact.
CREATE TABLE registration_moves (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    registration_id BIGINT NOT NULL REFERENCES registrations (id),
    verb TEXT NOT NULL,
    at TIMESTAMP NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(at) IN (19, 23, 26)),
    actor_id BIGINT REFERENCES people (id),
    actor_role TEXT,
    organisation_id BIGINT REFERENCES organisations (id),
    from_state TEXT,
    to_state TEXT NOT NULL,
    note TEXT
);
CREATE INDEX registration_moves_registration ON registration_moves (registration_id, id);

-- Who approved that the others of the staff read what concerns children under 14, for one event.
CREATE TABLE registration_readings (
    event_id BIGINT NOT NULL REFERENCES events (id),
    approved_by BIGINT NOT NULL REFERENCES people (id),
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    approved_at TIMESTAMP NOT NULL CHECK (approved_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(approved_at) IN (19, 23, 26)),
    PRIMARY KEY (event_id, approved_by)
);

-- Registering for an event, and the guardian's consent, have words of their own.
ALTER TABLE consent_texts ADD COLUMN kind TEXT NOT NULL DEFAULT 'notice' CHECK (kind IN ('notice', 'registration', 'guardian'));
ALTER TABLE consents ADD COLUMN registration_id BIGINT;
CREATE INDEX consents_registration ON consents (registration_id);

-- A call can be about a registration, too.
CREATE TABLE call_lines_new (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    outbox_id BIGINT NOT NULL UNIQUE,
    centre_id BIGINT NOT NULL REFERENCES organisations (id),
    order_id BIGINT REFERENCES orders (id),
    notice TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26)),
    done_at TIMESTAMP CHECK (done_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(done_at) IN (19, 23, 26)),
    done_by BIGINT REFERENCES people (id),
    result TEXT CHECK (result IN ('reached', 'not_reached', 'wrong_number', 'visited')),
    complaint_id BIGINT REFERENCES complaints (id),
    registration_id BIGINT REFERENCES registrations (id),
    CHECK ((order_id IS NOT NULL) + (complaint_id IS NOT NULL) + (registration_id IS NOT NULL) = 1)
);
INSERT INTO call_lines_new (id, outbox_id, centre_id, order_id, notice, created_at, done_at, done_by, result, complaint_id)
    SELECT id, outbox_id, centre_id, order_id, notice, created_at, done_at, done_by, result, complaint_id FROM call_lines;
DROP TABLE call_lines;
ALTER TABLE call_lines_new RENAME TO call_lines;
CREATE INDEX call_lines_centre ON call_lines (centre_id, id);
CREATE INDEX call_lines_order ON call_lines (order_id);
CREATE INDEX call_lines_complaint ON call_lines (complaint_id);
CREATE INDEX call_lines_registration ON call_lines (registration_id);

-- Never one place too many: an offered place is taken as a confirmed one is.
CREATE TRIGGER registrations_no_place_too_many_insert BEFORE INSERT ON registrations WHEN NEW.state IN ('registered', 'offered')
BEGIN
    SELECT RAISE(ABORT, 'full:registrations') WHERE coalesce((SELECT places FROM registration_terms WHERE event_id = NEW.event_id), 0) < NEW.heads + (
        SELECT coalesce(sum(r.heads), 0) FROM registrations r WHERE r.event_id = NEW.event_id AND r.state IN ('registered', 'offered'));
END;
CREATE TRIGGER registrations_no_place_too_many_update BEFORE UPDATE ON registrations WHEN NEW.state IN ('registered', 'offered')
BEGIN
    SELECT RAISE(ABORT, 'full:registrations') WHERE coalesce((SELECT places FROM registration_terms WHERE event_id = NEW.event_id), 0) < NEW.heads + (
        SELECT coalesce(sum(r.heads), 0) FROM registrations r WHERE r.event_id = NEW.event_id AND r.id <> NEW.id AND r.state IN ('registered', 'offered'));
END;
-- Nor fewer places than are taken.
CREATE TRIGGER registration_terms_no_place_too_few BEFORE UPDATE ON registration_terms
BEGIN
    SELECT RAISE(ABORT, 'full:registrations') WHERE NEW.places < (
        SELECT coalesce(sum(r.heads), 0) FROM registrations r WHERE r.event_id = NEW.event_id AND r.state IN ('registered', 'offered'));
END;
