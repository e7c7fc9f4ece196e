-- An order: what was asked, where it stands, who has to do with it.
CREATE TABLE orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    county TEXT NOT NULL REFERENCES counties (code),
    division_code TEXT NOT NULL REFERENCES divisions (code),
    place_path TEXT NOT NULL,
    jurisdiction TEXT NOT NULL CHECK (jurisdiction IN ('county', 'farm')),
    state TEXT NOT NULL CHECK (state IN ('submitted', 'dispatched', 'accepted', 'claimed', 'scheduled', 'fulfilled', 'disputed', 'closed', 'rejected', 'withdrawn', 'merged', 'unmet')),
    version BIGINT NOT NULL DEFAULT 1,
    title TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('children', 'youth', 'farmers', 'workers', 'elderly', 'officials', 'general')),
    attendees INTEGER NOT NULL CHECK (attendees > 0),
    urgent BOOLEAN NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('web', 'desk', 'phone', 'visit', 'other')),
    requester_id BIGINT REFERENCES people (id),
    entered_by BIGINT REFERENCES people (id),
    requesting_organisation_id BIGINT REFERENCES organisations (id),
    holding_centre_id BIGINT NOT NULL REFERENCES organisations (id),
    department_id BIGINT REFERENCES organisations (id),
    summary TEXT,
    plan_item_id BIGINT REFERENCES plan_items (id),
    outside_plan BOOLEAN NOT NULL DEFAULT 0,
    team_id BIGINT REFERENCES organisations (id),
    merged_into BIGINT REFERENCES orders (id),
    submitted_at TIMESTAMP NOT NULL CHECK (submitted_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(submitted_at) IN (19, 23, 26)),
    -- Since when it stands in this state.
    stage_at TIMESTAMP NOT NULL CHECK (stage_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(stage_at) IN (19, 23, 26)),
    -- When it is late in this state; empty where nothing is awaited.
    due_at TIMESTAMP CHECK (due_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(due_at) IN (19, 23, 26)),
    late_at TIMESTAMP CHECK (late_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(late_at) IN (19, 23, 26)),
    first_from TIMESTAMP CHECK (first_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(first_from) IN (19, 23, 26)),
    last_until TIMESTAMP CHECK (last_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(last_until) IN (19, 23, 26)),
    ended_at TIMESTAMP CHECK (ended_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(ended_at) IN (19, 23, 26))
);
CREATE INDEX orders_county_state ON orders (county, state, id);
CREATE INDEX orders_county ON orders (county, id);
CREATE INDEX orders_place ON orders (place_path, id);
CREATE INDEX orders_centre ON orders (holding_centre_id, id);
CREATE INDEX orders_department ON orders (department_id, id);
CREATE INDEX orders_team ON orders (team_id, id);
CREATE INDEX orders_requester ON orders (requester_id, id);
CREATE INDEX orders_merged_into ON orders (merged_into);
CREATE INDEX orders_last_until ON orders (state, last_until);
CREATE INDEX orders_late ON orders (county, late_at) WHERE late_at IS NOT NULL;
CREATE INDEX orders_ended ON orders (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX orders_plan_item ON orders (plan_item_id);

-- What decides its next move beside the state.
CREATE TABLE order_progress (
    order_id BIGINT PRIMARY KEY NOT NULL REFERENCES orders (id),
    details TEXT NOT NULL,
    track_hash TEXT NOT NULL UNIQUE,
    requirements TEXT,
    dispatched_by BIGINT REFERENCES people (id),
    dispatching_centre_id BIGINT REFERENCES organisations (id),
    returns INTEGER NOT NULL DEFAULT 0,
    -- The county centre has decided the lead: it cannot be returned any more.
    decided BOOLEAN NOT NULL DEFAULT 0,
    offer_team_id BIGINT REFERENCES organisations (id),
    offer_until TIMESTAMP CHECK (offer_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(offer_until) IN (19, 23, 26)),
    -- The clock stands still while a question waits for its answer.
    paused_at TIMESTAMP CHECK (paused_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(paused_at) IN (19, 23, 26)),
    paused_minutes INTEGER NOT NULL DEFAULT 0,
    -- How many rungs of the deadline ladder were climbed in this state, and when the next one is due.
    rung INTEGER NOT NULL DEFAULT 0,
    rung_at TIMESTAMP CHECK (rung_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(rung_at) IN (19, 23, 26)),
    -- When the requester was asked for new times, because the last window had passed.
    new_times_asked_at TIMESTAMP CHECK (new_times_asked_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(new_times_asked_at) IN (19, 23, 26)),
    questions INTEGER NOT NULL DEFAULT 0,
    proposals INTEGER NOT NULL DEFAULT 0,
    event_id BIGINT REFERENCES events (id),
    starts_at TIMESTAMP CHECK (starts_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(starts_at) IN (19, 23, 26)),
    ends_at TIMESTAMP CHECK (ends_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(ends_at) IN (19, 23, 26)),
    stars INTEGER CHECK (stars BETWEEN 1 AND 5),
    disputes INTEGER NOT NULL DEFAULT 0,
    disputed_from TEXT,
    reopened INTEGER NOT NULL DEFAULT 0
);
-- What 县科协 may accept for a department.
CREATE INDEX order_progress_waited_twice ON order_progress (order_id) WHERE rung >= 2;
CREATE INDEX order_progress_rung ON order_progress (rung_at) WHERE rung_at IS NOT NULL;
CREATE INDEX order_progress_offer ON order_progress (offer_until) WHERE offer_until IS NOT NULL;
CREATE INDEX order_progress_paused ON order_progress (paused_at) WHERE paused_at IS NOT NULL;

-- Who to meet and where: apart, and read by no list.
CREATE TABLE order_contacts (
    order_id BIGINT PRIMARY KEY NOT NULL REFERENCES orders (id),
    name TEXT,
    phone TEXT,
    address TEXT,
    erased_at TIMESTAMP CHECK (erased_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(erased_at) IN (19, 23, 26))
);

CREATE TABLE order_windows (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    starts_at TIMESTAMP NOT NULL CHECK (starts_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(starts_at) IN (19, 23, 26)),
    ends_at TIMESTAMP NOT NULL CHECK (ends_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(ends_at) IN (19, 23, 26)),
    CHECK (starts_at < ends_at)
);
CREATE INDEX order_windows_order ON order_windows (order_id);

-- Which organisation has or had to do with it, from when until when: an officer's and a leader's reach.
CREATE TABLE order_parties (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    part TEXT NOT NULL CHECK (part IN ('lead', 'co_unit', 'offered', 'team')),
    since TIMESTAMP NOT NULL CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(since) IN (19, 23, 26)),
    until TIMESTAMP CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(until) IN (19, 23, 26)),
    -- The last move that a former party may read.
    until_version BIGINT
);
CREATE INDEX order_parties_organisation ON order_parties (organisation_id, order_id);
CREATE INDEX order_parties_order ON order_parties (order_id);
CREATE UNIQUE INDEX order_parties_one_lead ON order_parties (order_id) WHERE part = 'lead' AND until IS NULL;
CREATE UNIQUE INDEX order_parties_one_team ON order_parties (order_id) WHERE part = 'team' AND until IS NULL;

