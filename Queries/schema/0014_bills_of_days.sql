-- Which bills were imported when a day was reported: a bill changes what was reported, without another collection.
ALTER TABLE reported_day ADD COLUMN bills INTEGER NOT NULL DEFAULT 0; -- grows with every import; 0: none yet
