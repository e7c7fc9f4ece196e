-- What the names and places that many rows point at are known by: it changes with each of them, and never comes back. Whoever
-- keeps a copy in memory reads it in the same statement as what needs the copy, and so never uses an old one.
CREATE TABLE directory_version (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    version TEXT NOT NULL
);
INSERT INTO directory_version (id, version) VALUES (1, lower(hex(randomblob(16))));
CREATE TRIGGER directory_organisations_inserted AFTER INSERT ON organisations BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_organisations_changed AFTER UPDATE OF county, kind, name, division_code, association ON organisations BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_organisations_deleted AFTER DELETE ON organisations BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_teams_inserted AFTER INSERT ON teams BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_teams_changed AFTER UPDATE OF kind, host_id ON teams BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_teams_deleted AFTER DELETE ON teams BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_divisions_inserted AFTER INSERT ON divisions BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_divisions_changed AFTER UPDATE OF code, short_name, path, jurisdiction ON divisions BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_divisions_deleted AFTER DELETE ON divisions BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_plans_inserted AFTER INSERT ON plans BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_plans_changed AFTER UPDATE OF code ON plans BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_plans_deleted AFTER DELETE ON plans BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_plan_items_inserted AFTER INSERT ON plan_items BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_plan_items_changed AFTER UPDATE OF plan_id, code, title ON plan_items BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_plan_items_deleted AFTER DELETE ON plan_items BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
