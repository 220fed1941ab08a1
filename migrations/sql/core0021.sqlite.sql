CREATE TRIGGER appeal_rollup_insert AFTER INSERT ON appeal BEGIN INSERT INTO rollup_change
(received_at, state, outcome, block, theme, body_id, municipality, channel, regime, due_rule,
views, late_at, total, late, answered, seconds, solved, reworked, marks, mark_sum, statute_late,
mechanism_late, not_established, days, folding) SELECT new.received_at, new.state,
coalesce(new.outcome, ''), coalesce(new.block, ''), coalesce(new.theme, ''),
coalesce(new.body_id, 0), coalesce(new.municipality, ''), new.channel, new.regime,
coalesce(new.due_rule, ''), CASE WHEN new.in_region_view THEN 1 ELSE 0 END + CASE WHEN
new.in_federal_view THEN 2 ELSE 0 END, CASE WHEN new.state IN ('received', 'queued', 'assigned',
'in_work', 'disputed') THEN new.late_at END, 1, CASE WHEN new.late_at IS NOT NULL AND NOT
new.state IN ('received', 'queued', 'assigned', 'in_work', 'disputed') THEN 1 ELSE 0 END, CASE
WHEN new.answered_at IS NULL THEN 0 ELSE 1 END, CASE WHEN new.answered_at IS NULL THEN 0 ELSE
CAST(strftime('%s', new.answered_at) AS INTEGER) - CAST(strftime('%s', new.received_at) AS
INTEGER) END, CASE WHEN new.outcome = 'solved' AND new.state IN ('answered', 'closed') THEN 1
ELSE 0 END, CASE WHEN new.reworks > 0 THEN 1 ELSE 0 END, CASE WHEN new.mark IS NULL THEN 0 ELSE
1 END, coalesce(new.mark, 0), CASE WHEN new.statute_late THEN 1 ELSE 0 END, CASE WHEN
new.mechanism_late THEN 1 ELSE 0 END, CASE WHEN new.not_established THEN 1 ELSE 0 END, CASE WHEN
new.answered_at IS NOT NULL THEN (CAST(strftime('%s', new.answered_at) AS INTEGER) -
CAST(strftime('%s', new.received_at) AS INTEGER) - (substr(new.answered_at, 20) <
substr(new.received_at, 20))) / 86400 END, false; END

