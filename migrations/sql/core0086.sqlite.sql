CREATE TRIGGER rating_series_value_waits AFTER INSERT ON rating_series_value BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('rating_series_value', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER rating_series_value_refuse_update BEFORE update ON rating_series_value
BEGIN SELECT RAISE(ABORT, 'rating_series_value is append-only'); END

CREATE TRIGGER rating_series_value_refuse_delete BEFORE delete ON rating_series_value
BEGIN SELECT RAISE(ABORT, 'rating_series_value is append-only'); END

CREATE TRIGGER rating_series_value_refuse_replace BEFORE INSERT ON rating_series_value
WHEN EXISTS (SELECT 1 FROM rating_series_value WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'rating_series_value is append-only'); END
