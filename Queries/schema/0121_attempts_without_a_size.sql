-- Attempts of which nobody said what they reserve: few, so that every build may look for them.
CREATE INDEX attempt_sizeless ON attempt (platform) WHERE milli_vcpus = 0 OR memory_mib = 0;
