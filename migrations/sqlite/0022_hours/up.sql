-- Rosters (花名册): who was at a session and as what, filed by the team and confirmed by a second person of another organisation.
CREATE TABLE rosters (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    county TEXT NOT NULL REFERENCES counties (code),
    event_id BIGINT NOT NULL REFERENCES events (id),
    session_id BIGINT NOT NULL REFERENCES event_sessions (id),
    -- The order of the event, carried as a number; with who answered for it and who asked for it as the roster was filed.
    order_id BIGINT,
    team_id BIGINT NOT NULL REFERENCES organisations (id),
    department_id BIGINT REFERENCES organisations (id),
    requester_id BIGINT REFERENCES people (id),
    place_path TEXT NOT NULL,
    jurisdiction TEXT NOT NULL CHECK (jurisdiction IN ('county', 'farm')),
    -- A back-entry (补录) is a class of its own; late is what came after 10 working days.
    class TEXT NOT NULL CHECK (class IN ('roster', 'back_entry')),
    late BOOLEAN NOT NULL,
    -- Why it is entered later than it should be.
    reason TEXT,
    -- What was done, in words that a record repeats.
    content TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('filed', 'confirmed', 'returned')),
    version BIGINT NOT NULL DEFAULT 1,
    filed_by BIGINT NOT NULL REFERENCES people (id),
    filed_at TIMESTAMP NOT NULL CHECK (filed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(filed_at) IN (19, 23, 26)),
    answered_by BIGINT REFERENCES people (id),
    -- As what they answered: the department's officer, the centre's dispatcher, the requester.
    answered_as TEXT CHECK (answered_as IN ('officer', 'dispatcher', 'requester')),
    answered_at TIMESTAMP CHECK (answered_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(answered_at) IN (19, 23, 26)),
    -- Why it was returned.
    words TEXT,
    CHECK (class = 'roster' OR reason IS NOT NULL),
    CHECK ((state = 'filed') = (answered_by IS NULL)),
    -- Nobody files and confirms.
    CHECK (state <> 'confirmed' OR answered_by <> filed_by)
);
CREATE UNIQUE INDEX rosters_one_waits ON rosters (session_id, team_id) WHERE state = 'filed';
CREATE INDEX rosters_waiting ON rosters (id) WHERE state = 'filed';
CREATE INDEX rosters_session ON rosters (session_id);
CREATE INDEX rosters_event ON rosters (event_id);
CREATE INDEX rosters_team ON rosters (team_id, id);
CREATE INDEX rosters_department ON rosters (department_id, id);
CREATE INDEX rosters_requester ON rosters (requester_id, id);
CREATE INDEX rosters_place ON rosters (place_path, id);

