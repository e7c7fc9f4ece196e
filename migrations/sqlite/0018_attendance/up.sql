-- Who came, as a number and without a name. A mark is a keyed hash of the event and of an account or a device, so that each counts
-- once a session, several sessions of one event have their persons, and nothing ties one event to another.
CREATE TABLE check_ins (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    session_id BIGINT NOT NULL REFERENCES event_sessions (id),
    mark TEXT NOT NULL,
    -- With whom they came: a family is one check-in.
    heads INTEGER NOT NULL CHECK (heads BETWEEN 1 AND 10),
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26))
);
CREATE UNIQUE INDEX check_ins_once ON check_ins (session_id, mark);

-- What was counted on the sign-in sheet of a session: those who did not check in otherwise.
CREATE TABLE paper_counts (
    session_id BIGINT PRIMARY KEY NOT NULL REFERENCES event_sessions (id),
    heads INTEGER NOT NULL CHECK (heads BETWEEN 0 AND 1000000),
    -- Of them; empty: nobody asked.
    first_timers INTEGER CHECK (first_timers BETWEEN 0 AND heads),
    children INTEGER CHECK (children BETWEEN 0 AND heads),
    entered_by BIGINT NOT NULL REFERENCES people (id),
    entered_at TIMESTAMP NOT NULL CHECK (entered_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(entered_at) IN (19, 23, 26)),
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX paper_counts_entered_by ON paper_counts (entered_by);
