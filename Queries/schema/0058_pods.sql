-- What becomes of pods on EKS, and by which words an attempt ran out of memory.

INSERT INTO outcome VALUES (16, 'evicted');

-- What the reason of a container that was killed for its memory begins with, in small letters.
CREATE TABLE memory_reason (
  prefix TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- The next build computes everything.
DELETE FROM build;
