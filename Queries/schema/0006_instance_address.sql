-- Public IPv4 addresses: EC2 forgets them when their instance ends, before it forgets the instance.
CREATE TABLE instance_address (
  instance_id TEXT NOT NULL,
  network_interface TEXT NOT NULL,       -- by which bills name the address; '' where unknown
  account_region INTEGER NOT NULL REFERENCES account_region,
  PRIMARY KEY (instance_id, network_interface)
) STRICT, WITHOUT ROWID;

INSERT INTO instance_address SELECT instance_id, '', account_region FROM instance_description WHERE public_ip = 1;
ALTER TABLE instance_description DROP COLUMN public_ip;
