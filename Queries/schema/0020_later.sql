-- What facts tell of the time after they were collected. Nothing is charged there; the next build looks at it again.
CREATE TABLE later (
  kind TEXT NOT NULL,                    -- attempt, instance, volume
  name TEXT NOT NULL,                    -- attempt.id, the instance id, the volume id
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- Prices that cannot be, which were taken in until now: no other price was larger. Collected again, the right one is there.
DELETE FROM spot_price WHERE rate NOT BETWEEN 0 AND 10000000000000;
DELETE FROM list_price WHERE rate NOT BETWEEN 0 AND 10000000000000;
DELETE FROM instance_type
WHERE milli_vcpus NOT BETWEEN 1000 AND 8192000 OR memory_mib NOT BETWEEN 0 AND 134217728 OR gpus NOT BETWEEN 0 AND 256;
