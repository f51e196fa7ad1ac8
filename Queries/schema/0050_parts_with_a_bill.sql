-- What a build of what changed needs to know of the rest where there is a bill, or a capacity reservation.

-- What each resource has to do with the comparison of the ledger with bills and the Spot data feed, as a digest: while
-- none of them is another, the comparison is what it was.
CREATE TABLE compared_share (
  name TEXT PRIMARY KEY,                 -- resource.name, or an instance that is not Batch's
  digest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Instances that were launched in a capacity reservation: what of it stands idle depends on all that ran in it.
CREATE TABLE reservation_stay (
  instance TEXT PRIMARY KEY,
  reservation TEXT NOT NULL,
  started_at_ms INTEGER,                 -- NULL: nothing tells
  stopped_at_ms INTEGER,                 -- NULL: still running
  batch INTEGER NOT NULL,                -- 1: one of Batch's
  compute_environment INTEGER            -- compute_environment.id; NULL: unknown
) STRICT, WITHOUT ROWID;
CREATE INDEX stay_of_reservation ON reservation_stay (reservation);

-- The next build computes everything.
DELETE FROM build;
