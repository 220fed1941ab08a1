CREATE OR REPLACE FUNCTION appeal_rollup_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO rollup_change (received_at, state, outcome, block, theme, body_id, municipality,
channel, regime, due_rule, views, late_at, total, late, answered, seconds, solved, reworked,
marks, mark_sum, statute_late, mechanism_late, not_established, days, folding) SELECT
received_at, state, outcome, block, theme, body_id, municipality, channel, regime, due_rule,
views, late_at, total, late, answered, seconds, solved, reworked, marks, mark_sum, statute_late,
mechanism_late, not_established, days, false FROM (SELECT a.received_at AS received_at, a.state
AS state, coalesce(a.outcome, '') AS outcome, coalesce(a.block, '') AS block, coalesce(a.theme,
'') AS theme, coalesce(a.body_id, 0) AS body_id, coalesce(a.municipality, '') AS municipality,
a.channel AS channel, a.regime AS regime, coalesce(a.due_rule, '') AS due_rule, CASE WHEN
a.in_region_view THEN 1 ELSE 0 END + CASE WHEN a.in_federal_view THEN 2 ELSE 0 END AS views,
CASE WHEN a.state IN ('received', 'queued', 'assigned', 'in_work', 'disputed') THEN a.late_at
END AS late_at, 1 AS total, CASE WHEN a.late_at IS NOT NULL AND NOT a.state IN ('received',
'queued', 'assigned', 'in_work', 'disputed') THEN 1 ELSE 0 END AS late, CASE WHEN a.answered_at
IS NULL THEN 0 ELSE 1 END AS answered, CASE WHEN a.answered_at IS NULL THEN 0 ELSE extract(epoch
FROM a.answered_at - a.received_at)::bigint END AS seconds, CASE WHEN a.outcome = 'solved' AND
a.state IN ('answered', 'closed') THEN 1 ELSE 0 END AS solved, CASE WHEN a.reworks > 0 THEN 1
ELSE 0 END AS reworked, CASE WHEN a.mark IS NULL THEN 0 ELSE 1 END AS marks, coalesce(a.mark, 0)
AS mark_sum, CASE WHEN a.statute_late THEN 1 ELSE 0 END AS statute_late, CASE WHEN
a.mechanism_late THEN 1 ELSE 0 END AS mechanism_late, CASE WHEN a.not_established THEN 1 ELSE 0
END AS not_established, CASE WHEN a.answered_at IS NOT NULL THEN extract(day FROM a.answered_at
- a.received_at)::integer END AS days FROM added a) c; RETURN NULL; END $$

CREATE TRIGGER appeal_rollup_insert AFTER INSERT ON appeal REFERENCING NEW TABLE AS added FOR
EACH STATEMENT EXECUTE FUNCTION appeal_rollup_insert()

