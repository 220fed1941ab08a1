"""The hand-written statements: what the limit runs, and what PostGraphile is given as functions."""

from __future__ import annotations

from core.rules.handling import OPEN_STATES

_OPEN = ", ".join(f"'{state}'" for state in sorted(OPEN_STATES))
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
COUNTS = f"""
SELECT body.key, body.name, found.total::int, found.overdue::int
FROM (
    SELECT body_id, count(*) AS total, count(*) FILTER (WHERE
        answered_at > due_at
        OR answered_at IS NULL AND state IN ({_OPEN}) AND due_at < now()
    ) AS overdue
    FROM appeal WHERE received_at >= $1 AND received_at < $2 GROUP BY body_id
) found LEFT JOIN body ON body.id = found.body_id
ORDER BY found.total DESC, found.body_id
"""
FOR_PEERS = f"""
CREATE SCHEMA bench;
CREATE TABLE bench.municipality (key text PRIMARY KEY, name text NOT NULL);
COMMENT ON TABLE appeal IS E'@foreignKey (municipality) references bench.municipality (key)';
COMMENT ON TABLE ledger IS E'@foreignKey (body) references body (key)';
CREATE TYPE bench.body_count AS (key text, name text, total int, overdue int);
CREATE FUNCTION bench.counts(since timestamptz, until timestamptz)
RETURNS SETOF bench.body_count LANGUAGE sql STABLE AS $$ {COUNTS} $$;
"""
