DROP INDEX orders_outside_plan;
DROP INDEX orders_plan_item;
CREATE INDEX orders_plan_item ON orders (plan_item_id);
ALTER TABLE venues DROP COLUMN version;
ALTER TABLE venues DROP COLUMN closed_on;
ALTER TABLE venues DROP COLUMN phone;
ALTER TABLE organisations DROP COLUMN closed_on;
ALTER TABLE counties DROP COLUMN version;
