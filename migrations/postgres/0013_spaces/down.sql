DROP TRIGGER bookings_no_place_too_many ON bookings;
DROP FUNCTION bookings_share();
ALTER TABLE bookings DROP CONSTRAINT bookings_no_overlap;
ALTER TABLE bookings DROP CONSTRAINT bookings_resource_kind_check;
ALTER TABLE bookings DROP CONSTRAINT bookings_outcome_released;
-- What was shared, or in another space than a venue's first, has no place in a venue that one has alone: it is released.
UPDATE bookings SET released_at = created_at FROM spaces s
    WHERE bookings.resource_kind = 'space' AND s.id = bookings.resource_id AND bookings.released_at IS NULL
    AND (bookings.places IS NOT NULL OR s.id <> (SELECT min(f.id) FROM spaces f WHERE f.venue_id = s.venue_id));
ALTER TABLE bookings DROP COLUMN places;
UPDATE bookings SET resource_kind = 'venue', resource_id = (SELECT s.venue_id FROM spaces s WHERE s.id = bookings.resource_id) WHERE resource_kind = 'space';
ALTER TABLE bookings ADD CONSTRAINT bookings_resource_kind_check CHECK (resource_kind IN ('venue', 'person', 'equipment'));
ALTER TABLE bookings ADD CONSTRAINT bookings_no_overlap EXCLUDE USING gist (
    resource_kind WITH =, resource_id WITH =, tsrange(starts_at, ends_at) WITH &&
) WHERE (released_at IS NULL);
DROP INDEX bookings_awaited;
ALTER TABLE bookings DROP COLUMN reason;
ALTER TABLE bookings DROP COLUMN outcome;
ALTER TABLE bookings DROP COLUMN answer_by;
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
