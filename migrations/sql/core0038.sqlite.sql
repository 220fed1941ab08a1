CREATE TRIGGER document_version_refuse_update BEFORE update ON document_version
BEGIN SELECT RAISE(ABORT, 'document_version is append-only'); END

CREATE TRIGGER document_version_refuse_delete BEFORE delete ON document_version
BEGIN SELECT RAISE(ABORT, 'document_version is append-only'); END

CREATE TRIGGER document_receipt_refuse_update BEFORE update ON document_receipt
BEGIN SELECT RAISE(ABORT, 'document_receipt is append-only'); END

CREATE TRIGGER document_receipt_refuse_delete BEFORE delete ON document_receipt
BEGIN SELECT RAISE(ABORT, 'document_receipt is append-only'); END

CREATE TRIGGER document_letter_refuse_update BEFORE update ON document_letter
BEGIN SELECT RAISE(ABORT, 'document_letter is append-only'); END

CREATE TRIGGER document_letter_refuse_delete BEFORE delete ON document_letter
BEGIN SELECT RAISE(ABORT, 'document_letter is append-only'); END

CREATE TRIGGER document_signature_refuse_update BEFORE update ON document_signature
BEGIN SELECT RAISE(ABORT, 'document_signature is append-only'); END

CREATE TRIGGER document_signature_refuse_delete BEFORE delete ON document_signature
BEGIN SELECT RAISE(ABORT, 'document_signature is append-only'); END
