-- The network interface that holds an instance's public IPv4 address: bills name addresses by it.
ALTER TABLE instance_description ADD COLUMN network_interface TEXT;
