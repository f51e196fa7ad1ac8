-- Most accounts have few of them, if any; workflow clients are recognised by what they say.
CREATE INDEX job_with_parameters ON job (id) WHERE parameters IS NOT NULL;
