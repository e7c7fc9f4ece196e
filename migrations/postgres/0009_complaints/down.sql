DELETE FROM call_lines WHERE order_id IS NULL;
ALTER TABLE call_lines DROP CONSTRAINT call_lines_one_subject;
ALTER TABLE call_lines DROP COLUMN complaint_id;
ALTER TABLE call_lines ALTER COLUMN order_id SET NOT NULL;
ALTER TABLE consents DROP COLUMN complaint_id;
DROP TABLE complaint_search;
DROP TABLE complaint_moves;
DROP TABLE complaint_contacts;
DROP TABLE complaints;
