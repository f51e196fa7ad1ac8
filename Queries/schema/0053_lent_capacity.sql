-- Instances of a capacity reservation that its owner has lent on, as an interruptible reservation of their own
-- (InterruptibleCapacityAllocation.InstanceCount).
ALTER TABLE capacity_reservation ADD COLUMN lent INTEGER;
ALTER TABLE reservation_state ADD COLUMN lent INTEGER;
