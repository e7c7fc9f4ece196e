-- Equipment that travels: it has a home, whose people keep it, and is lent by the day.
CREATE TABLE equipment (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    county TEXT NOT NULL REFERENCES counties (code),
    -- Its home: who schedules, answers or leads there keeps it.
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('caravan', 'exhibits', 'boards', 'robots', 'other')),
    -- Where it stands when it is at home.
    division_code TEXT NOT NULL REFERENCES divisions (code),
    needs_power BOOLEAN NOT NULL DEFAULT 0,
    -- Square metres; empty: it needs no place of its own.
    floor_space INTEGER CHECK (floor_space > 0),
    notes TEXT NOT NULL DEFAULT '',
    active BOOLEAN NOT NULL DEFAULT 1,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (county, name)
);
CREATE INDEX equipment_home ON equipment (organisation_id);
CREATE INDEX equipment_division ON equipment (division_code);

-- A wish for some days of the county's calendar, the first and the last included, and what became of it.
CREATE TABLE loans (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    county TEXT NOT NULL REFERENCES counties (code),
    equipment_id BIGINT NOT NULL REFERENCES equipment (id),
    borrower_id BIGINT NOT NULL REFERENCES organisations (id),
    from_day DATE NOT NULL,
    until_day DATE NOT NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('wished', 'agreed', 'refused', 'withdrawn', 'lapsed', 'handed_over', 'given_back')),
    wished_by BIGINT NOT NULL REFERENCES people (id),
    wished_at TIMESTAMP NOT NULL CHECK (wished_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(wished_at) IN (19, 23, 26)),
    -- The keeper's words: why it was refused, or what the borrower should know.
    answer TEXT,
    handed_over_at TIMESTAMP CHECK (handed_over_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(handed_over_at) IN (19, 23, 26)),
    condition_out TEXT,
    given_back_at TIMESTAMP CHECK (given_back_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(given_back_at) IN (19, 23, 26)),
    condition_back TEXT,
    -- What the borrower tells of it: person-times, and words.
    reported_at TIMESTAMP CHECK (reported_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(reported_at) IN (19, 23, 26)),
    attendance INTEGER CHECK (attendance >= 0),
    remarks TEXT,
    -- When the worker looks at it next; empty: never again.
    due_at TIMESTAMP CHECK (due_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(due_at) IN (19, 23, 26)),
    -- When it was marked as not given back in time.
    late_at TIMESTAMP CHECK (late_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(late_at) IN (19, 23, 26)),
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (from_day <= until_day),
    CHECK (state <> 'refused' OR answer IS NOT NULL)
);
CREATE INDEX loans_equipment ON loans (equipment_id, until_day);
CREATE INDEX loans_borrower ON loans (borrower_id);
CREATE INDEX loans_due ON loans (due_at) WHERE due_at IS NOT NULL;
-- It is out of the house once.
CREATE UNIQUE INDEX loans_out ON loans (equipment_id) WHERE state = 'handed_over';

-- A loan holds what is lent, and the borrower's sessions take the loan: within it two of them never meet either.
CREATE TABLE bookings_new (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    county TEXT NOT NULL REFERENCES counties (code),
    resource_kind TEXT NOT NULL CHECK (resource_kind IN ('space', 'person', 'equipment', 'loan')),
    resource_id BIGINT NOT NULL,
    starts_at TIMESTAMP NOT NULL CHECK (starts_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(starts_at) IN (19, 23, 26)),
    ends_at TIMESTAMP NOT NULL CHECK (ends_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(ends_at) IN (19, 23, 26)),
    holder_kind TEXT NOT NULL CHECK (holder_kind IN ('event_session', 'loan')),
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
INSERT INTO bookings_new (id, county, resource_kind, resource_id, starts_at, ends_at, holder_kind, holder_id, status, created_at, released_at, places, answer_by, outcome, reason) SELECT id, county, resource_kind, resource_id, starts_at, ends_at, holder_kind, holder_id, status, created_at, released_at, places, answer_by, outcome, reason FROM bookings;
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