-- The history that its parties read.
CREATE TABLE order_moves (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    verb TEXT NOT NULL,
    at TIMESTAMP NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(at) IN (19, 23, 26)),
    actor_id BIGINT REFERENCES people (id),
    actor_role TEXT,
    organisation_id BIGINT REFERENCES organisations (id),
    from_state TEXT,
    to_state TEXT NOT NULL,
    version BIGINT NOT NULL,
    note TEXT,
    -- The organisation the move was about: the department, the team, the centre.
    about_id BIGINT REFERENCES organisations (id)
);
CREATE INDEX order_moves_order ON order_moves (order_id, id);

CREATE TABLE order_changes (
    move_id BIGINT NOT NULL REFERENCES order_moves (id),
    field TEXT NOT NULL,
    old TEXT,
    new TEXT,
    PRIMARY KEY (move_id, field)
);

CREATE TABLE order_questions (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    asked_by BIGINT NOT NULL REFERENCES people (id),
    organisation_id BIGINT REFERENCES organisations (id),
    asked_at TIMESTAMP NOT NULL CHECK (asked_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(asked_at) IN (19, 23, 26)),
    question TEXT NOT NULL,
    answered_at TIMESTAMP CHECK (answered_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(answered_at) IN (19, 23, 26)),
    answer TEXT
);
CREATE INDEX order_questions_order ON order_questions (order_id);

