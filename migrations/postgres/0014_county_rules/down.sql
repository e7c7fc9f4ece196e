DROP TRIGGER directory_counties ON counties;
DROP TRIGGER directory_deadlines ON deadlines;
DROP TRIGGER directory_holidays ON holidays;
