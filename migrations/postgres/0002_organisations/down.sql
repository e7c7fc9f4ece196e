DROP TABLE venues;
DROP TABLE team_reach;
DROP TABLE teams;
DROP TABLE organisation_fields;
DROP TABLE organisation_aliases;
DROP TABLE organisations;
