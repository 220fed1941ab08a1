CREATE TRIGGER journal_refuse_replace BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END

CREATE TRIGGER ledger_refuse_replace BEFORE INSERT ON ledger
WHEN EXISTS (SELECT 1 FROM ledger WHERE id = new.id OR (appeal_id = new.appeal_id AND seq = new.seq))
BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END

CREATE TRIGGER decision_refuse_replace BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE id = new.id OR (chain_id = new.chain_id AND step = new.step AND seat = new.seat))
BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END

CREATE TRIGGER note_refuse_replace BEFORE INSERT ON note
WHEN EXISTS (SELECT 1 FROM note WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'note is append-only'); END

CREATE TRIGGER seal_leaf_refuse_replace BEFORE INSERT ON seal_leaf
WHEN EXISTS (SELECT 1 FROM seal_leaf WHERE id = new.id OR digest = new.digest)
BEGIN SELECT RAISE(ABORT, 'seal_leaf is append-only'); END

CREATE TRIGGER seal_node_refuse_replace BEFORE INSERT ON seal_node
WHEN EXISTS (SELECT 1 FROM seal_node WHERE id = new.id OR (level = new.level AND place = new.place))
BEGIN SELECT RAISE(ABORT, 'seal_node is append-only'); END

CREATE TRIGGER seal_head_refuse_replace BEFORE INSERT ON seal_head
WHEN EXISTS (SELECT 1 FROM seal_head WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'seal_head is append-only'); END

CREATE TRIGGER seal_leaf_refuse_update BEFORE update ON seal_leaf
BEGIN SELECT RAISE(ABORT, 'seal_leaf is append-only'); END

CREATE TRIGGER seal_leaf_refuse_delete BEFORE delete ON seal_leaf
BEGIN SELECT RAISE(ABORT, 'seal_leaf is append-only'); END

CREATE TRIGGER seal_node_refuse_update BEFORE update ON seal_node
BEGIN SELECT RAISE(ABORT, 'seal_node is append-only'); END

CREATE TRIGGER seal_node_refuse_delete BEFORE delete ON seal_node
BEGIN SELECT RAISE(ABORT, 'seal_node is append-only'); END

CREATE TRIGGER seal_head_refuse_update BEFORE update ON seal_head
BEGIN SELECT RAISE(ABORT, 'seal_head is append-only'); END

CREATE TRIGGER seal_head_refuse_delete BEFORE delete ON seal_head
BEGIN SELECT RAISE(ABORT, 'seal_head is append-only'); END

CREATE TRIGGER journal_waits AFTER INSERT ON journal BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('journal', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER ledger_waits AFTER INSERT ON ledger BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('ledger', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER answer_waits AFTER INSERT ON answer BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('answer', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END

CREATE TRIGGER answer_waits_again AFTER UPDATE ON answer BEGIN
INSERT INTO seal_waiting (kind, row_id, at)
VALUES ('answer', new.id, strftime('%Y-%m-%d %H:%M:%f000', 'now')); END