CREATE OR REPLACE FUNCTION appeal_rollup_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO rollup_change (received_at, state, outcome, block, theme, body_id, municipality,
channel, regime, due_rule, views, late_at, total, late, answered, seconds, solved, reworked,
marks, mark_sum, statute_late, mechanism_late, not_established, days, folding) SELECT
received_at, state, outcome, block, theme, body_id, municipality, channel, regime, due_rule,
views, late_at, -total, -late, -answered, -seconds, -solved, -reworked, -marks, -mark_sum,
-statute_late, -mechanism_late, -not_established, days, false FROM (SELECT a.received_at AS
received_at, a.state AS state, coalesce(a.outcome, '') AS outcome, coalesce(a.block, '') AS
block, coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS body_id,
coalesce(a.municipality, '') AS municipality, a.channel AS channel, a.regime AS regime,
coalesce(a.due_rule, '') AS due_rule, CASE WHEN a.in_region_view THEN 1 ELSE 0 END + CASE WHEN
a.in_federal_view THEN 2 ELSE 0 END AS views, CASE WHEN a.state IN ('received', 'queued',
'assigned', 'in_work', 'disputed') THEN a.late_at END AS late_at, 1 AS total, CASE WHEN
a.late_at IS NOT NULL AND NOT a.state IN ('received', 'queued', 'assigned', 'in_work',
'disputed') THEN 1 ELSE 0 END AS late, CASE WHEN a.answered_at IS NULL THEN 0 ELSE 1 END AS
answered, CASE WHEN a.answered_at IS NULL THEN 0 ELSE extract(epoch FROM a.answered_at -
a.received_at)::bigint END AS seconds, CASE WHEN a.outcome = 'solved' AND a.state IN
('answered', 'closed') THEN 1 ELSE 0 END AS solved, CASE WHEN a.reworks > 0 THEN 1 ELSE 0 END AS
reworked, CASE WHEN a.mark IS NULL THEN 0 ELSE 1 END AS marks, coalesce(a.mark, 0) AS mark_sum,
CASE WHEN a.statute_late THEN 1 ELSE 0 END AS statute_late, CASE WHEN a.mechanism_late THEN 1
ELSE 0 END AS mechanism_late, CASE WHEN a.not_established THEN 1 ELSE 0 END AS not_established,
CASE WHEN a.answered_at IS NOT NULL THEN extract(day FROM a.answered_at -
a.received_at)::integer END AS days FROM taken a EXCEPT ALL SELECT a.received_at AS received_at,
a.state AS state, coalesce(a.outcome, '') AS outcome, coalesce(a.block, '') AS block,
coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS body_id, coalesce(a.municipality, '')
AS municipality, a.channel AS channel, a.regime AS regime, coalesce(a.due_rule, '') AS due_rule,
CASE WHEN a.in_region_view THEN 1 ELSE 0 END + CASE WHEN a.in_federal_view THEN 2 ELSE 0 END AS
views, CASE WHEN a.state IN ('received', 'queued', 'assigned', 'in_work', 'disputed') THEN
a.late_at END AS late_at, 1 AS total, CASE WHEN a.late_at IS NOT NULL AND NOT a.state IN
('received', 'queued', 'assigned', 'in_work', 'disputed') THEN 1 ELSE 0 END AS late, CASE WHEN
a.answered_at IS NULL THEN 0 ELSE 1 END AS answered, CASE WHEN a.answered_at IS NULL THEN 0 ELSE
extract(epoch FROM a.answered_at - a.received_at)::bigint END AS seconds, CASE WHEN a.outcome =
'solved' AND a.state IN ('answered', 'closed') THEN 1 ELSE 0 END AS solved, CASE WHEN a.reworks
> 0 THEN 1 ELSE 0 END AS reworked, CASE WHEN a.mark IS NULL THEN 0 ELSE 1 END AS marks,
coalesce(a.mark, 0) AS mark_sum, CASE WHEN a.statute_late THEN 1 ELSE 0 END AS statute_late,
CASE WHEN a.mechanism_late THEN 1 ELSE 0 END AS mechanism_late, CASE WHEN a.not_established THEN
1 ELSE 0 END AS not_established, CASE WHEN a.answered_at IS NOT NULL THEN extract(day FROM
a.answered_at - a.received_at)::integer END AS days FROM added a) c UNION ALL SELECT
received_at, state, outcome, block, theme, body_id, municipality, channel, regime, due_rule,
views, late_at, total, late, answered, seconds, solved, reworked, marks, mark_sum, statute_late,
mechanism_late, not_established, days, false FROM (SELECT a.received_at AS received_at, a.state
AS state, coalesce(a.outcome, '') AS outcome, coalesce(a.block, '') AS block, coalesce(a.theme,
'') AS theme, coalesce(a.body_id, 0) AS body_id, coalesce(a.municipality, '') AS municipality,
a.channel AS channel, a.regime AS regime, coalesce(a.due_rule, '') AS due_rule, CASE WHEN
a.in_region_view THEN 1 ELSE 0 END + CASE WHEN a.in_federal_view THEN 2 ELSE 0 END AS views,
CASE WHEN a.state IN ('received', 'queued', 'assigned', 'in_work', 'disputed') THEN a.late_at
END AS late_at, 1 AS total, CASE WHEN a.late_at IS NOT NULL AND NOT a.state IN ('received',
'queued', 'assigned', 'in_work', 'disputed') THEN 1 ELSE 0 END AS late, CASE WHEN a.answered_at
IS NULL THEN 0 ELSE 1 END AS answered, CASE WHEN a.answered_at IS NULL THEN 0 ELSE extract(epoch
FROM a.answered_at - a.received_at)::bigint END AS seconds, CASE WHEN a.outcome = 'solved' AND
a.state IN ('answered', 'closed') THEN 1 ELSE 0 END AS solved, CASE WHEN a.reworks > 0 THEN 1
ELSE 0 END AS reworked, CASE WHEN a.mark IS NULL THEN 0 ELSE 1 END AS marks, coalesce(a.mark, 0)
AS mark_sum, CASE WHEN a.statute_late THEN 1 ELSE 0 END AS statute_late, CASE WHEN
a.mechanism_late THEN 1 ELSE 0 END AS mechanism_late, CASE WHEN a.not_established THEN 1 ELSE 0
END AS not_established, CASE WHEN a.answered_at IS NOT NULL THEN extract(day FROM a.answered_at
- a.received_at)::integer END AS days FROM added a EXCEPT ALL SELECT a.received_at AS
received_at, a.state AS state, coalesce(a.outcome, '') AS outcome, coalesce(a.block, '') AS
block, coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS body_id,
coalesce(a.municipality, '') AS municipality, a.channel AS channel, a.regime AS regime,
coalesce(a.due_rule, '') AS due_rule, CASE WHEN a.in_region_view THEN 1 ELSE 0 END + CASE WHEN
a.in_federal_view THEN 2 ELSE 0 END AS views, CASE WHEN a.state IN ('received', 'queued',
'assigned', 'in_work', 'disputed') THEN a.late_at END AS late_at, 1 AS total, CASE WHEN
a.late_at IS NOT NULL AND NOT a.state IN ('received', 'queued', 'assigned', 'in_work',
'disputed') THEN 1 ELSE 0 END AS late, CASE WHEN a.answered_at IS NULL THEN 0 ELSE 1 END AS
answered, CASE WHEN a.answered_at IS NULL THEN 0 ELSE extract(epoch FROM a.answered_at -
a.received_at)::bigint END AS seconds, CASE WHEN a.outcome = 'solved' AND a.state IN
('answered', 'closed') THEN 1 ELSE 0 END AS solved, CASE WHEN a.reworks > 0 THEN 1 ELSE 0 END AS
reworked, CASE WHEN a.mark IS NULL THEN 0 ELSE 1 END AS marks, coalesce(a.mark, 0) AS mark_sum,
CASE WHEN a.statute_late THEN 1 ELSE 0 END AS statute_late, CASE WHEN a.mechanism_late THEN 1
ELSE 0 END AS mechanism_late, CASE WHEN a.not_established THEN 1 ELSE 0 END AS not_established,
CASE WHEN a.answered_at IS NOT NULL THEN extract(day FROM a.answered_at -
a.received_at)::integer END AS days FROM taken a) c; RETURN NULL; END $$

