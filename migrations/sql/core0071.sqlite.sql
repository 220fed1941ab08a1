CREATE TRIGGER rating_figure_waits AFTER INSERT ON rating_figure BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('rating_figure', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER rating_figure_refuse_update BEFORE update ON rating_figure
BEGIN SELECT RAISE(ABORT, 'rating_figure is append-only'); END

CREATE TRIGGER rating_figure_refuse_delete BEFORE delete ON rating_figure
BEGIN SELECT RAISE(ABORT, 'rating_figure is append-only'); END

CREATE TRIGGER rating_figure_refuse_replace BEFORE INSERT ON rating_figure
WHEN EXISTS (SELECT 1 FROM rating_figure WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'rating_figure is append-only'); END
