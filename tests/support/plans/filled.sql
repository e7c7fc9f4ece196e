-- A county of three years, for PostgreSQL's planner: every growing table with as many rows as it would have, spread as they would
-- be. What the rows say matters to nobody.
CREATE TEMPORARY TABLE n AS SELECT i, TIMESTAMP '2026-03-02 01:00:00' - i * INTERVAL '90 minutes' AS at FROM generate_series(1, 15000) AS i;
CREATE TEMPORARY TABLE places AS SELECT row_number() OVER (ORDER BY code) - 1 AS k, code, path FROM divisions WHERE county = '230522000000' AND jurisdiction = 'county';
CREATE TEMPORARY TABLE units AS SELECT kind, row_number() OVER (PARTITION BY kind ORDER BY id) - 1 AS k, id FROM organisations WHERE county = '230522000000';
CREATE TEMPORARY TABLE kinds AS SELECT kind, count(*) AS many FROM units GROUP BY kind;
CREATE TEMPORARY TABLE states AS SELECT * FROM (VALUES
    (0, 'submitted'), (1, 'dispatched'), (2, 'accepted'), (3, 'claimed'), (4, 'scheduled'), (5, 'fulfilled'), (6, 'rejected'), (7, 'withdrawn'), (8, 'unmet'), (9, 'merged')
) AS s (k, state);
ANALYZE n, places, units, kinds, states;

INSERT INTO people (id, county, name, phone, password_hash, division_code, created_at)
    SELECT 100000 + i, '230522000000', '某人', '139' || (10000000 + i), '', p.code, at FROM n JOIN places p ON p.k = i % 60 WHERE i <= 3000;
INSERT INTO grants (person_id, role, organisation_id, starts_at, ends_at)
    SELECT 100000 + i, 'volunteer', u.id, at, CASE WHEN i % 3 = 0 THEN at + INTERVAL '1 year' END
    FROM n JOIN kinds ON kinds.kind = 'team' JOIN units u ON u.kind = 'team' AND u.k = i % many WHERE i <= 3000;
INSERT INTO feeds (person_id, kind, secret_hash, created_at) SELECT 100000 + i, 'own', 'hash ' || i, at FROM n WHERE i <= 3000;
INSERT INTO consents (person_id, text, version, given, given_at) SELECT 100001 + i % 3000, 'notice', '2026-01', 'here', at FROM n;
INSERT INTO sessions (id, person_id, client, created_at, used_at, ended_at)
    SELECT 100000 + i, 100001 + i % 3000, 'browser', at, at, CASE WHEN i % 2 = 0 THEN at END FROM n;
INSERT INTO refresh_tokens (id, session_id, hash, issued_at, replaced_at) SELECT 100000 + i, 100000 + i, 'hash ' || i, at, at FROM n;
INSERT INTO refresh_tokens (session_id, parent_id, hash, issued_at) SELECT 100000 + i, 100000 + i, 'next ' || i, at FROM n;
INSERT INTO attempts (bucket, used, since) SELECT 'bucket ' || i, 1, at FROM n;
INSERT INTO idempotency_keys (scope, key, deed, body_hash, subject_id, created_at) SELECT 'person ' || i % 3000, 'key ' || i, 'submit', '', i, at FROM n;

INSERT INTO orders (id, number, county, division_code, place_path, jurisdiction, state, title, audience, attendees, urgent, channel, requester_id,
        holding_centre_id, department_id, team_id, submitted_at, stage_at, due_at, last_until, ended_at, late_at)
    SELECT 100000 + i, 'KP' || i, '230522000000', p.code, p.path, 'county', CASE WHEN i > 1500 THEN 'closed' ELSE s.state END, '急救课', 'general', 30, i % 20 = 0, 'web',
        100001 + i % 3000, c.id, d.id, CASE WHEN i > 900 THEN t.id END, at, at, CASE WHEN i <= 1500 THEN at END, at + INTERVAL '10 days',
        CASE WHEN i > 900 THEN at END, CASE WHEN i % 40 = 0 THEN at END
    FROM n JOIN places p ON p.k = i % 60 JOIN states s ON s.k = i % 10
    JOIN kinds cs ON cs.kind = 'centre' JOIN units c ON c.kind = 'centre' AND c.k = i % cs.many
    JOIN kinds ds ON ds.kind = 'department' JOIN units d ON d.kind = 'department' AND d.k = i % ds.many
    JOIN kinds ts ON ts.kind = 'team' JOIN units t ON t.kind = 'team' AND t.k = i % ts.many;
