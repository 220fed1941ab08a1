CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$

CREATE TRIGGER journal_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()

CREATE TRIGGER ledger_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()

-- A foreign key looks up, and locks, the appeal of each fact by itself: three times for every
-- appeal that comes in. A trigger looks once a statement, and refuses with the same error. Its
-- plan is made while tables are small and kept while they grow, so it is held to looking up by
-- index.
CREATE FUNCTION ledger_has_appeals() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    IF EXISTS (SELECT FROM added
               WHERE NOT EXISTS (SELECT FROM appeal WHERE id = added.appeal_id)) THEN
        RAISE EXCEPTION 'a fact in the ledger needs its appeal'
        USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'fk_ledger_appeal_id', TABLE = 'ledger';
    END IF;
    RETURN NULL;
END $$

CREATE TRIGGER ledger_has_appeals AFTER INSERT ON ledger REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION ledger_has_appeals()

-- Appeals are not deleted; who tries is refused while the ledger has a fact of one, though not in
-- a race with whoever is writing its first.
CREATE FUNCTION appeal_keeps_ledger() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    IF EXISTS (SELECT FROM taken JOIN ledger ON ledger.appeal_id = taken.id) THEN
        RAISE EXCEPTION 'a fact in the ledger needs its appeal'
        USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'fk_ledger_appeal_id', TABLE = 'ledger';
    END IF;
    RETURN NULL;
END $$

CREATE TRIGGER appeal_keeps_ledger AFTER DELETE ON appeal REFERENCING OLD TABLE AS taken
FOR EACH STATEMENT EXECUTE FUNCTION appeal_keeps_ledger()

-- The words are indexed as they are kept: as lemmas, not parsed as text once more. New words wait
-- until there are more of them, which makes it cheaper to sort them in; searching reads what waits.
CREATE INDEX ix_appeal_terms ON appeal USING gin (array_to_tsvector(string_to_array(terms, ' ')))
WITH (gin_pending_list_limit = 16384)

-- A list of the newest closed appeals would walk every case that came in since and is still open.
-- SQLite, which knows no frequencies, would prefer this index to those of few rows.
CREATE INDEX ix_appeal_state ON appeal (state, received_at, id)

-- What is late in the order of its receipt, passing over what is not late yet; SQLite sorts what
-- is late instead.
CREATE INDEX ix_appeal_late_received_at ON appeal (received_at, id, due_at)
WHERE answered_at IS NOT NULL AND answered_at > due_at
OR answered_at IS NULL AND state IN ('assigned', 'disputed', 'in_work', 'queued', 'received')

CREATE OR REPLACE FUNCTION appeal_rollup_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO rollup_change (received_at, state, outcome, block, theme, body_id, municipality,
channel, regime, due_rule, views, due_at, total, late, answered, seconds, solved, reworked,
marks, mark_sum, days, folding) SELECT received_at, state, outcome, block, theme, body_id,
municipality, channel, regime, due_rule, views, due_at, total, late, answered, seconds, solved,
reworked, marks, mark_sum, days, false FROM (SELECT a.received_at AS received_at, a.state AS
state, coalesce(a.outcome, '') AS outcome, coalesce(a.block, '') AS block, coalesce(a.theme, '')
AS theme, coalesce(a.body_id, 0) AS body_id, coalesce(a.municipality, '') AS municipality,
a.channel AS channel, a.regime AS regime, coalesce(a.due_rule, '') AS due_rule, CASE WHEN
a.in_region_view THEN 1 ELSE 0 END + CASE WHEN a.in_federal_view THEN 2 ELSE 0 END AS views,
CASE WHEN a.answered_at IS NULL AND a.state IN ('received', 'queued', 'assigned', 'in_work',
'disputed') THEN a.due_at END AS due_at, 1 AS total, CASE WHEN a.answered_at > a.due_at THEN 1
ELSE 0 END AS late, CASE WHEN a.answered_at IS NULL THEN 0 ELSE 1 END AS answered, CASE WHEN
a.answered_at IS NULL THEN 0 ELSE extract(epoch FROM a.answered_at - a.received_at)::bigint END
AS seconds, CASE WHEN a.outcome = 'solved' AND a.state IN ('answered', 'closed') THEN 1 ELSE 0
END AS solved, CASE WHEN a.reworks > 0 THEN 1 ELSE 0 END AS reworked, CASE WHEN a.mark IS NULL
THEN 0 ELSE 1 END AS marks, coalesce(a.mark, 0) AS mark_sum, CASE WHEN a.answered_at IS NOT NULL
THEN extract(day FROM a.answered_at - a.received_at)::integer END AS days FROM added a) c;
RETURN NULL; END $$

