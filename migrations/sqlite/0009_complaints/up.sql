-- A complaint (投诉): about an order, or about anything; answered by a level above what it is about.
CREATE TABLE complaints (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    county TEXT NOT NULL REFERENCES counties (code),
    state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'escalated', 'final', 'withdrawn')),
    version BIGINT NOT NULL DEFAULT 1,
    -- Who answers first: a centre above the one it is about, the county's centre and supervisors, or the supervisors alone.
    desk TEXT NOT NULL CHECK (desk IN ('centre', 'county', 'supervisor')),
    order_id BIGINT REFERENCES orders (id),
    -- The centre that it is about: where it sits, and on which side of the border.
    about_path TEXT,
    about_jurisdiction TEXT CHECK (about_jurisdiction IN ('county', 'farm')),
    -- The address of the page on which it was written, without a query.
    page TEXT,
    words TEXT NOT NULL,
    complainant_id BIGINT REFERENCES people (id),
    -- Who answers it now.
    answering_id BIGINT NOT NULL REFERENCES organisations (id),
    track_hash TEXT NOT NULL UNIQUE,
    complained_at TIMESTAMP NOT NULL CHECK (complained_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(complained_at) IN (19, 23, 26)),
    -- Since when it stands in this state.
    stage_at TIMESTAMP NOT NULL CHECK (stage_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(stage_at) IN (19, 23, 26)),
    due_at TIMESTAMP CHECK (due_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(due_at) IN (19, 23, 26)),
    late_at TIMESTAMP CHECK (late_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(late_at) IN (19, 23, 26)),
    -- How often its lateness was told in this state, and when it is told next.
    rung INTEGER NOT NULL DEFAULT 0,
    rung_at TIMESTAMP CHECK (rung_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(rung_at) IN (19, 23, 26)),
    answered_at TIMESTAMP CHECK (answered_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(answered_at) IN (19, 23, 26)),
    ended_at TIMESTAMP CHECK (ended_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(ended_at) IN (19, 23, 26)),
    CHECK (desk <> 'centre' OR (about_path IS NOT NULL AND about_jurisdiction IS NOT NULL))
);
CREATE INDEX complaints_county ON complaints (county, id);
CREATE INDEX complaints_county_state ON complaints (county, state, id);
CREATE INDEX complaints_complainant ON complaints (complainant_id, id);
CREATE INDEX complaints_order ON complaints (order_id);
CREATE INDEX complaints_about ON complaints (about_path, id);
CREATE INDEX complaints_answering ON complaints (answering_id);
CREATE INDEX complaints_late ON complaints (county, late_at) WHERE late_at IS NOT NULL;
CREATE INDEX complaints_rung ON complaints (rung_at) WHERE rung_at IS NOT NULL;
CREATE INDEX complaints_ended ON complaints (ended_at) WHERE ended_at IS NOT NULL;

-- Whom to answer: apart, read by no list, erased after its time.
CREATE TABLE complaint_contacts (
    complaint_id BIGINT PRIMARY KEY NOT NULL REFERENCES complaints (id),
    name TEXT,
    phone TEXT,
    erased_at TIMESTAMP CHECK (erased_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(erased_at) IN (19, 23, 26))
);

-- Its history; the words of an answer are its note.
CREATE TABLE complaint_moves (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    complaint_id BIGINT NOT NULL REFERENCES complaints (id),
    verb TEXT NOT NULL,
    at TIMESTAMP NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(at) IN (19, 23, 26)),
    actor_id BIGINT REFERENCES people (id),
    actor_role TEXT,
    organisation_id BIGINT REFERENCES organisations (id),
    from_state TEXT,
    to_state TEXT NOT NULL,
    version BIGINT NOT NULL,
    note TEXT
);
CREATE INDEX complaint_moves_complaint ON complaint_moves (complaint_id, id);

-- What search finds: the folded words as overlapping pairs of characters, filled in Rust.
CREATE TABLE complaint_search (
    complaint_id INTEGER PRIMARY KEY NOT NULL REFERENCES complaints (id),
    words TEXT NOT NULL
);
CREATE VIRTUAL TABLE complaint_search_index USING fts5 (words, content = 'complaint_search', content_rowid = 'complaint_id', tokenize = "unicode61 categories 'L* N* Co So'");
CREATE TRIGGER complaint_search_insert AFTER INSERT ON complaint_search BEGIN
    INSERT INTO complaint_search_index (rowid, words) VALUES (NEW.complaint_id, NEW.words);
END;
CREATE TRIGGER complaint_search_update AFTER UPDATE ON complaint_search BEGIN
    INSERT INTO complaint_search_index (complaint_search_index, rowid, words) VALUES ('delete', OLD.complaint_id, OLD.words);
    INSERT INTO complaint_search_index (rowid, words) VALUES (NEW.complaint_id, NEW.words);
END;
CREATE TRIGGER complaint_search_delete AFTER DELETE ON complaint_search BEGIN
    INSERT INTO complaint_search_index (complaint_search_index, rowid, words) VALUES ('delete', OLD.complaint_id, OLD.words);
END;

-- Consent to the notice, given with a complaint.
ALTER TABLE consents ADD COLUMN complaint_id BIGINT;
CREATE INDEX consents_complaint ON consents (complaint_id);

-- A call can be about a complaint, too.
CREATE TABLE call_lines_new (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    outbox_id BIGINT NOT NULL UNIQUE,
    centre_id BIGINT NOT NULL REFERENCES organisations (id),
    order_id BIGINT REFERENCES orders (id),
    notice TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26)),
    done_at TIMESTAMP CHECK (done_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(done_at) IN (19, 23, 26)),
    done_by BIGINT REFERENCES people (id),
    result TEXT CHECK (result IN ('reached', 'not_reached', 'wrong_number', 'visited')),
    complaint_id BIGINT REFERENCES complaints (id),
    CHECK ((order_id IS NULL) <> (complaint_id IS NULL))
);
INSERT INTO call_lines_new (id, outbox_id, centre_id, order_id, notice, created_at, done_at, done_by, result) SELECT id, outbox_id, centre_id, order_id, notice, created_at, done_at, done_by, result FROM call_lines;
DROP TABLE call_lines;
ALTER TABLE call_lines_new RENAME TO call_lines;
CREATE INDEX call_lines_centre ON call_lines (centre_id, id);
CREATE INDEX call_lines_order ON call_lines (order_id);
CREATE INDEX call_lines_complaint ON call_lines (complaint_id);