CREATE TABLE roster_lines (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    roster_id BIGINT NOT NULL REFERENCES rosters (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- Only a volunteer's line becomes a record.
    capacity TEXT NOT NULL CHECK (capacity IN ('volunteer', 'on_duty', 'paid', 'learner')),
    from_at TIMESTAMP NOT NULL CHECK (from_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(from_at) IN (19, 23, 26)),
    until_at TIMESTAMP NOT NULL CHECK (until_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(until_at) IN (19, 23, 26)),
    -- What counts of it, in whole minutes.
    minutes INTEGER NOT NULL CHECK (minutes >= 0),
    UNIQUE (roster_id, person_id),
    CHECK (from_at < until_at)
);
CREATE INDEX roster_lines_person ON roster_lines (person_id);

-- How often a team was reminded that nobody has said who was at a session; the third time its centre was told.
CREATE TABLE roster_reminders (
    session_id BIGINT PRIMARY KEY NOT NULL REFERENCES event_sessions (id),
    rung INTEGER NOT NULL CHECK (rung BETWEEN 1 AND 3)
);

-- Service records (服务记录), insert-only: an error is reversed by a row of its own and recorded anew.
CREATE TABLE service_records (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    county TEXT NOT NULL REFERENCES counties (code),
    kind TEXT NOT NULL CHECK (kind IN ('credit', 'reversal')),
    reverses_id BIGINT REFERENCES service_records (id),
    -- From which line it was made: each makes one record.
    source_kind TEXT NOT NULL CHECK (source_kind IN ('roster_line')),
    source_id BIGINT NOT NULL,
    event_id BIGINT NOT NULL REFERENCES events (id),
    session_id BIGINT NOT NULL REFERENCES event_sessions (id),
    order_id BIGINT,
    plan_item_id BIGINT REFERENCES plan_items (id),
    team_id BIGINT NOT NULL REFERENCES organisations (id),
    department_id BIGINT REFERENCES organisations (id),
    place_path TEXT NOT NULL,
    township_code TEXT REFERENCES divisions (code),
    -- The seven legal items: name, date, place, content, minutes, unit, person in charge.
    title TEXT NOT NULL,
    held_on DATE NOT NULL,
    place TEXT NOT NULL,
    content TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    unit TEXT NOT NULL,
    in_charge_id BIGINT NOT NULL REFERENCES people (id),
    -- The year of the event, in the county's zone.
    year INTEGER NOT NULL,
    from_at TIMESTAMP NOT NULL CHECK (from_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(from_at) IN (19, 23, 26)),
    until_at TIMESTAMP NOT NULL CHECK (until_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(until_at) IN (19, 23, 26)),
    class TEXT NOT NULL CHECK (class IN ('roster', 'back_entry')),
    late BOOLEAN NOT NULL,
    filed_by BIGINT NOT NULL REFERENCES people (id),
    confirmed_by BIGINT NOT NULL REFERENCES people (id),
    -- Why it was reversed.
    reason TEXT,
    -- Whose it is, as a salted hash: who it was is in record_people, and can be erased.
    commitment TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26)),
    CHECK (from_at < until_at),
    CHECK ((kind = 'credit' AND reverses_id IS NULL AND minutes > 0) OR (kind = 'reversal' AND reverses_id IS NOT NULL AND reason IS NOT NULL AND minutes < 0)),
    -- Nobody files and confirms; a reversal is one person's deed.
    CHECK (kind = 'reversal' OR filed_by <> confirmed_by)
);
-- Counted once, and reversed once.
CREATE UNIQUE INDEX service_records_source ON service_records (source_kind, source_id) WHERE kind = 'credit';
CREATE UNIQUE INDEX service_records_reverses ON service_records (reverses_id);
CREATE INDEX service_records_year ON service_records (county, year);
CREATE INDEX service_records_team ON service_records (team_id, id);
CREATE INDEX service_records_event ON service_records (event_id);
CREATE INDEX service_records_session ON service_records (session_id);
CREATE INDEX service_records_plan_item ON service_records (plan_item_id);
CREATE INDEX service_records_department ON service_records (department_id);
CREATE TRIGGER service_records_keeps_update BEFORE UPDATE ON service_records BEGIN SELECT RAISE(ABORT, 'insert_only:service_records'); END;
CREATE TRIGGER service_records_keeps_delete BEFORE DELETE ON service_records BEGIN SELECT RAISE(ABORT, 'insert_only:service_records'); END;
-- INSERT OR REPLACE would remove a row past the trigger above.
CREATE TRIGGER service_records_keeps_replace BEFORE INSERT ON service_records WHEN EXISTS (SELECT 1 FROM service_records WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'insert_only:service_records'); END;

