CREATE FUNCTION refuse_all_but() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        IF coalesce(to_jsonb(NEW) ->> name, '') <> '' THEN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    IF to_jsonb(NEW) - TG_ARGV <> to_jsonb(OLD) - TG_ARGV THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$

CREATE TRIGGER journal_refuse_change BEFORE DELETE OR TRUNCATE ON journal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()

CREATE TRIGGER journal_refuse_update BEFORE UPDATE ON journal
FOR EACH ROW EXECUTE FUNCTION refuse_all_but('cause', 'salts')

CREATE TRIGGER ledger_refuse_change BEFORE DELETE OR TRUNCATE ON ledger
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()

CREATE TRIGGER ledger_refuse_update BEFORE UPDATE ON ledger
FOR EACH ROW EXECUTE FUNCTION refuse_all_but('reason', 'salts')

CREATE TRIGGER note_refuse_change BEFORE DELETE OR TRUNCATE ON note
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()

CREATE TRIGGER note_refuse_update BEFORE UPDATE ON note
FOR EACH ROW EXECUTE FUNCTION refuse_all_but('text')

CREATE TRIGGER seal_leaf_refuse_change BEFORE DELETE OR TRUNCATE ON seal_leaf
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()

CREATE TRIGGER seal_leaf_refuse_update BEFORE UPDATE ON seal_leaf
FOR EACH ROW EXECUTE FUNCTION refuse_all_but('salts')
