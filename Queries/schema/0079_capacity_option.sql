-- Whether ECS Managed Instances of an environment are launched On-Demand or on Spot.
ALTER TABLE compute_environment ADD COLUMN capacity_option TEXT; -- ON_DEMAND, SPOT; NULL for other environments

UPDATE compute_environment SET digest = 0 WHERE resource_type = 'ECS_MANAGED_INSTANCES';
