-- What tags are for, and where they get.

-- The keys that the configuration names, copied by every build, so that queries and reports know them.
CREATE TABLE tag_role (
  role TEXT NOT NULL,                    -- team, project, user, workflow
  place INTEGER NOT NULL,                -- order of the keys of one role, from 1
  tag TEXT NOT NULL,                     -- the key
  PRIMARY KEY (role, place)
) STRICT, WITHOUT ROWID;

-- Whether the job's tags are passed on to its ECS task, which alone brings them to the bill.
ALTER TABLE job ADD COLUMN propagate_tags INTEGER; -- 1 or 0; NULL: not told
