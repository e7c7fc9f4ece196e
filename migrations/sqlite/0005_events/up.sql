-- Who and what is taken when, and the events that take them.
CREATE TABLE bookings (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    county TEXT NOT NULL REFERENCES counties (code),
    resource_kind TEXT NOT NULL CHECK (resource_kind IN ('venue', 'person', 'equipment')),
    resource_id BIGINT NOT NULL,
    starts_at TIMESTAMP NOT NULL CHECK (starts_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(starts_at) IN (19, 23, 26)),
    ends_at TIMESTAMP NOT NULL CHECK (ends_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(ends_at) IN (19, 23, 26)),
    holder_kind TEXT NOT NULL CHECK (holder_kind IN ('event_session')),
    holder_id BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('tentative', 'confirmed')),
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26)),
    released_at TIMESTAMP CHECK (released_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(released_at) IN (19, 23, 26)),
    CHECK (starts_at < ends_at)
);
CREATE INDEX bookings_resource ON bookings (resource_kind, resource_id, ends_at);
CREATE INDEX bookings_holder ON bookings (holder_kind, holder_id);
CREATE TRIGGER bookings_no_overlap_insert BEFORE INSERT ON bookings WHEN NEW.released_at IS NULL
BEGIN
    SELECT RAISE(ABORT, 'overlap:bookings') WHERE EXISTS (
        SELECT 1 FROM bookings b WHERE b.resource_kind = NEW.resource_kind AND b.resource_id = NEW.resource_id
        AND b.released_at IS NULL AND b.ends_at > NEW.starts_at AND b.starts_at < NEW.ends_at);
END;
CREATE TRIGGER bookings_no_overlap_update BEFORE UPDATE ON bookings WHEN NEW.released_at IS NULL
BEGIN
    SELECT RAISE(ABORT, 'overlap:bookings') WHERE EXISTS (
        SELECT 1 FROM bookings b WHERE b.resource_kind = NEW.resource_kind AND b.resource_id = NEW.resource_id
        AND b.id <> NEW.id AND b.released_at IS NULL AND b.ends_at > NEW.starts_at AND b.starts_at < NEW.ends_at);
END;

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    county TEXT NOT NULL REFERENCES counties (code),
    -- The order it fulfils, carried as a number.
    order_id BIGINT,
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26)),
    version BIGINT NOT NULL DEFAULT 1
);
-- An order has one living event at a time.
CREATE UNIQUE INDEX events_order ON events (order_id) WHERE state <> 'cancelled';
CREATE INDEX events_county ON events (county, id);

CREATE TABLE event_sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    event_id BIGINT NOT NULL REFERENCES events (id),
    starts_at TIMESTAMP NOT NULL CHECK (starts_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(starts_at) IN (19, 23, 26)),
    ends_at TIMESTAMP NOT NULL CHECK (ends_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(ends_at) IN (19, 23, 26)),
    -- Empty: at the order's own address.
    venue_id BIGINT REFERENCES venues (id),
    in_charge_id BIGINT NOT NULL REFERENCES people (id),
    state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'not_held', 'cancelled')),
    attendance INTEGER CHECK (attendance >= 0),
    CHECK (starts_at < ends_at)
);
CREATE INDEX event_sessions_event ON event_sessions (event_id);
CREATE INDEX event_sessions_venue ON event_sessions (venue_id, starts_at);
