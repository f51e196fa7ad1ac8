-- What the advice for a week was computed from, apart from what ran in it: prices, environments, names.
CREATE TABLE advice_week (
  week TEXT PRIMARY KEY,                 -- 2026-W43
  digest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
