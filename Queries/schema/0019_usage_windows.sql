-- What queries of logs said of tasks, each window of time by itself: a task that ran longer than a window has several.

CREATE TABLE task_usage_window (
  task_id TEXT NOT NULL,
  window_id INTEGER NOT NULL,            -- live: its start in milliseconds; from files a digest of the answer;
                                         -- 0: what earlier versions made of all windows
  memory_mib INTEGER,
  cpu_average INTEGER,                   -- thousandths of a CPU unit, 1024 units a vCPU
  cpu_maximum INTEGER,
  samples INTEGER,                       -- the average weighs by them
  instance_id TEXT,
  PRIMARY KEY (task_id, window_id)
) STRICT, WITHOUT ROWID;

INSERT INTO task_usage_window (task_id, window_id, memory_mib, cpu_average, cpu_maximum, samples, instance_id)
SELECT task_id, 0, memory_mib, cpu_average, cpu_maximum, samples, instance_id FROM task_usage_sample WHERE at_ms = 0;

DELETE FROM task_usage_sample WHERE at_ms = 0;

-- Attempts whose measured use is more than their host has: no measurement, and in no advice. One row, or none.
CREATE TABLE implausible_usage (
  task_id TEXT PRIMARY KEY,              -- of the first of them
  attempts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
