CREATE TABLE call_lines_old (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    outbox_id BIGINT NOT NULL UNIQUE,
    centre_id BIGINT NOT NULL REFERENCES organisations (id),
    order_id BIGINT NOT NULL REFERENCES orders (id),
    notice TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(created_at) IN (19, 23, 26)),
    done_at TIMESTAMP CHECK (done_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*' AND length(done_at) IN (19, 23, 26)),
    done_by BIGINT REFERENCES people (id),
    result TEXT CHECK (result IN ('reached', 'not_reached', 'wrong_number', 'visited'))
);
INSERT INTO call_lines_old (id, outbox_id, centre_id, order_id, notice, created_at, done_at, done_by, result) SELECT id, outbox_id, centre_id, order_id, notice, created_at, done_at, done_by, result FROM call_lines WHERE order_id IS NOT NULL;
DROP TABLE call_lines;
ALTER TABLE call_lines_old RENAME TO call_lines;
CREATE INDEX call_lines_centre ON call_lines (centre_id, id);
CREATE INDEX call_lines_order ON call_lines (order_id);
DROP INDEX consents_complaint;
ALTER TABLE consents DROP COLUMN complaint_id;
DROP TABLE complaint_search_index;
DROP TABLE complaint_search;
DROP TABLE complaint_moves;
DROP TABLE complaint_contacts;
DROP TABLE complaints;
