-- Used memory that no measurement gave.
ALTER TABLE right_sizing ADD COLUMN used_mib_imputed INTEGER NOT NULL DEFAULT 0;  -- 1: used_mib_p95 is what a job that ran out of memory is taken to need
