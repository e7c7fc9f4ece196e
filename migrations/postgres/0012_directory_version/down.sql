DROP TRIGGER directory_organisations ON organisations;
DROP TRIGGER directory_teams ON teams;
DROP TRIGGER directory_divisions ON divisions;
DROP TRIGGER directory_plans ON plans;
DROP TRIGGER directory_plan_items ON plan_items;
DROP FUNCTION directory_moves_on;
DROP TABLE directory_version;
