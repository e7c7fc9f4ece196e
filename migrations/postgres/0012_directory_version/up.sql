-- What the names and places that many rows point at are known by: it changes with each of them, and never comes back. Whoever
-- keeps a copy in memory reads it in the same statement as what needs the copy, and so never uses an old one.
CREATE TABLE directory_version (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    version TEXT NOT NULL
);
INSERT INTO directory_version (id, version) VALUES (1, gen_random_uuid()::text);
CREATE FUNCTION directory_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE directory_version SET version = gen_random_uuid()::text; RETURN NULL; END $$;
CREATE TRIGGER directory_organisations AFTER INSERT OR UPDATE OF county, kind, name, division_code, association OR DELETE OR TRUNCATE ON organisations FOR EACH STATEMENT EXECUTE FUNCTION directory_moves_on();
CREATE TRIGGER directory_teams AFTER INSERT OR UPDATE OF kind, host_id OR DELETE OR TRUNCATE ON teams FOR EACH STATEMENT EXECUTE FUNCTION directory_moves_on();
CREATE TRIGGER directory_divisions AFTER INSERT OR UPDATE OF code, short_name, path, jurisdiction OR DELETE OR TRUNCATE ON divisions FOR EACH STATEMENT EXECUTE FUNCTION directory_moves_on();
CREATE TRIGGER directory_plans AFTER INSERT OR UPDATE OF code OR DELETE OR TRUNCATE ON plans FOR EACH STATEMENT EXECUTE FUNCTION directory_moves_on();
CREATE TRIGGER directory_plan_items AFTER INSERT OR UPDATE OF plan_id, code, title OR DELETE OR TRUNCATE ON plan_items FOR EACH STATEMENT EXECUTE FUNCTION directory_moves_on();
