-- The county's plans: items, the units that answer for them, targets.
CREATE TABLE plans (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    county TEXT NOT NULL REFERENCES counties (code),
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    document_number TEXT NOT NULL,
    first_year INTEGER NOT NULL,
    last_year INTEGER NOT NULL,
    issued_on DATE NOT NULL,
    UNIQUE (county, code)
);

CREATE TABLE plan_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    plan_id BIGINT NOT NULL REFERENCES plans (id),
    code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('programme', 'task')),
    parent_id BIGINT REFERENCES plan_items (id),
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    countable BOOLEAN NOT NULL,
    seq INTEGER NOT NULL,
    UNIQUE (plan_id, code)
);
CREATE INDEX plan_items_parent ON plan_items (parent_id);

CREATE TABLE plan_item_units (
    plan_item_id BIGINT NOT NULL REFERENCES plan_items (id),
    part TEXT NOT NULL CHECK (part IN ('lead', 'responsible')),
    seq INTEGER NOT NULL,
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    spelled TEXT NOT NULL,
    PRIMARY KEY (plan_item_id, part, seq)
);
CREATE INDEX plan_item_units_organisation ON plan_item_units (organisation_id);

CREATE TABLE plan_targets (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    plan_id BIGINT NOT NULL REFERENCES plans (id),
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    unit TEXT NOT NULL,
    measure TEXT NOT NULL CHECK (measure IN ('counted', 'entered')),
    goal DOUBLE NOT NULL,
    by_year INTEGER NOT NULL,
    plan_item_id BIGINT REFERENCES plan_items (id),
    text TEXT NOT NULL,
    UNIQUE (plan_id, code)
);

CREATE TABLE plan_target_values (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    target_id BIGINT NOT NULL REFERENCES plan_targets (id),
    measured_on DATE NOT NULL,
    value DOUBLE NOT NULL,
    source TEXT NOT NULL
);
CREATE INDEX plan_target_values_target ON plan_target_values (target_id);

-- Which plan is current from which day: the newest row that has begun.
CREATE TABLE current_plans (
    county TEXT NOT NULL REFERENCES counties (code),
    starts_on DATE NOT NULL,
    plan_id BIGINT NOT NULL REFERENCES plans (id),
    PRIMARY KEY (county, starts_on)
);