CREATE TRIGGER appeal_rollup_update AFTER UPDATE ON appeal WHEN old.state IS NOT new.state OR
old.outcome IS NOT new.outcome OR old.block IS NOT new.block OR old.theme IS NOT new.theme OR
old.body_id IS NOT new.body_id OR old.municipality IS NOT new.municipality OR old.channel IS NOT
new.channel OR old.regime IS NOT new.regime OR old.due_rule IS NOT new.due_rule OR
old.in_region_view IS NOT new.in_region_view OR old.in_federal_view IS NOT new.in_federal_view
OR old.late_at IS NOT new.late_at OR old.answered_at IS NOT new.answered_at OR old.received_at
IS NOT new.received_at OR old.reworks IS NOT new.reworks OR old.mark IS NOT new.mark OR
old.statute_late IS NOT new.statute_late OR old.mechanism_late IS NOT new.mechanism_late OR
old.not_established IS NOT new.not_established BEGIN INSERT INTO rollup_change (received_at,
state, outcome, block, theme, body_id, municipality, channel, regime, due_rule, views, late_at,
total, late, answered, seconds, solved, reworked, marks, mark_sum, statute_late, mechanism_late,
not_established, days, folding) SELECT old.received_at, old.state, coalesce(old.outcome, ''),
coalesce(old.block, ''), coalesce(old.theme, ''), coalesce(old.body_id, 0),
coalesce(old.municipality, ''), old.channel, old.regime, coalesce(old.due_rule, ''), CASE WHEN
old.in_region_view THEN 1 ELSE 0 END + CASE WHEN old.in_federal_view THEN 2 ELSE 0 END, CASE
WHEN old.state IN ('received', 'queued', 'assigned', 'in_work', 'disputed') THEN old.late_at
END, -(1), -(CASE WHEN old.late_at IS NOT NULL AND NOT old.state IN ('received', 'queued',
'assigned', 'in_work', 'disputed') THEN 1 ELSE 0 END), -(CASE WHEN old.answered_at IS NULL THEN
0 ELSE 1 END), -(CASE WHEN old.answered_at IS NULL THEN 0 ELSE CAST(strftime('%s',
old.answered_at) AS INTEGER) - CAST(strftime('%s', old.received_at) AS INTEGER) END), -(CASE
WHEN old.outcome = 'solved' AND old.state IN ('answered', 'closed') THEN 1 ELSE 0 END), -(CASE
WHEN old.reworks > 0 THEN 1 ELSE 0 END), -(CASE WHEN old.mark IS NULL THEN 0 ELSE 1 END),
-(coalesce(old.mark, 0)), -(CASE WHEN old.statute_late THEN 1 ELSE 0 END), -(CASE WHEN
old.mechanism_late THEN 1 ELSE 0 END), -(CASE WHEN old.not_established THEN 1 ELSE 0 END), CASE
WHEN old.answered_at IS NOT NULL THEN (CAST(strftime('%s', old.answered_at) AS INTEGER) -
CAST(strftime('%s', old.received_at) AS INTEGER) - (substr(old.answered_at, 20) <
substr(old.received_at, 20))) / 86400 END, false;INSERT INTO rollup_change (received_at, state,
outcome, block, theme, body_id, municipality, channel, regime, due_rule, views, late_at, total,
late, answered, seconds, solved, reworked, marks, mark_sum, statute_late, mechanism_late,
not_established, days, folding) SELECT new.received_at, new.state, coalesce(new.outcome, ''),
coalesce(new.block, ''), coalesce(new.theme, ''), coalesce(new.body_id, 0),
coalesce(new.municipality, ''), new.channel, new.regime, coalesce(new.due_rule, ''), CASE WHEN
new.in_region_view THEN 1 ELSE 0 END + CASE WHEN new.in_federal_view THEN 2 ELSE 0 END, CASE
WHEN new.state IN ('received', 'queued', 'assigned', 'in_work', 'disputed') THEN new.late_at
END, 1, CASE WHEN new.late_at IS NOT NULL AND NOT new.state IN ('received', 'queued',
'assigned', 'in_work', 'disputed') THEN 1 ELSE 0 END, CASE WHEN new.answered_at IS NULL THEN 0
ELSE 1 END, CASE WHEN new.answered_at IS NULL THEN 0 ELSE CAST(strftime('%s', new.answered_at)
AS INTEGER) - CAST(strftime('%s', new.received_at) AS INTEGER) END, CASE WHEN new.outcome =
'solved' AND new.state IN ('answered', 'closed') THEN 1 ELSE 0 END, CASE WHEN new.reworks > 0
THEN 1 ELSE 0 END, CASE WHEN new.mark IS NULL THEN 0 ELSE 1 END, coalesce(new.mark, 0), CASE
WHEN new.statute_late THEN 1 ELSE 0 END, CASE WHEN new.mechanism_late THEN 1 ELSE 0 END, CASE
WHEN new.not_established THEN 1 ELSE 0 END, CASE WHEN new.answered_at IS NOT NULL THEN
(CAST(strftime('%s', new.answered_at) AS INTEGER) - CAST(strftime('%s', new.received_at) AS
INTEGER) - (substr(new.answered_at, 20) < substr(new.received_at, 20))) / 86400 END, false; END

CREATE TRIGGER appeal_rollup_delete AFTER DELETE ON appeal BEGIN INSERT INTO rollup_change
(received_at, state, outcome, block, theme, body_id, municipality, channel, regime, due_rule,
views, late_at, total, late, answered, seconds, solved, reworked, marks, mark_sum, statute_late,
mechanism_late, not_established, days, folding) SELECT old.received_at, old.state,
coalesce(old.outcome, ''), coalesce(old.block, ''), coalesce(old.theme, ''),
coalesce(old.body_id, 0), coalesce(old.municipality, ''), old.channel, old.regime,
coalesce(old.due_rule, ''), CASE WHEN old.in_region_view THEN 1 ELSE 0 END + CASE WHEN
old.in_federal_view THEN 2 ELSE 0 END, CASE WHEN old.state IN ('received', 'queued', 'assigned',
'in_work', 'disputed') THEN old.late_at END, -(1), -(CASE WHEN old.late_at IS NOT NULL AND NOT
old.state IN ('received', 'queued', 'assigned', 'in_work', 'disputed') THEN 1 ELSE 0 END),
-(CASE WHEN old.answered_at IS NULL THEN 0 ELSE 1 END), -(CASE WHEN old.answered_at IS NULL THEN
0 ELSE CAST(strftime('%s', old.answered_at) AS INTEGER) - CAST(strftime('%s', old.received_at)
AS INTEGER) END), -(CASE WHEN old.outcome = 'solved' AND old.state IN ('answered', 'closed')
THEN 1 ELSE 0 END), -(CASE WHEN old.reworks > 0 THEN 1 ELSE 0 END), -(CASE WHEN old.mark IS NULL
THEN 0 ELSE 1 END), -(coalesce(old.mark, 0)), -(CASE WHEN old.statute_late THEN 1 ELSE 0 END),
-(CASE WHEN old.mechanism_late THEN 1 ELSE 0 END), -(CASE WHEN old.not_established THEN 1 ELSE 0
END), CASE WHEN old.answered_at IS NOT NULL THEN (CAST(strftime('%s', old.answered_at) AS
INTEGER) - CAST(strftime('%s', old.received_at) AS INTEGER) - (substr(old.answered_at, 20) <
substr(old.received_at, 20))) / 86400 END, false; END