INSERT INTO events (id, county, order_id, title, state, created_at) SELECT 100000 + i, '230522000000', 100000 + i, '急救课', 'held', at FROM n WHERE i > 900;
INSERT INTO event_sessions (id, event_id, starts_at, ends_at, in_charge_id, state)
    SELECT 100000 + i, 100000 + i, at, at + INTERVAL '1 hour', 100001 + i % 3000, 'held' FROM n WHERE i > 900;
INSERT INTO check_ins (session_id, mark, heads, created_at) SELECT 100000 + i, 'mark ' || v, 1, at FROM n, generate_series(1, 3) AS v WHERE i > 900;
INSERT INTO paper_counts (session_id, heads, entered_by, entered_at) SELECT 100000 + i, 30, 100001 + i % 3000, at FROM n WHERE i > 900;
INSERT INTO registration_terms (event_id, places) SELECT 100000 + i, 40 FROM n WHERE i BETWEEN 901 AND 3000;
INSERT INTO registrations (id, event_id, county, person_id, phone_key, state, heads, registered_at, confirm_by, ended_at, track_hash)
    SELECT 1000000 + i * 10 + v, 100000 + i, '230522000000', CASE WHEN v < 4 THEN 100001 + (i * 5 + v) % 3000 END, 'key ' || v,
        CASE WHEN v = 1 AND i <= 950 THEN 'offered' WHEN v < 3 THEN 'registered' WHEN v = 3 THEN 'waiting' ELSE 'cancelled' END, 1, at,
        CASE WHEN v = 1 AND i <= 950 THEN at END, CASE WHEN v > 3 THEN at END, CASE WHEN v > 3 THEN 'hash ' || i || ' ' || v END
    FROM n, generate_series(1, 4) AS v WHERE i BETWEEN 901 AND 3000;
INSERT INTO registration_contacts (registration_id, name, phone, erased_at) SELECT id, '王', '138', CASE WHEN event_id > 101500 THEN registered_at END FROM registrations;
INSERT INTO registration_moves (registration_id, verb, at, to_state) SELECT id, 'register', registered_at, 'registered' FROM registrations;
INSERT INTO registration_readings (event_id, approved_by, organisation_id, approved_at)
    SELECT 100000 + i, 100001 + i % 3000, u.id, at FROM n JOIN units u ON u.kind = 'centre' AND u.k = 0 WHERE i BETWEEN 901 AND 3000;
INSERT INTO bookings (county, resource_kind, resource_id, starts_at, ends_at, holder_kind, holder_id, status, created_at)
    SELECT '230522000000', 'person', 100001 + i % 3000, at, at + INTERVAL '1 hour', 'event_session', 100000 + i, 'confirmed', at FROM n WHERE i > 900;
INSERT INTO equipment (id, county, organisation_id, name, kind, division_code)
    SELECT 100000 + i, '230522000000', u.id, '展板' || i, 'boards', '230522000000' FROM n JOIN units u ON u.kind = 'centre' AND u.k = i WHERE i <= 30;
INSERT INTO loans (county, equipment_id, borrower_id, from_day, until_day, purpose, state, wished_by, wished_at, due_at)
    SELECT '230522000000', 100001 + i % 30, u.id, at::date, at::date + 2, '巡展', CASE WHEN i <= 60 THEN 'wished' ELSE 'given_back' END, 100001 + i % 3000, at,
        CASE WHEN i <= 60 THEN at END
    FROM n JOIN kinds ON kinds.kind = 'centre' JOIN units u ON u.kind = 'centre' AND u.k = i % many WHERE i <= 3000;
