CREATE TABLE bookings_old (
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
-- What was shared, or in another space than a venue's first, has no place in a venue that one has alone: it is released.
INSERT INTO bookings_old (id, county, resource_kind, resource_id, starts_at, ends_at, holder_kind, holder_id, status, created_at, released_at)
    SELECT b.id, b.county, CASE b.resource_kind WHEN 'space' THEN 'venue' ELSE b.resource_kind END,
        CASE b.resource_kind WHEN 'space' THEN s.venue_id ELSE b.resource_id END,
        b.starts_at, b.ends_at, b.holder_kind, b.holder_id, b.status, b.created_at,
        CASE WHEN b.resource_kind = 'space' AND (b.places IS NOT NULL OR s.id <> (SELECT min(f.id) FROM spaces f WHERE f.venue_id = s.venue_id))
            THEN coalesce(b.released_at, b.created_at) ELSE b.released_at END
    FROM bookings b LEFT JOIN spaces s ON b.resource_kind = 'space' AND s.id = b.resource_id;
DROP TABLE bookings;
ALTER TABLE bookings_old RENAME TO bookings;
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
ALTER TABLE event_sessions DROP COLUMN travel_minutes;
ALTER TABLE event_sessions DROP COLUMN clearing_minutes;
ALTER TABLE event_sessions DROP COLUMN setup_minutes;
ALTER TABLE event_sessions DROP COLUMN space_id;
DROP TABLE spaces;
DROP TABLE venue_closures;
DROP TABLE venue_hours;
ALTER TABLE venues DROP COLUMN power;
ALTER TABLE venues DROP COLUMN projector;
ALTER TABLE venues DROP COLUMN step_free;
ALTER TABLE venues DROP COLUMN kind;
