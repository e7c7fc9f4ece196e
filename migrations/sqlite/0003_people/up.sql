-- People, their grants, sessions and consents.
CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    county TEXT REFERENCES counties (code),
    name TEXT NOT NULL,
    phone TEXT UNIQUE,
    user_name TEXT UNIQUE,
    password_hash TEXT NOT NULL,
    must_change_password BOOLEAN NOT NULL DEFAULT 0,
    division_code TEXT REFERENCES divisions (code),
    locked_at TIMESTAMP CHECK (locked_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(locked_at) IN (19, 23, 26)),
    away_from TIMESTAMP CHECK (away_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(away_from) IN (19, 23, 26)),
    away_until TIMESTAMP CHECK (away_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(away_until) IN (19, 23, 26)),
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26)),
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (phone IS NOT NULL OR user_name IS NOT NULL)
);
CREATE INDEX people_county ON people (county, id);

CREATE TABLE grants (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    role TEXT NOT NULL CHECK (role IN ('dispatcher', 'scheduler', 'officer', 'leader', 'volunteer', 'supervisor', 'auditor', 'system_administrator', 'security_administrator')),
    -- Empty for the platform's own roles.
    organisation_id BIGINT REFERENCES organisations (id),
    starts_at TIMESTAMP NOT NULL CHECK (starts_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(starts_at) IN (19, 23, 26)),
    ends_at TIMESTAMP CHECK (ends_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(ends_at) IN (19, 23, 26)),
    granted_by BIGINT REFERENCES people (id),
    -- A grant of administrator or auditor waits for a second administrator's yes.
    needs_second BOOLEAN NOT NULL DEFAULT 0,
    second_by BIGINT REFERENCES people (id),
    second_at TIMESTAMP CHECK (second_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(second_at) IN (19, 23, 26)),
    ended_by BIGINT REFERENCES people (id),
    CHECK (second_by IS NULL OR second_by <> granted_by)
);
CREATE INDEX grants_person ON grants (person_id);
CREATE INDEX grants_organisation ON grants (organisation_id, role);

CREATE TABLE consents (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    person_id BIGINT REFERENCES people (id),
    order_id BIGINT,
    text TEXT NOT NULL,
    version TEXT NOT NULL,
    given TEXT NOT NULL CHECK (given IN ('here', 'spoken', 'written')),
    given_at TIMESTAMP NOT NULL CHECK (given_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(given_at) IN (19, 23, 26))
);
CREATE INDEX consents_person ON consents (person_id);
CREATE INDEX consents_order ON consents (order_id);

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    client TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26)),
    used_at TIMESTAMP NOT NULL CHECK (used_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(used_at) IN (19, 23, 26)),
    ended_at TIMESTAMP CHECK (ended_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(ended_at) IN (19, 23, 26)),
    ended_because TEXT
);
CREATE INDEX sessions_person ON sessions (person_id);

CREATE TABLE refresh_tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    session_id BIGINT NOT NULL REFERENCES sessions (id),
    parent_id BIGINT REFERENCES refresh_tokens (id),
    hash TEXT NOT NULL UNIQUE,
    issued_at TIMESTAMP NOT NULL CHECK (issued_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(issued_at) IN (19, 23, 26)),
    replaced_at TIMESTAMP CHECK (replaced_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(replaced_at) IN (19, 23, 26))
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_parent ON refresh_tokens (parent_id);

-- Failed sign-ins, wrong look-ups and anonymous deeds, counted per bucket; a bucket is a keyed hash, never a phone or an address.
CREATE TABLE attempts (
    bucket TEXT PRIMARY KEY NOT NULL,
    used INTEGER NOT NULL,
    since TIMESTAMP NOT NULL CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(since) IN (19, 23, 26)),
    closed_until TIMESTAMP CHECK (closed_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(closed_until) IN (19, 23, 26))
);
CREATE INDEX attempts_since ON attempts (since);
