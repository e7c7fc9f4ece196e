-- 科普月, 防灾减灾日 …: a name a year, with the days that its organisers announce.
CREATE TABLE campaigns (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    county TEXT NOT NULL REFERENCES counties (code),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    name TEXT NOT NULL,
    from_day DATE NOT NULL,
    until_day DATE NOT NULL,
    -- Whether its days are announced; else they stand where one expects them.
    announced BOOLEAN NOT NULL,
    CHECK (from_day <= until_day)
);
CREATE UNIQUE INDEX campaigns_name ON campaigns (county, year, name);
-- What an event is part of.
ALTER TABLE events ADD COLUMN campaign_id BIGINT REFERENCES campaigns (id);
-- The fair, exhibition or campaign day whose stall or part it is; one level, and never a living part of what is called off.
ALTER TABLE events ADD COLUMN parent_id BIGINT REFERENCES events (id);
-- 已延期: since when it waits for a new time, and why.
ALTER TABLE events ADD COLUMN postponed_at TIMESTAMP CHECK (postponed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(postponed_at) IN (19, 23, 26));
ALTER TABLE events ADD COLUMN postponed_for TEXT CHECK (postponed_for IN ('weather', 'illness', 'place', 'other'));
CREATE INDEX events_campaign ON events (campaign_id, id);
CREATE INDEX events_parent ON events (parent_id, id);
CREATE TRIGGER events_one_level_insert BEFORE INSERT ON events WHEN NEW.parent_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'level:events') WHERE EXISTS (
        SELECT 1 FROM events p WHERE p.id = NEW.parent_id AND (p.parent_id IS NOT NULL OR p.county <> NEW.county OR p.state = 'cancelled'));
END;
CREATE TRIGGER events_one_level_update BEFORE UPDATE OF parent_id, county, state ON events WHEN NEW.parent_id IS NOT NULL AND NEW.state <> 'cancelled'
BEGIN
    SELECT RAISE(ABORT, 'level:events') WHERE NEW.parent_id = NEW.id OR EXISTS (
        SELECT 1 FROM events p WHERE p.id = NEW.parent_id AND (p.parent_id IS NOT NULL OR p.county <> NEW.county OR p.state = 'cancelled'))
        OR EXISTS (SELECT 1 FROM events c WHERE c.parent_id = NEW.id);
END;
CREATE TRIGGER events_no_part_left BEFORE UPDATE OF state ON events WHEN NEW.state = 'cancelled' AND OLD.state <> 'cancelled'
BEGIN
    SELECT RAISE(ABORT, 'level:events') WHERE EXISTS (SELECT 1 FROM events c WHERE c.parent_id = NEW.id AND c.state = 'planned');
END;
-- A day on which all that takes place in an area is put off at once, such as one of snow.
CREATE TABLE postponements (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    county TEXT NOT NULL REFERENCES counties (code),
    division_code TEXT NOT NULL REFERENCES divisions (code),
    day DATE NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('weather', 'illness', 'place', 'other')),
    words TEXT NOT NULL,
    created_by BIGINT NOT NULL REFERENCES people (id),
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26))
);
CREATE TABLE postponement_events (
    postponement_id BIGINT NOT NULL REFERENCES postponements (id),
    event_id BIGINT NOT NULL REFERENCES events (id),
    PRIMARY KEY (postponement_id, event_id)
);
CREATE INDEX postponement_events_event ON postponement_events (event_id);
