DROP INDEX refresh_tokens_issued;
DROP INDEX sessions_used;
DROP INDEX notices_created;
DROP INDEX grants_role;
DROP INDEX order_progress_offer_team;
DROP INDEX order_progress_event;
DROP INDEX order_contacts_kept;
CREATE OR REPLACE FUNCTION journal_keeps() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'insert_only:journal'; END $$;
