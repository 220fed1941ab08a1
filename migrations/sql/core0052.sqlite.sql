CREATE TRIGGER signature_part_refuse_update BEFORE update ON signature_part
BEGIN SELECT RAISE(ABORT, 'signature_part is append-only'); END

CREATE TRIGGER signature_part_refuse_delete BEFORE delete ON signature_part
BEGIN SELECT RAISE(ABORT, 'signature_part is append-only'); END

CREATE TRIGGER signature_stamp_refuse_update BEFORE update ON signature_stamp
BEGIN SELECT RAISE(ABORT, 'signature_stamp is append-only'); END

CREATE TRIGGER signature_stamp_refuse_delete BEFORE delete ON signature_stamp
BEGIN SELECT RAISE(ABORT, 'signature_stamp is append-only'); END
