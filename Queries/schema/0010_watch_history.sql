-- Whole days of history that a series needs before its days are judged.
ALTER TABLE anomaly_watch ADD COLUMN needed INTEGER NOT NULL DEFAULT 0;
