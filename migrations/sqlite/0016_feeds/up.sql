-- What a calendar elsewhere must know to follow a session: how often it was changed, and when last. Its row stays when its event is
-- planned anew, so that it keeps its name; one that nothing stands in for any more is called off, and dropped from its event.
ALTER TABLE event_sessions ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0 CHECK (sequence >= 0);
ALTER TABLE event_sessions ADD COLUMN changed_at TIMESTAMP NOT NULL DEFAULT '1970-01-01 00:00:00' CHECK (changed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(changed_at) IN (19, 23, 26));
ALTER TABLE event_sessions ADD COLUMN dropped_at TIMESTAMP CHECK (dropped_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(dropped_at) IN (19, 23, 26));
UPDATE event_sessions SET changed_at = (SELECT e.created_at FROM events e WHERE e.id = event_sessions.event_id);

-- Whether the requester agreed that others may come: nobody asked before.
ALTER TABLE order_progress ADD COLUMN others_may_come BOOLEAN NOT NULL DEFAULT FALSE;

-- The secret addresses of calendars. Only a hash of the secret is kept; one that is given up is gone.
CREATE TABLE feeds (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL CHECK (kind IN ('own', 'organisation', 'venue')),
    organisation_id BIGINT REFERENCES organisations (id),
    venue_id BIGINT REFERENCES venues (id),
    secret_hash TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26)),
    CHECK ((kind = 'organisation') = (organisation_id IS NOT NULL)),
    CHECK ((kind = 'venue') = (venue_id IS NOT NULL)),
    UNIQUE (person_id, organisation_id),
    UNIQUE (person_id, venue_id)
);
CREATE UNIQUE INDEX feeds_own ON feeds (person_id) WHERE kind = 'own';
CREATE INDEX feeds_organisation ON feeds (organisation_id);
CREATE INDEX feeds_venue ON feeds (venue_id);

-- What takes place in a school is never open to everybody, nor what an order has at its own address (it may be a home).
CREATE TRIGGER event_sessions_closed_insert BEFORE INSERT ON event_sessions WHEN NEW.state = 'planned'
BEGIN
    SELECT RAISE(ABORT, 'closed:events') WHERE EXISTS (
        SELECT 1 FROM events e LEFT JOIN venues v ON v.id = NEW.venue_id WHERE e.id = NEW.event_id AND e.open
        AND (v.kind = 'school' OR (v.id IS NULL AND e.order_id IS NOT NULL)));
END;
CREATE TRIGGER event_sessions_closed_update BEFORE UPDATE OF venue_id, state ON event_sessions WHEN NEW.state = 'planned'
BEGIN
    SELECT RAISE(ABORT, 'closed:events') WHERE EXISTS (
        SELECT 1 FROM events e LEFT JOIN venues v ON v.id = NEW.venue_id WHERE e.id = NEW.event_id AND e.open
        AND (v.kind = 'school' OR (v.id IS NULL AND e.order_id IS NOT NULL)));
END;
CREATE TRIGGER events_closed_update BEFORE UPDATE OF open ON events WHEN NEW.open
BEGIN
    SELECT RAISE(ABORT, 'closed:events') WHERE EXISTS (
        SELECT 1 FROM event_sessions s LEFT JOIN venues v ON v.id = s.venue_id WHERE s.event_id = NEW.id AND s.state = 'planned'
        AND (v.kind = 'school' OR (v.id IS NULL AND NEW.order_id IS NOT NULL)));
END;
