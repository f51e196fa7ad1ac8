-- What instances of x86 would have cost as the same sizes of a Graviton family, by ISO week, where the price list
-- knows them. Named, never counted: nothing says whether the jobs' images exist for arm64. Part of the insights.

CREATE TABLE graviton (
  week TEXT NOT NULL,
  compute_environment INTEGER NOT NULL,  -- compute_environment.id
  instance_type TEXT NOT NULL,           -- what ran: c5.xlarge
  sibling TEXT NOT NULL,                 -- the cheapest of its Graviton siblings: c6g.xlarge
  purchase TEXT NOT NULL,                -- by which prices they were compared: on-demand, spot
  cost INTEGER NOT NULL,                 -- of the type in the week, unused cost too
  sibling_cost INTEGER NOT NULL,         -- the same hours at the sibling's price
  PRIMARY KEY (week, compute_environment, instance_type)
) STRICT, WITHOUT ROWID;
