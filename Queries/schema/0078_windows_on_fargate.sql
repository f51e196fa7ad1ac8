-- The operating system that a job on Fargate asks for: tasks on Windows cost more.
ALTER TABLE job ADD COLUMN operating_system TEXT; -- of Fargate: WINDOWS_SERVER_2022_CORE …; NULL: LINUX

-- Jobs that were collected before are read again.
UPDATE job SET digest = 0 WHERE platform = 1;

-- Types whose chips are only accelerators for inference were kept without them: they are asked for again.
DELETE FROM instance_type WHERE gpus = 0 AND name LIKE 'inf1.%';

-- The next build computes everything: systems with other licences, sizes of tasks, prices of Wavelength Zones.
DELETE FROM build;