CREATE TRIGGER appeal_rollup_insert AFTER INSERT ON appeal REFERENCING NEW TABLE AS added FOR
EACH STATEMENT EXECUTE FUNCTION appeal_rollup_insert()

CREATE OR REPLACE FUNCTION appeal_rollup_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO rollup_change (received_at, state, outcome, block, theme, body_id, municipality,
channel, regime, due_rule, views, due_at, total, late, answered, seconds, solved, reworked,
marks, mark_sum, days, folding) SELECT received_at, state, outcome, block, theme, body_id,
municipality, channel, regime, due_rule, views, due_at, -total, -late, -answered, -seconds,
-solved, -reworked, -marks, -mark_sum, days, false FROM (SELECT a.received_at AS received_at,
a.state AS state, coalesce(a.outcome, '') AS outcome, coalesce(a.block, '') AS block,
coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS body_id, coalesce(a.municipality, '')
AS municipality, a.channel AS channel, a.regime AS regime, coalesce(a.due_rule, '') AS due_rule,
CASE WHEN a.in_region_view THEN 1 ELSE 0 END + CASE WHEN a.in_federal_view THEN 2 ELSE 0 END AS
views, CASE WHEN a.answered_at IS NULL AND a.state IN ('received', 'queued', 'assigned',
'in_work', 'disputed') THEN a.due_at END AS due_at, 1 AS total, CASE WHEN a.answered_at >
a.due_at THEN 1 ELSE 0 END AS late, CASE WHEN a.answered_at IS NULL THEN 0 ELSE 1 END AS
answered, CASE WHEN a.answered_at IS NULL THEN 0 ELSE extract(epoch FROM a.answered_at -
a.received_at)::bigint END AS seconds, CASE WHEN a.outcome = 'solved' AND a.state IN
('answered', 'closed') THEN 1 ELSE 0 END AS solved, CASE WHEN a.reworks > 0 THEN 1 ELSE 0 END AS
reworked, CASE WHEN a.mark IS NULL THEN 0 ELSE 1 END AS marks, coalesce(a.mark, 0) AS mark_sum,
CASE WHEN a.answered_at IS NOT NULL THEN extract(day FROM a.answered_at -
a.received_at)::integer END AS days FROM taken a EXCEPT ALL SELECT a.received_at AS received_at,
a.state AS state, coalesce(a.outcome, '') AS outcome, coalesce(a.block, '') AS block,
coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS body_id, coalesce(a.municipality, '')
AS municipality, a.channel AS channel, a.regime AS regime, coalesce(a.due_rule, '') AS due_rule,
CASE WHEN a.in_region_view THEN 1 ELSE 0 END + CASE WHEN a.in_federal_view THEN 2 ELSE 0 END AS
views, CASE WHEN a.answered_at IS NULL AND a.state IN ('received', 'queued', 'assigned',
'in_work', 'disputed') THEN a.due_at END AS due_at, 1 AS total, CASE WHEN a.answered_at >
a.due_at THEN 1 ELSE 0 END AS late, CASE WHEN a.answered_at IS NULL THEN 0 ELSE 1 END AS
answered, CASE WHEN a.answered_at IS NULL THEN 0 ELSE extract(epoch FROM a.answered_at -
a.received_at)::bigint END AS seconds, CASE WHEN a.outcome = 'solved' AND a.state IN
('answered', 'closed') THEN 1 ELSE 0 END AS solved, CASE WHEN a.reworks > 0 THEN 1 ELSE 0 END AS
reworked, CASE WHEN a.mark IS NULL THEN 0 ELSE 1 END AS marks, coalesce(a.mark, 0) AS mark_sum,
CASE WHEN a.answered_at IS NOT NULL THEN extract(day FROM a.answered_at -
a.received_at)::integer END AS days FROM added a) c UNION ALL SELECT received_at, state,
outcome, block, theme, body_id, municipality, channel, regime, due_rule, views, due_at, total,
late, answered, seconds, solved, reworked, marks, mark_sum, days, false FROM (SELECT
a.received_at AS received_at, a.state AS state, coalesce(a.outcome, '') AS outcome,
coalesce(a.block, '') AS block, coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS
body_id, coalesce(a.municipality, '') AS municipality, a.channel AS channel, a.regime AS regime,
coalesce(a.due_rule, '') AS due_rule, CASE WHEN a.in_region_view THEN 1 ELSE 0 END + CASE WHEN
a.in_federal_view THEN 2 ELSE 0 END AS views, CASE WHEN a.answered_at IS NULL AND a.state IN
('received', 'queued', 'assigned', 'in_work', 'disputed') THEN a.due_at END AS due_at, 1 AS
total, CASE WHEN a.answered_at > a.due_at THEN 1 ELSE 0 END AS late, CASE WHEN a.answered_at IS
NULL THEN 0 ELSE 1 END AS answered, CASE WHEN a.answered_at IS NULL THEN 0 ELSE extract(epoch
FROM a.answered_at - a.received_at)::bigint END AS seconds, CASE WHEN a.outcome = 'solved' AND
a.state IN ('answered', 'closed') THEN 1 ELSE 0 END AS solved, CASE WHEN a.reworks > 0 THEN 1
ELSE 0 END AS reworked, CASE WHEN a.mark IS NULL THEN 0 ELSE 1 END AS marks, coalesce(a.mark, 0)
AS mark_sum, CASE WHEN a.answered_at IS NOT NULL THEN extract(day FROM a.answered_at -
a.received_at)::integer END AS days FROM added a EXCEPT ALL SELECT a.received_at AS received_at,
a.state AS state, coalesce(a.outcome, '') AS outcome, coalesce(a.block, '') AS block,
coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS body_id, coalesce(a.municipality, '')
AS municipality, a.channel AS channel, a.regime AS regime, coalesce(a.due_rule, '') AS due_rule,
CASE WHEN a.in_region_view THEN 1 ELSE 0 END + CASE WHEN a.in_federal_view THEN 2 ELSE 0 END AS
views, CASE WHEN a.answered_at IS NULL AND a.state IN ('received', 'queued', 'assigned',
'in_work', 'disputed') THEN a.due_at END AS due_at, 1 AS total, CASE WHEN a.answered_at >
a.due_at THEN 1 ELSE 0 END AS late, CASE WHEN a.answered_at IS NULL THEN 0 ELSE 1 END AS
answered, CASE WHEN a.answered_at IS NULL THEN 0 ELSE extract(epoch FROM a.answered_at -
a.received_at)::bigint END AS seconds, CASE WHEN a.outcome = 'solved' AND a.state IN
('answered', 'closed') THEN 1 ELSE 0 END AS solved, CASE WHEN a.reworks > 0 THEN 1 ELSE 0 END AS
reworked, CASE WHEN a.mark IS NULL THEN 0 ELSE 1 END AS marks, coalesce(a.mark, 0) AS mark_sum,
CASE WHEN a.answered_at IS NOT NULL THEN extract(day FROM a.answered_at -
a.received_at)::integer END AS days FROM taken a) c; RETURN NULL; END $$

