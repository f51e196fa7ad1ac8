-- Spot requests that do not name their instance: instances name the requests that they came of.

-- What happened to the instance of a Spot request, as instance_event has it.
CREATE TABLE spot_request_event (
  spot_request_id TEXT NOT NULL,         -- instance_description.spot_request_id
  kind TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (spot_request_id, kind, at_ms)
) STRICT, WITHOUT ROWID;
