-- Where things are: counties, their divisions, and the fields of science that one can ask for.
CREATE TABLE counties (
    code TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    phone TEXT NOT NULL DEFAULT ''
);

CREATE TABLE divisions (
    code TEXT PRIMARY KEY NOT NULL CHECK (length(code) = 12),
    county TEXT NOT NULL REFERENCES counties (code),
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('county', 'town', 'township', 'ethnic_township', 'township_like', 'community', 'village', 'community_like', 'village_like')),
    parent_code TEXT REFERENCES divisions (code),
    -- The codes from the county down to here, each closed by a full stop: a subtree is one range of it.
    path TEXT COLLATE "C" NOT NULL UNIQUE,
    jurisdiction TEXT NOT NULL CHECK (jurisdiction IN ('county', 'farm')),
    valid_from DATE NOT NULL,
    valid_until DATE
);
CREATE INDEX divisions_parent ON divisions (parent_code);
CREATE INDEX divisions_county ON divisions (county);

CREATE TABLE fields (
    code TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('field', 'form')),
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    examples TEXT NOT NULL,
    seq INTEGER NOT NULL
);

CREATE TABLE holidays (
    county TEXT NOT NULL REFERENCES counties (code),
    day DATE NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('off', 'work')),
    name TEXT NOT NULL,
    PRIMARY KEY (county, day)
);

-- What the county sets for itself: deadlines, budgets, retention.
CREATE TABLE deadlines (
    county TEXT NOT NULL REFERENCES counties (code),
    stage TEXT NOT NULL,
    urgent BOOLEAN NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    unit TEXT NOT NULL CHECK (unit IN ('working_days', 'hours', 'days')),
    PRIMARY KEY (county, stage, urgent)
);

CREATE TABLE retention_rules (
    subject TEXT PRIMARY KEY NOT NULL,
    months INTEGER NOT NULL CHECK (months > 0)
);

CREATE TABLE budgets (
    deed TEXT NOT NULL,
    per TEXT NOT NULL CHECK (per IN ('address', 'phone', 'login', 'number')),
    allowed INTEGER NOT NULL CHECK (allowed > 0),
    minutes INTEGER NOT NULL CHECK (minutes > 0),
    PRIMARY KEY (deed, per)
);

CREATE TABLE settings (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
);
