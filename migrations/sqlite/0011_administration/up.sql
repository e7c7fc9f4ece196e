-- What administration changes has a version, and a day on which it was closed.
ALTER TABLE counties ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE organisations ADD COLUMN closed_on DATE;
ALTER TABLE venues ADD COLUMN phone TEXT;
ALTER TABLE venues ADD COLUMN closed_on DATE;
ALTER TABLE venues ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- The county's report on its plan: orders by item and state, and those outside it.
DROP INDEX orders_plan_item;
CREATE INDEX orders_plan_item ON orders (plan_item_id, state);
CREATE INDEX orders_outside_plan ON orders (county, state) WHERE outside_plan;