-- Whose record it is. Erasing a person removes the row, and breaks nothing of what was sealed.
CREATE TABLE record_people (
    record_id BIGINT PRIMARY KEY NOT NULL REFERENCES service_records (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    salt TEXT NOT NULL
);
CREATE INDEX record_people_person ON record_people (person_id, record_id);
CREATE TRIGGER record_people_keeps_update BEFORE UPDATE ON record_people BEGIN SELECT RAISE(ABORT, 'insert_only:record_people'); END;

-- When somebody was where, once: removed as its record is reversed.
CREATE TABLE presences (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    record_id BIGINT NOT NULL UNIQUE REFERENCES service_records (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    from_at TIMESTAMP NOT NULL CHECK (from_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(from_at) IN (19, 23, 26)),
    until_at TIMESTAMP NOT NULL CHECK (until_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(until_at) IN (19, 23, 26)),
    CHECK (from_at < until_at)
);
CREATE INDEX presences_person ON presences (person_id, until_at);
CREATE TRIGGER presences_no_overlap_insert BEFORE INSERT ON presences
BEGIN
    SELECT RAISE(ABORT, 'overlap:presences') WHERE EXISTS (
        SELECT 1 FROM presences p WHERE p.person_id = NEW.person_id AND p.until_at > NEW.from_at AND p.from_at < NEW.until_at);
END;
CREATE TRIGGER presences_no_overlap_update BEFORE UPDATE ON presences
BEGIN
    SELECT RAISE(ABORT, 'overlap:presences') WHERE EXISTS (
        SELECT 1 FROM presences p WHERE p.person_id = NEW.person_id AND p.id <> NEW.id AND p.until_at > NEW.from_at AND p.from_at < NEW.until_at);
END;

-- Records that wait to be sealed.
CREATE TABLE unsealed_records (
    record_id BIGINT PRIMARY KEY NOT NULL REFERENCES service_records (id)
);

-- While something is doubted, its hours are in no total.
CREATE TABLE hour_holds (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    event_id BIGINT NOT NULL REFERENCES events (id),
    from_at TIMESTAMP NOT NULL CHECK (from_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(from_at) IN (19, 23, 26)),
    until_at TIMESTAMP CHECK (until_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(until_at) IN (19, 23, 26)),
    -- Empty: the requester without an account, by their token.
    held_by BIGINT REFERENCES people (id),
    ended_by BIGINT REFERENCES people (id),
    CHECK (until_at IS NULL OR from_at <= until_at)
);
CREATE UNIQUE INDEX hour_holds_open ON hour_holds (event_id) WHERE until_at IS NULL;
CREATE INDEX hour_holds_event ON hour_holds (event_id);

-- Confirmed records of what an upheld dispute says did not take place: somebody decides over each.
CREATE TABLE reversal_proposals (
    record_id BIGINT PRIMARY KEY NOT NULL REFERENCES service_records (id),
    proposed_at TIMESTAMP NOT NULL CHECK (proposed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(proposed_at) IN (19, 23, 26))
);

-- Corrections that a volunteer asks for, answered with reasons.
CREATE TABLE record_corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    county TEXT NOT NULL REFERENCES counties (code),
    record_id BIGINT NOT NULL REFERENCES service_records (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    team_id BIGINT NOT NULL REFERENCES organisations (id),
    -- Where the team sits: the centre above answers what the team has not.
    team_path TEXT NOT NULL,
    jurisdiction TEXT NOT NULL CHECK (jurisdiction IN ('county', 'farm')),
    words TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL CHECK (asked_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(asked_at) IN (19, 23, 26)),
    due_at TIMESTAMP NOT NULL CHECK (due_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(due_at) IN (19, 23, 26)),
    -- Since when the centre above answers.
    moved_up_at TIMESTAMP CHECK (moved_up_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(moved_up_at) IN (19, 23, 26)),
    version BIGINT NOT NULL DEFAULT 1,
    answered_by BIGINT REFERENCES people (id),
    answered_at TIMESTAMP CHECK (answered_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(answered_at) IN (19, 23, 26)),
    agreed BOOLEAN,
    answer TEXT,
    CHECK ((answered_at IS NULL) = (answered_by IS NULL)),
    CHECK ((answered_at IS NULL) = (agreed IS NULL)),
    CHECK ((answered_at IS NULL) = (answer IS NULL)),
    -- Nobody answers themselves.
    CHECK (answered_by IS NULL OR answered_by <> person_id)
);
CREATE UNIQUE INDEX record_corrections_one_waits ON record_corrections (record_id) WHERE answered_at IS NULL;
CREATE INDEX record_corrections_waiting ON record_corrections (id) WHERE answered_at IS NULL;
CREATE INDEX record_corrections_due ON record_corrections (due_at) WHERE answered_at IS NULL AND moved_up_at IS NULL;
CREATE INDEX record_corrections_record ON record_corrections (record_id);
CREATE INDEX record_corrections_person ON record_corrections (person_id, id);
CREATE INDEX record_corrections_team ON record_corrections (team_id, id);

-- The ledger: records in numbered batches, each with the hash of its rows and of the batch before, signed. No names in it.
CREATE TABLE ledger_keys (
    id TEXT PRIMARY KEY NOT NULL,
    algorithm TEXT NOT NULL,
    public_key TEXT NOT NULL,
    since TIMESTAMP NOT NULL CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(since) IN (19, 23, 26))
);
CREATE TABLE ledger_batches (
    number INTEGER PRIMARY KEY NOT NULL,
    sealed_at TIMESTAMP NOT NULL CHECK (sealed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(sealed_at) IN (19, 23, 26)),
    row_count INTEGER NOT NULL CHECK (row_count > 0),
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    key_id TEXT NOT NULL REFERENCES ledger_keys (id),
    signature TEXT NOT NULL
);
CREATE INDEX ledger_batches_key ON ledger_batches (key_id);
CREATE TABLE ledger_entries (
    record_id BIGINT PRIMARY KEY NOT NULL REFERENCES service_records (id),
    batch_number BIGINT NOT NULL REFERENCES ledger_batches (number),
    place INTEGER NOT NULL CHECK (place > 0),
    row_hash TEXT NOT NULL,
    UNIQUE (batch_number, place)
);
CREATE TRIGGER ledger_keys_keeps_update BEFORE UPDATE ON ledger_keys BEGIN SELECT RAISE(ABORT, 'insert_only:ledger_keys'); END;
CREATE TRIGGER ledger_keys_keeps_delete BEFORE DELETE ON ledger_keys BEGIN SELECT RAISE(ABORT, 'insert_only:ledger_keys'); END;
-- INSERT OR REPLACE would remove a row past the trigger above.
CREATE TRIGGER ledger_keys_keeps_replace BEFORE INSERT ON ledger_keys WHEN EXISTS (SELECT 1 FROM ledger_keys WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'insert_only:ledger_keys'); END;
CREATE TRIGGER ledger_batches_keeps_update BEFORE UPDATE ON ledger_batches BEGIN SELECT RAISE(ABORT, 'insert_only:ledger_batches'); END;
CREATE TRIGGER ledger_batches_keeps_delete BEFORE DELETE ON ledger_batches BEGIN SELECT RAISE(ABORT, 'insert_only:ledger_batches'); END;
-- INSERT OR REPLACE would remove a row past the trigger above.
CREATE TRIGGER ledger_batches_keeps_replace BEFORE INSERT ON ledger_batches WHEN EXISTS (SELECT 1 FROM ledger_batches WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'insert_only:ledger_batches'); END;
CREATE TRIGGER ledger_entries_keeps_update BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'insert_only:ledger_entries'); END;
CREATE TRIGGER ledger_entries_keeps_delete BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'insert_only:ledger_entries'); END;
-- INSERT OR REPLACE would remove a row past the trigger above.
CREATE TRIGGER ledger_entries_keeps_replace BEFORE INSERT ON ledger_entries WHEN EXISTS (SELECT 1 FROM ledger_entries WHERE record_id = NEW.record_id)
BEGIN SELECT RAISE(ABORT, 'insert_only:ledger_entries'); END;