CREATE TRIGGER appeal_rollup_update AFTER UPDATE ON appeal REFERENCING OLD TABLE AS taken NEW
TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION appeal_rollup_update()

CREATE OR REPLACE FUNCTION appeal_rollup_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO rollup_change (received_at, state, outcome, block, theme, body_id, municipality,
channel, regime, due_rule, views, late_at, total, late, answered, seconds, solved, reworked,
marks, mark_sum, statute_late, mechanism_late, not_established, days, folding) SELECT
received_at, state, outcome, block, theme, body_id, municipality, channel, regime, due_rule,
views, late_at, -total, -late, -answered, -seconds, -solved, -reworked, -marks, -mark_sum,
-statute_late, -mechanism_late, -not_established, days, false FROM (SELECT a.received_at AS
received_at, a.state AS state, coalesce(a.outcome, '') AS outcome, coalesce(a.block, '') AS
block, coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS body_id,
coalesce(a.municipality, '') AS municipality, a.channel AS channel, a.regime AS regime,
coalesce(a.due_rule, '') AS due_rule, CASE WHEN a.in_region_view THEN 1 ELSE 0 END + CASE WHEN
a.in_federal_view THEN 2 ELSE 0 END AS views, CASE WHEN a.state IN ('received', 'queued',
'assigned', 'in_work', 'disputed') THEN a.late_at END AS late_at, 1 AS total, CASE WHEN
a.late_at IS NOT NULL AND NOT a.state IN ('received', 'queued', 'assigned', 'in_work',
'disputed') THEN 1 ELSE 0 END AS late, CASE WHEN a.answered_at IS NULL THEN 0 ELSE 1 END AS
answered, CASE WHEN a.answered_at IS NULL THEN 0 ELSE extract(epoch FROM a.answered_at -
a.received_at)::bigint END AS seconds, CASE WHEN a.outcome = 'solved' AND a.state IN
('answered', 'closed') THEN 1 ELSE 0 END AS solved, CASE WHEN a.reworks > 0 THEN 1 ELSE 0 END AS
reworked, CASE WHEN a.mark IS NULL THEN 0 ELSE 1 END AS marks, coalesce(a.mark, 0) AS mark_sum,
CASE WHEN a.statute_late THEN 1 ELSE 0 END AS statute_late, CASE WHEN a.mechanism_late THEN 1
ELSE 0 END AS mechanism_late, CASE WHEN a.not_established THEN 1 ELSE 0 END AS not_established,
CASE WHEN a.answered_at IS NOT NULL THEN extract(day FROM a.answered_at -
a.received_at)::integer END AS days FROM taken a) c; RETURN NULL; END $$

CREATE TRIGGER appeal_rollup_delete AFTER DELETE ON appeal REFERENCING OLD TABLE AS taken FOR
EACH STATEMENT EXECUTE FUNCTION appeal_rollup_delete()
