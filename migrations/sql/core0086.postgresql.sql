CREATE TRIGGER rating_series_value_waits AFTER INSERT ON rating_series_value REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT EXECUTE FUNCTION seal_waits()

CREATE TRIGGER rating_series_value_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON rating_series_value
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
