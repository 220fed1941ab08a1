CREATE TRIGGER dispute_rollup_insert AFTER INSERT ON dispute BEGIN INSERT INTO
dispute_rollup_change (opened_at, verdict, block, theme, body_id, municipality, due_at, total,
late, judged, upheld, seconds, days, folding) SELECT new.opened_at, CASE WHEN new.withdrawn_at
IS NOT NULL THEN 'withdrawn' WHEN new.judged_at IS NULL THEN 'open' WHEN new.upheld THEN
'upheld' ELSE 'declined' END, coalesce(new.block, ''), coalesce(new.theme, ''),
coalesce(new.body_id, 0), coalesce(new.municipality, ''), CASE WHEN new.judged_at IS NULL AND
new.withdrawn_at IS NULL THEN new.due_at END, 1, CASE WHEN new.judged_at > new.due_at THEN 1
ELSE 0 END, CASE WHEN new.judged_at IS NULL THEN 0 ELSE 1 END, CASE WHEN new.upheld THEN 1 ELSE
0 END, CASE WHEN new.judged_at IS NULL THEN 0 ELSE CAST(strftime('%s', new.judged_at) AS
INTEGER) - CAST(strftime('%s', new.opened_at) AS INTEGER) END, CASE WHEN new.judged_at IS NOT
NULL THEN (CAST(strftime('%s', new.judged_at) AS INTEGER) - CAST(strftime('%s', new.opened_at)
AS INTEGER) - (substr(new.judged_at, 20) < substr(new.opened_at, 20))) / 86400 END, false; END

CREATE TRIGGER dispute_rollup_update AFTER UPDATE ON dispute WHEN old.withdrawn_at IS NOT
new.withdrawn_at OR old.judged_at IS NOT new.judged_at OR old.upheld IS NOT new.upheld OR
old.block IS NOT new.block OR old.theme IS NOT new.theme OR old.body_id IS NOT new.body_id OR
old.municipality IS NOT new.municipality OR old.due_at IS NOT new.due_at OR old.opened_at IS NOT
new.opened_at BEGIN INSERT INTO dispute_rollup_change (opened_at, verdict, block, theme,
body_id, municipality, due_at, total, late, judged, upheld, seconds, days, folding) SELECT
old.opened_at, CASE WHEN old.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN old.judged_at IS
NULL THEN 'open' WHEN old.upheld THEN 'upheld' ELSE 'declined' END, coalesce(old.block, ''),
coalesce(old.theme, ''), coalesce(old.body_id, 0), coalesce(old.municipality, ''), CASE WHEN
old.judged_at IS NULL AND old.withdrawn_at IS NULL THEN old.due_at END, -(1), -(CASE WHEN
old.judged_at > old.due_at THEN 1 ELSE 0 END), -(CASE WHEN old.judged_at IS NULL THEN 0 ELSE 1
END), -(CASE WHEN old.upheld THEN 1 ELSE 0 END), -(CASE WHEN old.judged_at IS NULL THEN 0 ELSE
CAST(strftime('%s', old.judged_at) AS INTEGER) - CAST(strftime('%s', old.opened_at) AS INTEGER)
END), CASE WHEN old.judged_at IS NOT NULL THEN (CAST(strftime('%s', old.judged_at) AS INTEGER) -
CAST(strftime('%s', old.opened_at) AS INTEGER) - (substr(old.judged_at, 20) <
substr(old.opened_at, 20))) / 86400 END, false;INSERT INTO dispute_rollup_change (opened_at,
verdict, block, theme, body_id, municipality, due_at, total, late, judged, upheld, seconds,
days, folding) SELECT new.opened_at, CASE WHEN new.withdrawn_at IS NOT NULL THEN 'withdrawn'
WHEN new.judged_at IS NULL THEN 'open' WHEN new.upheld THEN 'upheld' ELSE 'declined' END,
coalesce(new.block, ''), coalesce(new.theme, ''), coalesce(new.body_id, 0),
coalesce(new.municipality, ''), CASE WHEN new.judged_at IS NULL AND new.withdrawn_at IS NULL
THEN new.due_at END, 1, CASE WHEN new.judged_at > new.due_at THEN 1 ELSE 0 END, CASE WHEN
new.judged_at IS NULL THEN 0 ELSE 1 END, CASE WHEN new.upheld THEN 1 ELSE 0 END, CASE WHEN
new.judged_at IS NULL THEN 0 ELSE CAST(strftime('%s', new.judged_at) AS INTEGER) -
CAST(strftime('%s', new.opened_at) AS INTEGER) END, CASE WHEN new.judged_at IS NOT NULL THEN
(CAST(strftime('%s', new.judged_at) AS INTEGER) - CAST(strftime('%s', new.opened_at) AS INTEGER)
- (substr(new.judged_at, 20) < substr(new.opened_at, 20))) / 86400 END, false; END

CREATE TRIGGER dispute_rollup_delete AFTER DELETE ON dispute BEGIN INSERT INTO
dispute_rollup_change (opened_at, verdict, block, theme, body_id, municipality, due_at, total,
late, judged, upheld, seconds, days, folding) SELECT old.opened_at, CASE WHEN old.withdrawn_at
IS NOT NULL THEN 'withdrawn' WHEN old.judged_at IS NULL THEN 'open' WHEN old.upheld THEN
'upheld' ELSE 'declined' END, coalesce(old.block, ''), coalesce(old.theme, ''),
coalesce(old.body_id, 0), coalesce(old.municipality, ''), CASE WHEN old.judged_at IS NULL AND
old.withdrawn_at IS NULL THEN old.due_at END, -(1), -(CASE WHEN old.judged_at > old.due_at THEN
1 ELSE 0 END), -(CASE WHEN old.judged_at IS NULL THEN 0 ELSE 1 END), -(CASE WHEN old.upheld THEN
1 ELSE 0 END), -(CASE WHEN old.judged_at IS NULL THEN 0 ELSE CAST(strftime('%s', old.judged_at)
AS INTEGER) - CAST(strftime('%s', old.opened_at) AS INTEGER) END), CASE WHEN old.judged_at IS
NOT NULL THEN (CAST(strftime('%s', old.judged_at) AS INTEGER) - CAST(strftime('%s',
old.opened_at) AS INTEGER) - (substr(old.judged_at, 20) < substr(old.opened_at, 20))) / 86400
END, false; END