-- An answer that needed no event, and the report of one that did.
CREATE TABLE order_answers (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    kind TEXT NOT NULL CHECK (kind IN ('text', 'file', 'link', 'loan', 'report')),
    text TEXT NOT NULL,
    written_by BIGINT REFERENCES people (id),
    written_at TIMESTAMP NOT NULL CHECK (written_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(written_at) IN (19, 23, 26))
);
CREATE INDEX order_answers_order ON order_answers (order_id);

CREATE TABLE order_reviews (
    order_id BIGINT PRIMARY KEY NOT NULL REFERENCES orders (id),
    stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
    words TEXT,
    -- Who typed it: the requester, or a dispatcher who phoned them.
    entered_by BIGINT REFERENCES people (id),
    by_phone BOOLEAN NOT NULL,
    given_at TIMESTAMP NOT NULL CHECK (given_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(given_at) IN (19, 23, 26))
);

CREATE TABLE order_disputes (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    kind TEXT NOT NULL CHECK (kind IN ('did_not_take_place', 'less_than_reported', 'poor', 'money_was_asked', 'other')),
    words TEXT NOT NULL,
    raised_at TIMESTAMP NOT NULL CHECK (raised_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(raised_at) IN (19, 23, 26)),
    outcome TEXT CHECK (outcome IN ('upheld', 'settled', 'dismissed')),
    outcome_words TEXT,
    decided_by BIGINT REFERENCES people (id),
    decided_at TIMESTAMP CHECK (decided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(decided_at) IN (19, 23, 26))
);
CREATE INDEX order_disputes_order ON order_disputes (order_id);

CREATE TABLE order_proposals (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    order_id BIGINT NOT NULL REFERENCES orders (id),
    proposed_by BIGINT REFERENCES people (id),
    proposed_at TIMESTAMP NOT NULL CHECK (proposed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(proposed_at) IN (19, 23, 26)),
    starts_at TIMESTAMP NOT NULL CHECK (starts_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(starts_at) IN (19, 23, 26)),
    ends_at TIMESTAMP NOT NULL CHECK (ends_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(ends_at) IN (19, 23, 26)),
    venue_id BIGINT REFERENCES venues (id)
);
CREATE INDEX order_proposals_order ON order_proposals (order_id);

-- What search finds: the folded text as overlapping pairs of characters, filled in Rust.
CREATE TABLE order_search (
    order_id INTEGER PRIMARY KEY NOT NULL REFERENCES orders (id),
    words TEXT NOT NULL,
    summary TEXT NOT NULL
);
CREATE VIRTUAL TABLE order_search_index USING fts5 (words, summary, content = 'order_search', content_rowid = 'order_id', tokenize = "unicode61 categories 'L* N* Co So'");
CREATE TRIGGER order_search_insert AFTER INSERT ON order_search BEGIN
    INSERT INTO order_search_index (rowid, words, summary) VALUES (NEW.order_id, NEW.words, NEW.summary);
END;
CREATE TRIGGER order_search_update AFTER UPDATE ON order_search BEGIN
    INSERT INTO order_search_index (order_search_index, rowid, words, summary) VALUES ('delete', OLD.order_id, OLD.words, OLD.summary);
    INSERT INTO order_search_index (rowid, words, summary) VALUES (NEW.order_id, NEW.words, NEW.summary);
END;
CREATE TRIGGER order_search_delete AFTER DELETE ON order_search BEGIN
    INSERT INTO order_search_index (order_search_index, rowid, words, summary) VALUES ('delete', OLD.order_id, OLD.words, OLD.summary);
END;
