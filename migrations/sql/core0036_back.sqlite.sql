CREATE TRIGGER journal_refuse_update BEFORE update ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END

CREATE TRIGGER ledger_refuse_update BEFORE update ON ledger
BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END

CREATE TRIGGER note_refuse_update BEFORE update ON note
BEGIN SELECT RAISE(ABORT, 'note is append-only'); END

CREATE TRIGGER seal_leaf_refuse_update BEFORE update ON seal_leaf
BEGIN SELECT RAISE(ABORT, 'seal_leaf is append-only'); END
