-- Findings of the ledger about what a lens keeps, and those that are about no resource.
SELECT f.* FROM main.ledger_finding f
WHERE CASE
    WHEN f.check_name = 'unplaced' THEN EXISTS (SELECT 1 FROM unplaced u WHERE u.day = f.day)
    WHEN f.subject IN (SELECT m.name FROM main.resource m WHERE m.id IN (SELECT id FROM resource)) THEN 1
    ELSE f.subject NOT IN (SELECT m.name FROM main.resource m)
  END
