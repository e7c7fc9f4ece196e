DROP TABLE leases;
DROP TABLE idempotency_keys;
DROP TABLE call_lines;
DROP TABLE notices;
DROP TABLE outbox;
DROP TABLE journal;
DROP FUNCTION journal_keeps;
