CREATE OR REPLACE FUNCTION dispute_rollup_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO dispute_rollup_change (opened_at, verdict, block, theme, body_id, municipality,
due_at, total, late, judged, upheld, seconds, days, folding) SELECT opened_at, verdict, block,
theme, body_id, municipality, due_at, total, late, judged, upheld, seconds, days, false FROM
(SELECT a.opened_at AS opened_at, CASE WHEN a.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN
a.judged_at IS NULL THEN 'open' WHEN a.upheld THEN 'upheld' ELSE 'declined' END AS verdict,
coalesce(a.block, '') AS block, coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS
body_id, coalesce(a.municipality, '') AS municipality, CASE WHEN a.judged_at IS NULL AND
a.withdrawn_at IS NULL THEN a.due_at END AS due_at, 1 AS total, CASE WHEN a.judged_at > a.due_at
THEN 1 ELSE 0 END AS late, CASE WHEN a.judged_at IS NULL THEN 0 ELSE 1 END AS judged, CASE WHEN
a.upheld THEN 1 ELSE 0 END AS upheld, CASE WHEN a.judged_at IS NULL THEN 0 ELSE extract(epoch
FROM a.judged_at - a.opened_at)::bigint END AS seconds, CASE WHEN a.judged_at IS NOT NULL THEN
extract(day FROM a.judged_at - a.opened_at)::integer END AS days FROM added a) c; RETURN NULL;
END $$

CREATE TRIGGER dispute_rollup_insert AFTER INSERT ON dispute REFERENCING NEW TABLE AS added FOR
EACH STATEMENT EXECUTE FUNCTION dispute_rollup_insert()

CREATE OR REPLACE FUNCTION dispute_rollup_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO dispute_rollup_change (opened_at, verdict, block, theme, body_id, municipality,
due_at, total, late, judged, upheld, seconds, days, folding) SELECT opened_at, verdict, block,
theme, body_id, municipality, due_at, -total, -late, -judged, -upheld, -seconds, days, false
FROM (SELECT a.opened_at AS opened_at, CASE WHEN a.withdrawn_at IS NOT NULL THEN 'withdrawn'
WHEN a.judged_at IS NULL THEN 'open' WHEN a.upheld THEN 'upheld' ELSE 'declined' END AS verdict,
coalesce(a.block, '') AS block, coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS
body_id, coalesce(a.municipality, '') AS municipality, CASE WHEN a.judged_at IS NULL AND
a.withdrawn_at IS NULL THEN a.due_at END AS due_at, 1 AS total, CASE WHEN a.judged_at > a.due_at
THEN 1 ELSE 0 END AS late, CASE WHEN a.judged_at IS NULL THEN 0 ELSE 1 END AS judged, CASE WHEN
a.upheld THEN 1 ELSE 0 END AS upheld, CASE WHEN a.judged_at IS NULL THEN 0 ELSE extract(epoch
FROM a.judged_at - a.opened_at)::bigint END AS seconds, CASE WHEN a.judged_at IS NOT NULL THEN
extract(day FROM a.judged_at - a.opened_at)::integer END AS days FROM taken a EXCEPT ALL SELECT
a.opened_at AS opened_at, CASE WHEN a.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN a.judged_at
IS NULL THEN 'open' WHEN a.upheld THEN 'upheld' ELSE 'declined' END AS verdict,
coalesce(a.block, '') AS block, coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS
body_id, coalesce(a.municipality, '') AS municipality, CASE WHEN a.judged_at IS NULL AND
a.withdrawn_at IS NULL THEN a.due_at END AS due_at, 1 AS total, CASE WHEN a.judged_at > a.due_at
THEN 1 ELSE 0 END AS late, CASE WHEN a.judged_at IS NULL THEN 0 ELSE 1 END AS judged, CASE WHEN
a.upheld THEN 1 ELSE 0 END AS upheld, CASE WHEN a.judged_at IS NULL THEN 0 ELSE extract(epoch
FROM a.judged_at - a.opened_at)::bigint END AS seconds, CASE WHEN a.judged_at IS NOT NULL THEN
extract(day FROM a.judged_at - a.opened_at)::integer END AS days FROM added a) c UNION ALL
SELECT opened_at, verdict, block, theme, body_id, municipality, due_at, total, late, judged,
upheld, seconds, days, false FROM (SELECT a.opened_at AS opened_at, CASE WHEN a.withdrawn_at IS
NOT NULL THEN 'withdrawn' WHEN a.judged_at IS NULL THEN 'open' WHEN a.upheld THEN 'upheld' ELSE
'declined' END AS verdict, coalesce(a.block, '') AS block, coalesce(a.theme, '') AS theme,
coalesce(a.body_id, 0) AS body_id, coalesce(a.municipality, '') AS municipality, CASE WHEN
a.judged_at IS NULL AND a.withdrawn_at IS NULL THEN a.due_at END AS due_at, 1 AS total, CASE
WHEN a.judged_at > a.due_at THEN 1 ELSE 0 END AS late, CASE WHEN a.judged_at IS NULL THEN 0 ELSE
1 END AS judged, CASE WHEN a.upheld THEN 1 ELSE 0 END AS upheld, CASE WHEN a.judged_at IS NULL
THEN 0 ELSE extract(epoch FROM a.judged_at - a.opened_at)::bigint END AS seconds, CASE WHEN
a.judged_at IS NOT NULL THEN extract(day FROM a.judged_at - a.opened_at)::integer END AS days
FROM added a EXCEPT ALL SELECT a.opened_at AS opened_at, CASE WHEN a.withdrawn_at IS NOT NULL
THEN 'withdrawn' WHEN a.judged_at IS NULL THEN 'open' WHEN a.upheld THEN 'upheld' ELSE
'declined' END AS verdict, coalesce(a.block, '') AS block, coalesce(a.theme, '') AS theme,
coalesce(a.body_id, 0) AS body_id, coalesce(a.municipality, '') AS municipality, CASE WHEN
a.judged_at IS NULL AND a.withdrawn_at IS NULL THEN a.due_at END AS due_at, 1 AS total, CASE
WHEN a.judged_at > a.due_at THEN 1 ELSE 0 END AS late, CASE WHEN a.judged_at IS NULL THEN 0 ELSE
1 END AS judged, CASE WHEN a.upheld THEN 1 ELSE 0 END AS upheld, CASE WHEN a.judged_at IS NULL
THEN 0 ELSE extract(epoch FROM a.judged_at - a.opened_at)::bigint END AS seconds, CASE WHEN
a.judged_at IS NOT NULL THEN extract(day FROM a.judged_at - a.opened_at)::integer END AS days
FROM taken a) c; RETURN NULL; END $$

