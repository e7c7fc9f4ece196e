DROP INDEX refresh_tokens_issued;
DROP INDEX sessions_used;
DROP INDEX notices_created;
DROP INDEX grants_role;
DROP INDEX order_progress_offer_team;
DROP INDEX order_progress_event;
DROP INDEX order_contacts_kept;
DROP TRIGGER journal_keeps_delete;
CREATE TRIGGER journal_keeps_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'insert_only:journal'); END;
