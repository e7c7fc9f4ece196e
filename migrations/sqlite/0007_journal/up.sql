-- Who did what to which row; what to send after commit; what was sent. Kinds, ids and field names only.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    at TIMESTAMP NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(at) IN (19, 23, 26)),
    actor_id BIGINT REFERENCES people (id),
    role TEXT,
    organisation_id BIGINT REFERENCES organisations (id),
    county TEXT,
    request_id TEXT,
    verb TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    version BIGINT,
    fields TEXT NOT NULL
);
CREATE INDEX journal_subject ON journal (subject_kind, subject_id, id);
CREATE INDEX journal_actor ON journal (actor_id, id);
CREATE INDEX journal_county ON journal (county, id);
CREATE INDEX journal_at ON journal (at);
CREATE TRIGGER journal_keeps_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'insert_only:journal'); END;
CREATE TRIGGER journal_keeps_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'insert_only:journal'); END;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26)),
    notice TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    -- To whom: one person, those who hold a role in an organisation, or the requester of the subject.
    to_kind TEXT NOT NULL CHECK (to_kind IN ('person', 'role', 'requester')),
    to_id BIGINT,
    to_role TEXT,
    leased_until TIMESTAMP CHECK (leased_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(leased_until) IN (19, 23, 26)),
    tries INTEGER NOT NULL DEFAULT 0,
    done_at TIMESTAMP CHECK (done_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(done_at) IN (19, 23, 26))
);
CREATE INDEX outbox_waiting ON outbox (id) WHERE done_at IS NULL;
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX outbox_subject ON outbox (subject_kind, subject_id);

CREATE TABLE notices (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    -- The outbox row it came from: rendered twice it is still one notice.
    outbox_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    notice TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26)),
    read_at TIMESTAMP CHECK (read_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(read_at) IN (19, 23, 26)),
    UNIQUE (outbox_id, person_id)
);
CREATE INDEX notices_person ON notices (person_id, id);

CREATE TABLE call_lines (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    outbox_id BIGINT NOT NULL UNIQUE,
    centre_id BIGINT NOT NULL REFERENCES organisations (id),
    order_id BIGINT NOT NULL REFERENCES orders (id),
    notice TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26)),
    done_at TIMESTAMP CHECK (done_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(done_at) IN (19, 23, 26)),
    done_by BIGINT REFERENCES people (id),
    result TEXT CHECK (result IN ('reached', 'not_reached', 'wrong_number', 'visited'))
);
CREATE INDEX call_lines_centre ON call_lines (centre_id, id);
CREATE INDEX call_lines_order ON call_lines (order_id);

CREATE TABLE idempotency_keys (
    -- Whose key it is: a person, or a visitor by a keyed hash.
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    deed TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26)),
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);

CREATE TABLE leases (
    name TEXT PRIMARY KEY NOT NULL,
    holder TEXT NOT NULL,
    until TIMESTAMP NOT NULL CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(until) IN (19, 23, 26))
);
