"""The hand-written statements: what the limit runs, and what PostGraphile is given as functions."""

from __future__ import annotations

_CARD = """appeal.id, appeal.number, appeal.external_id, appeal.topic, appeal.regime,
    appeal.state, appeal.outcome, appeal.received_at, appeal.registered_at, appeal.due_at,
    appeal.municipality, body.key AS body_key, body.name AS body_name"""

PAGE = f"""
SELECT {_CARD}, appeal.theme, appeal.significant
FROM appeal LEFT JOIN body ON body.id = appeal.body_id
WHERE appeal.block = $1 AND appeal.state = $2 AND (appeal.received_at, appeal.id) < ($3, $4)
ORDER BY appeal.received_at DESC, appeal.id DESC LIMIT 51
"""
LEDGERS = """
SELECT appeal_id, seq, fact, at, body, data FROM ledger WHERE appeal_id = ANY ($1)
ORDER BY appeal_id, seq
"""
LOOKUP = f"""
SELECT {_CARD}, ledger.seq, ledger.fact, ledger.at, ledger.recorded_at, ledger.actor,
    ledger.reason, holder.key AS holder_key, holder.name AS holder_name
FROM appeal LEFT JOIN body ON body.id = appeal.body_id
LEFT JOIN ledger ON ledger.appeal_id = appeal.id
LEFT JOIN body holder ON holder.key = ledger.body
WHERE appeal.id = $1 ORDER BY ledger.seq
"""
READ = """
INSERT INTO journal (at, actor, name, subject, before, after)
VALUES (now(), 'bench', 'content.read', $1, '{}', '{}')
"""
COUNTS = """
WITH asked AS (SELECT $1::timestamptz - interval '1us' AS since, $2::timestamptz AS until),
ends AS (SELECT
    date_trunc('day', since + interval '24:00', '{zone}') AS first_day,
    date_trunc('day', until, '{zone}') AS last_day,
    date_trunc('month', since + interval '1 month', '{zone}') AS first_month,
    date_trunc('month', until, '{zone}') AS last_month
    FROM asked
), pieces AS (
    SELECT 'month' AS level, first_month AS since, last_month AS until FROM ends
    UNION ALL SELECT 'day', first_day, least(first_month, last_day) FROM ends
    UNION ALL SELECT 'day', greatest(first_month, last_month), last_day FROM ends
    UNION ALL SELECT 'hour', $1, least(first_day, $2) FROM ends
    UNION ALL SELECT 'hour', greatest(first_day, last_day), $2 FROM ends
), counted AS (
    SELECT cell.body_id, cell.total, cell.overdue FROM pieces JOIN rollup_cell cell
    ON cell.cut = 'body_id' AND cell.level = pieces.level
    AND cell.start >= pieces.since AND cell.start < pieces.until
    UNION ALL SELECT body_id, total, late + CASE WHEN late_at < now() THEN total ELSE 0 END
    FROM rollup_change WHERE received_at >= $1 AND received_at < $2
    UNION ALL SELECT body_id, 0, total
    FROM rollup_waiting WHERE late_at < now() AND received_at >= $1 AND received_at < $2
)
SELECT body.key, body.name, found.total::int, found.overdue::int
FROM (
    SELECT body_id, sum(total) AS total, sum(overdue) AS overdue FROM counted GROUP BY body_id
) found LEFT JOIN body ON body.id = found.body_id
WHERE found.total > 0 ORDER BY found.total DESC, found.body_id
"""
"""By body, of a period that begins and ends with an hour, out of the product's rollups."""

FOR_PEERS = """
CREATE SCHEMA bench;
CREATE TABLE bench.municipality (key text PRIMARY KEY, name text NOT NULL);
COMMENT ON TABLE appeal IS E'@foreignKey (municipality) references bench.municipality (key)';
COMMENT ON COLUMN appeal.state IS E'@behavior +filterBy';
COMMENT ON TABLE ledger IS E'@foreignKey (body) references body (key)'
'\\n@foreignKey (appeal_id) references appeal (id)';
CREATE TYPE bench.body_count AS (key text, name text, total int, overdue int);
CREATE FUNCTION bench.counts(since timestamptz, until timestamptz)
RETURNS SETOF bench.body_count LANGUAGE sql STABLE AS $$ {counts} $$;
"""
"""With `counts` in place of the name."""
