CREATE TRIGGER evidence_package_refuse_update BEFORE update ON evidence_package
BEGIN SELECT RAISE(ABORT, 'evidence_package is append-only'); END

CREATE TRIGGER evidence_package_refuse_delete BEFORE delete ON evidence_package
BEGIN SELECT RAISE(ABORT, 'evidence_package is append-only'); END
