-- Before this nothing could be lent.
CREATE TABLE bookings_old (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    county TEXT NOT NULL REFERENCES counties (code),
    resource_kind TEXT NOT NULL CHECK (resource_kind IN ('space', 'person', 'equipment')),
    resource_id BIGINT NOT NULL,
    starts_at TIMESTAMP NOT NULL CHECK (starts_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(starts_at) IN (19, 23, 26)),
    ends_at TIMESTAMP NOT NULL CHECK (ends_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(ends_at) IN (19, 23, 26)),
    holder_kind TEXT NOT NULL CHECK (holder_kind IN ('event_session')),
    holder_id BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('tentative', 'confirmed')),
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26)),
    released_at TIMESTAMP CHECK (released_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(released_at) IN (19, 23, 26)),
    -- How many of a shared space's places; empty: all of it, alone.
    places INTEGER,
    -- Until when the keeper of the space answers; empty: nobody waits for an answer.
    answer_by TIMESTAMP CHECK (answer_by GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(answer_by) IN (19, 23, 26)),
    -- How it ended without the keeper's yes, and the keeper's reason.
    outcome TEXT CHECK (outcome IN ('refused', 'lapsed')),
    reason TEXT,
    CHECK (places IS NULL OR (places > 0 AND resource_kind = 'space')),
    CHECK (outcome IS NULL OR released_at IS NOT NULL),
    CHECK (starts_at < ends_at)
);
INSERT INTO bookings_old (id, county, resource_kind, resource_id, starts_at, ends_at, holder_kind, holder_id, status, created_at, released_at, places, answer_by, outcome, reason) SELECT id, county, resource_kind, resource_id, starts_at, ends_at, holder_kind, holder_id, status, created_at, released_at, places, answer_by, outcome, reason FROM bookings WHERE holder_kind = 'event_session' AND resource_kind <> 'loan';
DROP TABLE bookings;
ALTER TABLE bookings_old RENAME TO bookings;
CREATE INDEX bookings_resource ON bookings (resource_kind, resource_id, ends_at);
CREATE INDEX bookings_holder ON bookings (holder_kind, holder_id);
CREATE INDEX bookings_awaited ON bookings (answer_by) WHERE answer_by IS NOT NULL;
CREATE TRIGGER bookings_no_overlap_insert BEFORE INSERT ON bookings WHEN NEW.released_at IS NULL
BEGIN
    -- What is held alone is held by nobody else.
    SELECT RAISE(ABORT, 'overlap:bookings') WHERE EXISTS (
        SELECT 1 FROM bookings b WHERE b.resource_kind = NEW.resource_kind AND b.resource_id = NEW.resource_id
        AND b.released_at IS NULL AND b.ends_at > NEW.starts_at AND b.starts_at < NEW.ends_at
        AND (b.places IS NULL OR NEW.places IS NULL));
END;
-- At no instant are more places taken than there are: what is taken grows only where a booking begins.
CREATE TRIGGER bookings_no_place_too_many_insert BEFORE INSERT ON bookings WHEN NEW.released_at IS NULL AND NEW.places IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'overlap:bookings') WHERE coalesce((SELECT places FROM spaces WHERE id = NEW.resource_id), 0) < NEW.places + (
        SELECT max((
            SELECT coalesce(sum(b.places), 0) FROM bookings b WHERE b.resource_kind = NEW.resource_kind AND b.resource_id = NEW.resource_id AND b.released_at IS NULL
            AND b.starts_at <= instant.at AND b.ends_at > instant.at))
        FROM (
            SELECT NEW.starts_at AS at UNION ALL
            SELECT b.starts_at FROM bookings b WHERE b.resource_kind = NEW.resource_kind AND b.resource_id = NEW.resource_id AND b.released_at IS NULL
            AND b.starts_at > NEW.starts_at AND b.starts_at < NEW.ends_at
        ) AS instant);
END;
CREATE TRIGGER bookings_no_overlap_update BEFORE UPDATE ON bookings WHEN NEW.released_at IS NULL
BEGIN
    -- What is held alone is held by nobody else.
    SELECT RAISE(ABORT, 'overlap:bookings') WHERE EXISTS (
        SELECT 1 FROM bookings b WHERE b.resource_kind = NEW.resource_kind AND b.resource_id = NEW.resource_id
        AND b.id <> NEW.id AND b.released_at IS NULL AND b.ends_at > NEW.starts_at AND b.starts_at < NEW.ends_at
        AND (b.places IS NULL OR NEW.places IS NULL));
END;
-- At no instant are more places taken than there are: what is taken grows only where a booking begins.
CREATE TRIGGER bookings_no_place_too_many_update BEFORE UPDATE ON bookings WHEN NEW.released_at IS NULL AND NEW.places IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'overlap:bookings') WHERE coalesce((SELECT places FROM spaces WHERE id = NEW.resource_id), 0) < NEW.places + (
        SELECT max((
            SELECT coalesce(sum(b.places), 0) FROM bookings b WHERE b.resource_kind = NEW.resource_kind AND b.resource_id = NEW.resource_id AND b.id <> NEW.id AND b.released_at IS NULL
            AND b.starts_at <= instant.at AND b.ends_at > instant.at))
        FROM (
            SELECT NEW.starts_at AS at UNION ALL
            SELECT b.starts_at FROM bookings b WHERE b.resource_kind = NEW.resource_kind AND b.resource_id = NEW.resource_id AND b.id <> NEW.id AND b.released_at IS NULL
            AND b.starts_at > NEW.starts_at AND b.starts_at < NEW.ends_at
        ) AS instant);
END;
DROP TABLE loans;
DROP TABLE equipment;