INSERT INTO rosters (id, county, event_id, session_id, order_id, team_id, department_id, requester_id, place_path, jurisdiction, class, late, content, state, filed_by, filed_at, answered_by)
    SELECT 100000 + n.i, o.county, o.id, o.id, o.id, o.team_id, o.department_id, o.requester_id, o.place_path, 'county', 'roster', FALSE, '',
        CASE WHEN n.i > 950 THEN 'confirmed' ELSE 'filed' END, 100001, n.at, CASE WHEN n.i > 950 THEN 100002 END FROM n JOIN orders o ON o.id = 100000 + n.i WHERE n.i > 900;
INSERT INTO roster_reminders (session_id, rung) SELECT 100000 + i, 3 FROM n WHERE i > 900;
INSERT INTO roster_lines (id, roster_id, person_id, capacity, from_at, until_at, minutes)
    SELECT 100000 + i * 4 + k, 100000 + i, 100001 + (i + k * 700) % 3000, 'volunteer', at, at + INTERVAL '1 hour', 60 FROM n, generate_series(0, 1) AS k WHERE i > 900;
INSERT INTO service_records (id, county, kind, source_kind, source_id, event_id, session_id, order_id, team_id, department_id, place_path, township_code, title, held_on, place,
        content, minutes, unit, in_charge_id, year, from_at, until_at, class, late, filed_by, confirmed_by, commitment, created_at)
    SELECT 100000 + n.i * 4 + k, o.county, 'credit', 'roster_line', 100000 + n.i * 4 + k, o.id, o.id, o.id, o.team_id, o.department_id, o.place_path, o.division_code, '', n.at::date, '',
        '', 60, '', 100001, extract(year FROM n.at)::int, n.at, n.at + INTERVAL '1 hour', 'roster', FALSE, 100001, 100002, '', n.at
    FROM n JOIN orders o ON o.id = 100000 + n.i, generate_series(0, 1) AS k WHERE n.i > 950 AND n.i % 3 = 0;
INSERT INTO record_people (record_id, person_id, salt) SELECT r.id, l.person_id, '' FROM service_records r JOIN roster_lines l ON l.id = r.source_id;
INSERT INTO presences (record_id, person_id, from_at, until_at) SELECT r.id, p.person_id, r.from_at, r.until_at FROM service_records r JOIN record_people p ON p.record_id = r.id;
INSERT INTO unsealed_records (record_id) SELECT id FROM service_records ORDER BY id LIMIT 20;
INSERT INTO hour_holds (event_id, from_at, until_at) SELECT 100000 + i, at, CASE WHEN i % 70 = 0 THEN at END FROM n WHERE i > 900 AND i % 7 = 0;
INSERT INTO reversal_proposals (record_id, proposed_at) SELECT id, created_at FROM service_records WHERE id % 400 = 0;
INSERT INTO record_corrections (county, record_id, person_id, team_id, team_path, jurisdiction, words, asked_at, due_at, answered_at, answered_by, agreed, answer)
    SELECT r.county, r.id, p.person_id, r.team_id, r.place_path, 'county', '', r.created_at, r.created_at, r.created_at, p.person_id + 1, FALSE, ''
    FROM service_records r JOIN record_people p ON p.record_id = r.id WHERE r.id % 40 = 0;
INSERT INTO ledger_keys (id, algorithm, public_key, since) VALUES ('key', 'ed25519', '', '2026-01-01');
INSERT INTO ledger_batches (number, sealed_at, row_count, previous_hash, hash, key_id, signature) SELECT i, at, 2, '', 'hash ' || i, 'key', '' FROM n WHERE i > 950 AND i % 3 = 0;
INSERT INTO ledger_entries (record_id, batch_number, place, row_hash) SELECT 100000 + i * 4 + k, i, k + 1, '' FROM n, generate_series(0, 1) AS k WHERE i > 950 AND i % 3 = 0;
INSERT INTO order_progress (order_id, details, track_hash, rung_at, event_id)
    SELECT 100000 + i, '', 'hash ' || i, CASE WHEN i <= 1500 THEN at END, CASE WHEN i > 900 THEN 100000 + i END FROM n;
