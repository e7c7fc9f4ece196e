-- What an event is, who holds it, where it belongs, and whether others may come: an event of an order, or one that a centre, a
-- department or a team plans by itself.
ALTER TABLE events ADD COLUMN kind TEXT NOT NULL DEFAULT 'lecture' CHECK (kind IN ('lecture', 'exhibition', 'contest', 'training', 'open_day', 'other'));
ALTER TABLE events ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN online BOOLEAN NOT NULL DEFAULT FALSE;
-- Closed by default: on no public page, in no feed but its parties'.
ALTER TABLE events ADD COLUMN open BOOLEAN NOT NULL DEFAULT FALSE;
-- Of an order's event: the team.
ALTER TABLE events ADD COLUMN organiser_id BIGINT REFERENCES organisations (id);
ALTER TABLE events ADD COLUMN division_code TEXT REFERENCES divisions (code);
ALTER TABLE events ADD COLUMN place_path TEXT NOT NULL DEFAULT '' COLLATE "C";
ALTER TABLE events ADD COLUMN jurisdiction TEXT NOT NULL DEFAULT 'county' CHECK (jurisdiction IN ('county', 'farm'));
-- Where it is, when it is in no venue; never of an order, whose address is kept apart.
ALTER TABLE events ADD COLUMN address TEXT;
ALTER TABLE events ADD COLUMN audience TEXT NOT NULL DEFAULT 'general' CHECK (audience IN ('children', 'youth', 'farmers', 'workers', 'elderly', 'officials', 'general'));
ALTER TABLE events ADD COLUMN expected INTEGER NOT NULL DEFAULT 0 CHECK (expected >= 0);
ALTER TABLE events ADD COLUMN plan_item_id BIGINT REFERENCES plan_items (id);
ALTER TABLE events ADD COLUMN created_by BIGINT REFERENCES people (id);
-- Empty: an order's event, or a draft.
ALTER TABLE events ADD COLUMN published_at TIMESTAMP;
-- Why it was called off, or what was done.
ALTER TABLE events ADD COLUMN closing_words TEXT;
UPDATE events SET
    organiser_id = (SELECT o.team_id FROM orders o WHERE o.id = events.order_id),
    division_code = (SELECT o.division_code FROM orders o WHERE o.id = events.order_id),
    place_path = coalesce((SELECT o.place_path FROM orders o WHERE o.id = events.order_id), ''),
    jurisdiction = coalesce((SELECT o.jurisdiction FROM orders o WHERE o.id = events.order_id), 'county'),
    audience = coalesce((SELECT o.audience FROM orders o WHERE o.id = events.order_id), 'general'),
    expected = coalesce((SELECT o.attendees FROM orders o WHERE o.id = events.order_id), 0),
    plan_item_id = (SELECT o.plan_item_id FROM orders o WHERE o.id = events.order_id)
WHERE order_id IS NOT NULL;
CREATE INDEX events_organiser ON events (organiser_id, id);
CREATE INDEX events_place ON events (place_path, id);
CREATE INDEX events_division ON events (division_code);
CREATE INDEX events_plan_item ON events (plan_item_id);
CREATE INDEX events_created_by ON events (created_by);
CREATE INDEX events_open ON events (county, id) WHERE open;
-- Whether who is in charge has said yes to it.
ALTER TABLE event_sessions ADD COLUMN agreed BOOLEAN NOT NULL DEFAULT TRUE;
CREATE INDEX event_sessions_time ON event_sessions (starts_at);
CREATE INDEX event_sessions_in_charge ON event_sessions (in_charge_id, starts_at);
