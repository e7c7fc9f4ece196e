-- What a venue is, when it is open, and the spaces in it: what is booked is a space, whole or by places.
ALTER TABLE venues ADD COLUMN kind TEXT NOT NULL DEFAULT 'other' CHECK (kind IN ('practice_centre', 'practice_station', 'science_museum', 'school', 'library', 'science_base', 'outdoors', 'other'));
ALTER TABLE venues ADD COLUMN step_free BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE venues ADD COLUMN projector BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE venues ADD COLUMN power BOOLEAN NOT NULL DEFAULT 0;
-- A centre's rooms say by its level what they are.
UPDATE venues SET kind = (
    SELECT CASE WHEN d.level IN ('community', 'village', 'community_like', 'village_like') THEN 'practice_station' ELSE 'practice_centre' END
    FROM organisations o JOIN divisions d ON d.code = o.division_code WHERE o.id = venues.organisation_id
) WHERE organisation_id IN (SELECT id FROM organisations WHERE kind = 'centre');

-- Opening hours by weekday (1 is Monday), in minutes of the county's day. A venue without a row has no fixed hours.
CREATE TABLE venue_hours (
    venue_id BIGINT NOT NULL REFERENCES venues (id),
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    opens INTEGER NOT NULL CHECK (opens BETWEEN 0 AND 1439),
    closes INTEGER NOT NULL CHECK (closes <= 1440),
    PRIMARY KEY (venue_id, weekday, opens),
    CHECK (opens < closes)
);

-- Days on which it is closed, the first and the last included.
CREATE TABLE venue_closures (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    venue_id BIGINT NOT NULL REFERENCES venues (id),
    from_day DATE NOT NULL,
    until_day DATE NOT NULL,
    reason TEXT NOT NULL,
    CHECK (from_day <= until_day)
);
CREATE INDEX venue_closures_venue ON venue_closures (venue_id, until_day);

CREATE TABLE spaces (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    venue_id BIGINT NOT NULL REFERENCES venues (id),
    name TEXT NOT NULL,
    -- Seats.
    capacity INTEGER NOT NULL CHECK (capacity > 0),
    -- How many places several can share at one time; empty: one has it alone.
    places INTEGER CHECK (places > 0),
    active BOOLEAN NOT NULL DEFAULT 1,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (venue_id, name)
);
INSERT INTO spaces (venue_id, name, capacity) SELECT id, '主场地', capacity FROM venues ORDER BY id;

-- Which space of the venue, how long it is made ready before and cleared after, and how long who is in charge is under way to it and from it.
ALTER TABLE event_sessions ADD COLUMN space_id BIGINT REFERENCES spaces (id);
ALTER TABLE event_sessions ADD COLUMN setup_minutes INTEGER NOT NULL DEFAULT 0 CHECK (setup_minutes >= 0);
ALTER TABLE event_sessions ADD COLUMN clearing_minutes INTEGER NOT NULL DEFAULT 0 CHECK (clearing_minutes >= 0);
ALTER TABLE event_sessions ADD COLUMN travel_minutes INTEGER NOT NULL DEFAULT 0 CHECK (travel_minutes >= 0);
UPDATE event_sessions SET space_id = (SELECT s.id FROM spaces s WHERE s.venue_id = event_sessions.venue_id);

-- Who waited for a keeper's yes as this came waits for two working days more, and a weekend.
CREATE TABLE bookings_new (
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
INSERT INTO bookings_new (id, county, resource_kind, resource_id, starts_at, ends_at, holder_kind, holder_id, status, created_at, released_at, answer_by)
    SELECT id, county, CASE resource_kind WHEN 'venue' THEN 'space' ELSE resource_kind END,
        CASE resource_kind WHEN 'venue' THEN (SELECT min(s.id) FROM spaces s WHERE s.venue_id = bookings.resource_id) ELSE resource_id END,
        starts_at, ends_at, holder_kind, holder_id, status, created_at, released_at,
        CASE WHEN status = 'tentative' AND released_at IS NULL THEN strftime('%Y-%m-%d %H:%M:%S', 'now', '+4 days') END
    FROM bookings;
DROP TABLE bookings;
ALTER TABLE bookings_new RENAME TO bookings;
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
