CREATE TRIGGER decision_waits AFTER INSERT ON decision BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('decision', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER document_version_waits AFTER INSERT ON document_version BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('document_version', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER document_receipt_waits AFTER INSERT ON document_receipt BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('document_receipt', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER document_letter_waits AFTER INSERT ON document_letter BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('document_letter', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER document_signature_waits AFTER INSERT ON document_signature BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('document_signature', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER signature_part_waits AFTER INSERT ON signature_part BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('signature_part', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER signature_stamp_waits AFTER INSERT ON signature_stamp BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('signature_stamp', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER rating_version_waits AFTER INSERT ON rating_version BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('rating_version', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER evidence_package_waits AFTER INSERT ON evidence_package BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('evidence_package', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER rating_waits AFTER INSERT ON rating BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('rating', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER rating_objection_waits AFTER INSERT ON rating_objection BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('rating_objection', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER rating_release_waits AFTER INSERT ON rating_release BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('rating_release', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER summary_waits AFTER INSERT ON summary BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('summary', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER rating_waits_again AFTER UPDATE ON rating BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('rating', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER rating_objection_waits_again AFTER UPDATE ON rating_objection BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('rating_objection', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER rating_release_waits_again AFTER UPDATE ON rating_release BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('rating_release', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER summary_waits_again AFTER UPDATE ON summary BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('summary', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER rating_version_refuse_update BEFORE update ON rating_version
BEGIN SELECT RAISE(ABORT, 'rating_version is append-only'); END

CREATE TRIGGER rating_version_refuse_delete BEFORE delete ON rating_version
BEGIN SELECT RAISE(ABORT, 'rating_version is append-only'); END

CREATE TRIGGER rating_case_refuse_update BEFORE update ON rating_case
BEGIN SELECT RAISE(ABORT, 'rating_case is append-only'); END

CREATE TRIGGER rating_case_refuse_delete BEFORE delete ON rating_case
BEGIN SELECT RAISE(ABORT, 'rating_case is append-only'); END

CREATE TRIGGER document_version_refuse_replace BEFORE INSERT ON document_version
WHEN EXISTS (SELECT 1 FROM document_version WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'document_version is append-only'); END

CREATE TRIGGER document_receipt_refuse_replace BEFORE INSERT ON document_receipt
WHEN EXISTS (SELECT 1 FROM document_receipt WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'document_receipt is append-only'); END

CREATE TRIGGER document_letter_refuse_replace BEFORE INSERT ON document_letter
WHEN EXISTS (SELECT 1 FROM document_letter WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'document_letter is append-only'); END

CREATE TRIGGER document_signature_refuse_replace BEFORE INSERT ON document_signature
WHEN EXISTS (SELECT 1 FROM document_signature WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'document_signature is append-only'); END

CREATE TRIGGER signature_part_refuse_replace BEFORE INSERT ON signature_part
WHEN EXISTS (SELECT 1 FROM signature_part WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'signature_part is append-only'); END

CREATE TRIGGER signature_stamp_refuse_replace BEFORE INSERT ON signature_stamp
WHEN EXISTS (SELECT 1 FROM signature_stamp WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'signature_stamp is append-only'); END

CREATE TRIGGER rating_version_refuse_replace BEFORE INSERT ON rating_version
WHEN EXISTS (SELECT 1 FROM rating_version WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'rating_version is append-only'); END

CREATE TRIGGER evidence_package_refuse_replace BEFORE INSERT ON evidence_package
WHEN EXISTS (SELECT 1 FROM evidence_package WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'evidence_package is append-only'); END