INSERT INTO order_contacts (order_id, name, phone, erased_at) SELECT 100000 + i, '王', '138', CASE WHEN i > 6000 THEN at END FROM n;
INSERT INTO order_windows (order_id, starts_at, ends_at) SELECT 100000 + i, at, at + INTERVAL '2 hours' FROM n;
INSERT INTO order_parties (order_id, organisation_id, part, since) SELECT id, department_id, 'lead', submitted_at FROM orders;
INSERT INTO order_parties (order_id, organisation_id, part, since) SELECT id, team_id, 'team', submitted_at FROM orders WHERE team_id IS NOT NULL;
INSERT INTO order_moves (order_id, verb, at, to_state, version) SELECT 100000 + i, 'submit', at, 'submitted', v FROM n, generate_series(1, 5) AS v;
INSERT INTO order_changes (move_id, field) SELECT id, 'title' FROM order_moves WHERE version = 2;
INSERT INTO order_questions (order_id, asked_by, asked_at, question) SELECT 100000 + i, 100001 + i % 3000, at, '几点？' FROM n;
INSERT INTO order_answers (order_id, kind, text, written_at) SELECT 100000 + i, 'report', '', at FROM n;
INSERT INTO order_reviews (order_id, stars, by_phone, given_at) SELECT 100000 + i, 5, FALSE, at FROM n WHERE i > 1500;
INSERT INTO order_disputes (order_id, kind, words, raised_at) SELECT 100000 + i, 'other', '', at FROM n WHERE i % 7 = 0;
INSERT INTO order_proposals (order_id, proposed_at, starts_at, ends_at) SELECT 100000 + i, at, at, at + INTERVAL '1 hour' FROM n WHERE i % 7 = 0;
INSERT INTO order_search (order_id, words, summary) SELECT 100000 + i, '急救 救课 kp' || i, '急救 kp' || i FROM n;

INSERT INTO complaints (id, number, county, state, desk, order_id, words, complainant_id, answering_id, track_hash, complained_at, stage_at, rung_at, ended_at)
    SELECT 100000 + i, 'TS' || i, '230522000000', CASE WHEN i > 100 THEN 'final' ELSE 'open' END, 'county', 100000 + i, '', 100001 + i % 3000, u.id, 'hash ' || i, at, at,
        CASE WHEN i <= 100 THEN at END, CASE WHEN i > 100 THEN at END
    FROM n JOIN kinds ON kinds.kind = 'centre' JOIN units u ON u.kind = 'centre' AND u.k = i % many WHERE i <= 3000;
INSERT INTO complaint_contacts (complaint_id, name, erased_at) SELECT 100000 + i, '王', CASE WHEN i > 1200 THEN at END FROM n WHERE i <= 3000;
INSERT INTO complaint_moves (complaint_id, verb, at, to_state, version) SELECT 100000 + i, 'complain', at, 'open', v FROM n, generate_series(1, 3) AS v WHERE i <= 3000;
INSERT INTO complaint_search (complaint_id, words) SELECT 100000 + i, '急救 ts' || i FROM n WHERE i <= 3000;

INSERT INTO journal (at, actor_id, county, verb, subject_kind, subject_id, fields)
    SELECT at, 100001 + i % 3000, '230522000000', 'submit', 'order', 100000 + i, '' FROM n, generate_series(1, 3);
INSERT INTO outbox (created_at, notice, subject_kind, subject_id, to_kind, done_at)
    SELECT at, 'submit', 'order', 100000 + i, 'requester', CASE WHEN i > 20 THEN at END FROM n;
INSERT INTO notices (outbox_id, person_id, notice, subject_kind, subject_id, created_at, read_at)
    SELECT i, 100001 + i % 3000, 'submit', 'order', 100000 + i, at, CASE WHEN i > 900 THEN at END FROM n;
INSERT INTO call_lines (outbox_id, centre_id, order_id, notice, created_at, done_at)
    SELECT i, o.holding_centre_id, o.id, 'submit', at, CASE WHEN i > 900 THEN at END FROM n JOIN orders o ON o.id = 100000 + i;
DROP TABLE n, places, units, kinds, states;
ANALYZE;
