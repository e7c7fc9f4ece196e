-- The notice that people consent to, by version: a version that was shown is never changed.
CREATE TABLE consent_texts (
    version TEXT PRIMARY KEY NOT NULL,
    valid_from DATE NOT NULL,
    -- Title and sections in both languages, as JSON.
    text TEXT NOT NULL
);

-- How somebody reads the interface.
ALTER TABLE people ADD COLUMN text_mode TEXT NOT NULL DEFAULT 'standard' CHECK (text_mode IN ('standard', 'large', 'largest'));
ALTER TABLE people ADD COLUMN language TEXT NOT NULL DEFAULT 'zh' CHECK (language IN ('zh', 'en'));

-- What the device calls itself, by which its person knows it again: a browser and a system, never an address.
ALTER TABLE sessions ADD COLUMN device TEXT;