CREATE TRIGGER dispute_rollup_update AFTER UPDATE ON dispute REFERENCING OLD TABLE AS taken NEW
TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION dispute_rollup_update()

CREATE OR REPLACE FUNCTION dispute_rollup_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO dispute_rollup_change (opened_at, verdict, block, theme, body_id, municipality,
due_at, total, late, judged, upheld, seconds, days, folding) SELECT opened_at, verdict, block,
theme, body_id, municipality, due_at, -total, -late, -judged, -upheld, -seconds, days, false
FROM (SELECT a.opened_at AS opened_at, CASE WHEN a.withdrawn_at IS NOT NULL THEN 'withdrawn'
WHEN a.judged_at IS NULL THEN 'open' WHEN a.upheld THEN 'upheld' ELSE 'declined' END AS verdict,
coalesce(a.block, '') AS block, coalesce(a.theme, '') AS theme, coalesce(a.body_id, 0) AS
body_id, coalesce(a.municipality, '') AS municipality, CASE WHEN a.judged_at IS NULL AND
a.withdrawn_at IS NULL THEN a.due_at END AS due_at, 1 AS total, CASE WHEN a.judged_at > a.due_at
THEN 1 ELSE 0 END AS late, CASE WHEN a.judged_at IS NULL THEN 0 ELSE 1 END AS judged, CASE WHEN
a.upheld THEN 1 ELSE 0 END AS upheld, CASE WHEN a.judged_at IS NULL THEN 0 ELSE extract(epoch
FROM a.judged_at - a.opened_at)::bigint END AS seconds, CASE WHEN a.judged_at IS NOT NULL THEN
extract(day FROM a.judged_at - a.opened_at)::integer END AS days FROM taken a) c; RETURN NULL;
END $$

CREATE TRIGGER dispute_rollup_delete AFTER DELETE ON dispute REFERENCING OLD TABLE AS taken FOR
EACH STATEMENT EXECUTE FUNCTION dispute_rollup_delete()
