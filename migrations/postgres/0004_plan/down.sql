DROP TABLE current_plans;
DROP TABLE plan_target_values;
DROP TABLE plan_targets;
DROP TABLE plan_item_units;
DROP TABLE plan_items;
DROP TABLE plans;
