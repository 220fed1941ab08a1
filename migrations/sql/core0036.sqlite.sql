CREATE TRIGGER journal_refuse_update BEFORE UPDATE ON journal WHEN NOT (coalesce(new.cause, '') = ''
AND coalesce(new.salts, '') = ''
AND new.id IS old.id
AND new.at IS old.at
AND new.actor IS old.actor
AND new.name IS old.name
AND new.subject IS old.subject
AND new.before IS old.before
AND new.after IS old.after
AND new.seal IS old.seal)
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END

CREATE TRIGGER ledger_refuse_update BEFORE UPDATE ON ledger WHEN NOT (coalesce(new.reason, '') = ''
AND coalesce(new.salts, '') = ''
AND new.id IS old.id
AND new.appeal_id IS old.appeal_id
AND new.seq IS old.seq
AND new.fact IS old.fact
AND new.at IS old.at
AND new.recorded_at IS old.recorded_at
AND new.actor IS old.actor
AND new.body IS old.body
AND new.clause IS old.clause
AND new.data IS old.data
AND new.seal IS old.seal)
BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END

CREATE TRIGGER note_refuse_update BEFORE UPDATE ON note WHEN NOT (coalesce(new.text, '') = ''
AND new.id IS old.id
AND new.appeal_id IS old.appeal_id
AND new.corrects_id IS old.corrects_id
AND new.actor IS old.actor
AND new.at IS old.at)
BEGIN SELECT RAISE(ABORT, 'note is append-only'); END

CREATE TRIGGER seal_leaf_refuse_update BEFORE UPDATE ON seal_leaf WHEN NOT (coalesce(new.salts, '') = ''
AND new.id IS old.id
AND new.kind IS old.kind
AND new.row_id IS old.row_id
AND new.form IS old.form
AND new.digest IS old.digest
AND new.seal IS old.seal
AND new.fault IS old.fault)
BEGIN SELECT RAISE(ABORT, 'seal_leaf is append-only'); END
