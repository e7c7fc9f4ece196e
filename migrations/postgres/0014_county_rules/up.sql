-- The calendar and the deadlines of a county are kept in memory beside the names: the version moves on with them too.
CREATE TRIGGER directory_counties AFTER INSERT OR UPDATE OF code, time_zone OR DELETE OR TRUNCATE ON counties FOR EACH STATEMENT EXECUTE FUNCTION directory_moves_on();
CREATE TRIGGER directory_deadlines AFTER INSERT OR UPDATE OF county, stage, urgent, amount, unit OR DELETE OR TRUNCATE ON deadlines FOR EACH STATEMENT EXECUTE FUNCTION directory_moves_on();
CREATE TRIGGER directory_holidays AFTER INSERT OR UPDATE OF county, day, kind OR DELETE OR TRUNCATE ON holidays FOR EACH STATEMENT EXECUTE FUNCTION directory_moves_on();
