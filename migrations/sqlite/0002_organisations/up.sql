-- Centres, departments, teams and the units that host them.
CREATE TABLE organisations (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    county TEXT NOT NULL REFERENCES counties (code),
    kind TEXT NOT NULL CHECK (kind IN ('centre', 'department', 'team', 'unit')),
    name TEXT NOT NULL,
    full_name TEXT NOT NULL,
    division_code TEXT NOT NULL REFERENCES divisions (code),
    association BOOLEAN NOT NULL DEFAULT 0,
    phone TEXT,
    active BOOLEAN NOT NULL DEFAULT 1,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (county, kind, name, division_code)
);
CREATE UNIQUE INDEX organisations_one_centre ON organisations (division_code) WHERE kind = 'centre';
CREATE UNIQUE INDEX organisations_one_association ON organisations (county) WHERE association;
CREATE INDEX organisations_county_kind ON organisations (county, kind, id);

CREATE TABLE organisation_aliases (
    county TEXT NOT NULL REFERENCES counties (code),
    alias TEXT NOT NULL,
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (county, alias)
);
CREATE INDEX organisation_aliases_organisation ON organisation_aliases (organisation_id);

CREATE TABLE organisation_fields (
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    field TEXT NOT NULL REFERENCES fields (code),
    PRIMARY KEY (organisation_id, field)
);

CREATE TABLE teams (
    organisation_id BIGINT PRIMARY KEY NOT NULL REFERENCES organisations (id),
    host_id BIGINT NOT NULL REFERENCES organisations (id),
    kind TEXT NOT NULL CHECK (kind IN ('volunteer', 'staff', 'experts')),
    intro TEXT NOT NULL,
    languages TEXT NOT NULL,
    -- When the county association checked the team: before that it is on no county-wide claim board.
    checked_at TIMESTAMP CHECK (checked_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(checked_at) IN (19, 23, 26))
);
CREATE INDEX teams_host ON teams (host_id);

CREATE TABLE team_reach (
    team_id BIGINT NOT NULL REFERENCES teams (organisation_id),
    division_code TEXT NOT NULL REFERENCES divisions (code),
    PRIMARY KEY (team_id, division_code)
);

CREATE TABLE venues (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    county TEXT NOT NULL REFERENCES counties (code),
    organisation_id BIGINT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    division_code TEXT NOT NULL REFERENCES divisions (code),
    address TEXT NOT NULL,
    capacity INTEGER NOT NULL CHECK (capacity > 0),
    free_to_book BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL DEFAULT 1,
    UNIQUE (county, name, division_code)
);
CREATE INDEX venues_organisation ON venues (organisation_id);
