CREATE TRIGGER evidence_package_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON evidence_package
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()

