-- Indexes for what the worker looks for, and for keys that are asked backwards.
-- Whose contact is still there: at most a year's orders.
CREATE INDEX order_contacts_kept ON order_contacts (order_id) WHERE erased_at IS NULL;
CREATE INDEX order_progress_event ON order_progress (event_id) WHERE event_id IS NOT NULL;
CREATE INDEX order_progress_offer_team ON order_progress (offer_team_id) WHERE offer_team_id IS NOT NULL;
-- Which departments have an officer.
CREATE INDEX grants_role ON grants (role, organisation_id);
CREATE INDEX notices_created ON notices (created_at);
CREATE INDEX sessions_used ON sessions (used_at);
CREATE INDEX refresh_tokens_issued ON refresh_tokens (issued_at);

-- The journal is kept 6 months at least (等保, level 2), by the database's own clock; after that its retention rule may remove it.
CREATE OR REPLACE FUNCTION journal_keeps() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' AND OLD.at <= (now() AT TIME ZONE 'UTC') - INTERVAL '6 months' THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'insert_only:journal';
END $$;
