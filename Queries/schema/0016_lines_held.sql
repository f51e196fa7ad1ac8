-- Whether anything was compared, which a difference of nothing does not tell.
ALTER TABLE reconciliation ADD COLUMN held INTEGER NOT NULL DEFAULT 0; -- the bill's lines held against the ledger's charges
UPDATE reconciliation SET held = 1 WHERE ledger <> 0 AND billed <> 0;
