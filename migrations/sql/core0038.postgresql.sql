CREATE TRIGGER document_version_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON document_version
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()

CREATE TRIGGER document_receipt_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON document_receipt
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()

CREATE TRIGGER document_letter_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON document_letter
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()

CREATE TRIGGER document_signature_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON document_signature
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
