import Domain
import Store

extension Connection {
  /// Assigns instances to attempts on EKS: of the instances with the node's name as their private DNS name, in the same
  /// account and region, the one that existed when the attempt started. Addresses, and so names, are reused: a name is
  /// useless without the instance's life. Of two at once, in two VPCs, the one tagged with the attempt's cluster
  /// counts, then one of Batch, then the later one.
  ///
  /// The result does not depend on the order of collection; only differences are written.
  func resolveNodes() throws {
    if try integer("SELECT EXISTS (SELECT 1 FROM attempt WHERE node IS NOT NULL)") == 0 { return }
    try bookkeeping { try execute(Self.livesOfNodes) }
    try execute(
      """
      UPDATE attempt SET instance_id = r.instance_id
      FROM (
        SELECT a.id AS id, l.instance_id AS instance_id, ROW_NUMBER() OVER (
            PARTITION BY a.id
            ORDER BY instr(l.tags, '"kubernetes.io/cluster/' || a.eks_cluster || '"') > 0
                OR instr(l.tags, '"aws:eks:cluster-name":"' || a.eks_cluster || '"') > 0 DESC,
              instr(l.tags, 'AWSBatchServiceTag') > 0 DESC, l.launched_ms DESC, l.instance_id
          ) AS place
        FROM attempt a JOIN job j ON j.id = a.job JOIN account_region g ON g.id = j.account_region
        LEFT JOIN node_life l ON l.name = a.node AND l.region = g.region AND COALESCE(l.account, '') IN ('', g.account)
          AND COALESCE(a.started_at_ms, a.stopped_at_ms, \(Int64.max)) BETWEEN l.launched_ms AND l.ended_ms
        WHERE a.node IS NOT NULL AND a.node NOT LIKE 'i-%'
          AND COALESCE(a.status_reason, '') NOT LIKE 'Host EC2 (instance i-%'
      ) r
      WHERE r.place = 1 AND r.id = attempt.id AND attempt.instance_id IS NOT r.instance_id
      """)
  }

  private static let livesOfNodes = """
    CREATE TEMP TABLE IF NOT EXISTS node_life (
      name TEXT NOT NULL, region TEXT NOT NULL, instance_id TEXT NOT NULL, account TEXT, tags TEXT NOT NULL,
      launched_ms INTEGER NOT NULL, ended_ms INTEGER NOT NULL, PRIMARY KEY (name, region, instance_id)
    ) STRICT, WITHOUT ROWID;
    DELETE FROM node_life;
    INSERT INTO node_life
    SELECT h.name, h.region, h.instance_id, MAX(g.account), COALESCE(MAX(d.tags), ''),
      COALESCE(
        MIN(d.launched_at_ms), (SELECT n.created_at_ms FROM kubernetes_node n WHERE n.instance_id = h.instance_id),
        (SELECT MIN(e.at_ms) FROM instance_event e
          WHERE e.instance_id = h.instance_id AND e.kind IN ('pending', 'running', 'run-instances')), 0),
      COALESCE(
        (SELECT MIN(e.at_ms) FROM instance_event e WHERE e.instance_id = h.instance_id AND e.kind IN
          ('stopping', 'stopped', 'shutting-down', 'terminated', 'terminate-instances', 'bid-evicted')),
        MIN(CASE WHEN d.state IN ('stopping', 'stopped', 'shutting-down', 'terminated') THEN d.state_transition_at_ms END),
        \(Int64.max))
    FROM instance_host_name h
    LEFT JOIN instance_description d ON d.instance_id = h.instance_id
    LEFT JOIN account_region g ON g.id = d.account_region
    WHERE h.name IN (SELECT node FROM attempt WHERE node IS NOT NULL)
    GROUP BY h.name, h.region, h.instance_id
    """
}
