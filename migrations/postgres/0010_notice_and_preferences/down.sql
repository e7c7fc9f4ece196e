ALTER TABLE sessions DROP COLUMN device;
ALTER TABLE people DROP COLUMN language;
ALTER TABLE people DROP COLUMN text_mode;
DROP TABLE consent_texts;
