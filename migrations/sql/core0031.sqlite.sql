CREATE TRIGGER note_refuse_update BEFORE update ON note
BEGIN SELECT RAISE(ABORT, 'note is append-only'); END

CREATE TRIGGER note_refuse_delete BEFORE delete ON note
BEGIN SELECT RAISE(ABORT, 'note is append-only'); END
