-- The calendar and the deadlines of a county are kept in memory beside the names: the version moves on with them too.
CREATE TRIGGER directory_counties_inserted AFTER INSERT ON counties BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_counties_changed AFTER UPDATE OF code, time_zone ON counties BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_counties_deleted AFTER DELETE ON counties BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_deadlines_inserted AFTER INSERT ON deadlines BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_deadlines_changed AFTER UPDATE OF county, stage, urgent, amount, unit ON deadlines BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_deadlines_deleted AFTER DELETE ON deadlines BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_holidays_inserted AFTER INSERT ON holidays BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_holidays_changed AFTER UPDATE OF county, day, kind ON holidays BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
CREATE TRIGGER directory_holidays_deleted AFTER DELETE ON holidays BEGIN UPDATE directory_version SET version = lower(hex(randomblob(16))); END;
