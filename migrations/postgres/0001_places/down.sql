DROP TABLE settings;
DROP TABLE budgets;
DROP TABLE retention_rules;
DROP TABLE deadlines;
DROP TABLE holidays;
DROP TABLE fields;
DROP TABLE divisions;
DROP TABLE counties;
