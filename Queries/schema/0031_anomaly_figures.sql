-- Anomalies and what is watched for them, in codes and numbers: reports have the words.
DROP TABLE anomaly;
DROP TABLE anomaly_watch;

-- Days that cost more or less than their history lets expect.
CREATE TABLE anomaly (
  kind TEXT NOT NULL,                    -- everything, job-queue, job-definition
  name TEXT NOT NULL,                    -- '' for everything
  day INTEGER NOT NULL,
  cost INTEGER NOT NULL,                 -- of everything all cost, else attempts and startup
  expected INTEGER NOT NULL,
  low INTEGER NOT NULL,                  -- within these nothing is said
  high INTEGER NOT NULL,
  score REAL NOT NULL,                   -- error ÷ usual error, of logarithms
  cause TEXT NOT NULL,                   -- jobs, size, price, retries, unused
  figure REAL NOT NULL,                  -- what the cause was: jobs; vCPU-hours a job; USD a vCPU-hour; USD; USD
  usual REAL NOT NULL,                   -- its median on the days that the expectation comes from
  PRIMARY KEY (kind, name, day)
) STRICT, WITHOUT ROWID;

-- What is watched for anomalies, or why it is not.
CREATE TABLE anomaly_watch (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  days INTEGER NOT NULL,                 -- whole days of its history
  needed INTEGER NOT NULL,               -- so many before its days are judged
  recent_days INTEGER NOT NULL,          -- the last days of its history, 56 at most
  active_days INTEGER NOT NULL,          -- those of them on which it cost anything
  watched INTEGER NOT NULL,              -- 1: its next day will be judged
  why TEXT NOT NULL,                     -- why not: short-history, seldom-active; '' where it is watched
  false_alarms REAL NOT NULL,            -- expected in a year
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
