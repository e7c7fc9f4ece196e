CREATE TABLE call_lines_old (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    outbox_id BIGINT NOT NULL UNIQUE,
    centre_id BIGINT NOT NULL REFERENCES organisations (id),
    order_id BIGINT REFERENCES orders (id),
    notice TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26)),
    done_at TIMESTAMP CHECK (done_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(done_at) IN (19, 23, 26)),
    done_by BIGINT REFERENCES people (id),
    result TEXT CHECK (result IN ('reached', 'not_reached', 'wrong_number', 'visited')),
    complaint_id BIGINT REFERENCES complaints (id),
    CHECK ((order_id IS NULL) <> (complaint_id IS NULL))
);
INSERT INTO call_lines_old (id, outbox_id, centre_id, order_id, notice, created_at, done_at, done_by, result, complaint_id)
    SELECT id, outbox_id, centre_id, order_id, notice, created_at, done_at, done_by, result, complaint_id FROM call_lines WHERE registration_id IS NULL;
DROP TABLE call_lines;
ALTER TABLE call_lines_old RENAME TO call_lines;
CREATE INDEX call_lines_centre ON call_lines (centre_id, id);
CREATE INDEX call_lines_order ON call_lines (order_id);
CREATE INDEX call_lines_complaint ON call_lines (complaint_id);
DROP INDEX consents_registration;
ALTER TABLE consents DROP COLUMN registration_id;
DELETE FROM consent_texts WHERE kind <> 'notice';
ALTER TABLE consent_texts DROP COLUMN kind;
DROP TABLE registration_readings;
DROP TABLE registration_moves;
DROP TABLE registration_contacts;
DROP TABLE registrations;
DROP TABLE registration_terms;