CREATE TRIGGER appeal_rollup_update AFTER UPDATE ON appeal REFERENCING OLD TABLE AS taken NEW
TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION appeal_rollup_update()

CREATE OR REPLACE FUNCTION appeal_rollup_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO rollup_change (received_at, state, outcome, block, theme, body_id, municipality,
channel, regime, due_rule, views, due_at, total, late, answered, seconds, solved, reworked,
marks, mark_sum, days, folding) SELECT received_at, state, outcome, block, theme, body_id,
municipality, channel, regime, due_rule, views, due_at, -total, -late, -answered, -seconds,
-solved, -reworked, -marks, -mark_sum, days, false FROM (SELECT a.received_at AS received_at,
a.state AS state, coalesce(a.outcome, '') AS outcome, coalesce(a.block, '') AS block,
coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS body_id, coalesce(a.municipality, '')
AS municipality, a.channel AS channel, a.regime AS regime, coalesce(a.due_rule, '') AS due_rule,
CASE WHEN a.in_region_view THEN 1 ELSE 0 END + CASE WHEN a.in_federal_view THEN 2 ELSE 0 END AS
views, CASE WHEN a.answered_at IS NULL AND a.state IN ('received', 'queued', 'assigned',
'in_work', 'disputed') THEN a.due_at END AS due_at, 1 AS total, CASE WHEN a.answered_at >
a.due_at THEN 1 ELSE 0 END AS late, CASE WHEN a.answered_at IS NULL THEN 0 ELSE 1 END AS
answered, CASE WHEN a.answered_at IS NULL THEN 0 ELSE extract(epoch FROM a.answered_at -
a.received_at)::bigint END AS seconds, CASE WHEN a.outcome = 'solved' AND a.state IN
('answered', 'closed') THEN 1 ELSE 0 END AS solved, CASE WHEN a.reworks > 0 THEN 1 ELSE 0 END AS
reworked, CASE WHEN a.mark IS NULL THEN 0 ELSE 1 END AS marks, coalesce(a.mark, 0) AS mark_sum,
CASE WHEN a.answered_at IS NOT NULL THEN extract(day FROM a.answered_at -
a.received_at)::integer END AS days FROM taken a) c; RETURN NULL; END $$

CREATE TRIGGER appeal_rollup_delete AFTER DELETE ON appeal REFERENCING OLD TABLE AS taken FOR
EACH STATEMENT EXECUTE FUNCTION appeal_rollup_delete()
