-- Spot Advisor: how often AWS says that it took Spot instances of a type back, in all accounts. A fact, from the file
-- spot-advisor-data.json. The file bears no date: all rows of one document have its digest, so that where two speak of
-- a type, one of them has all that both know.

CREATE TABLE spot_advice (
  region TEXT NOT NULL,
  operating_system TEXT NOT NULL,        -- Linux, Windows
  instance_type TEXT NOT NULL,
  band TEXT NOT NULL,                    -- frequency of interruption in the trailing month, as AWS labels it: 5-10%
  band_place INTEGER NOT NULL,           -- among the bands of the file, from 0, the least
  band_maximum INTEGER NOT NULL,         -- the band's upper limit by the file, in percent; of the last one 100
  savings_percent INTEGER,               -- below On-Demand in the trailing month
  progress INTEGER NOT NULL,             -- when it was fetched, in milliseconds, where that is told; else 0
  digest INTEGER NOT NULL,
  PRIMARY KEY (region, operating_system, instance_type)
) STRICT, WITHOUT ROWID;
