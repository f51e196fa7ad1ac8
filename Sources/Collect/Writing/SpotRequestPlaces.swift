import Store

extension Connection {
  /// Gives what Spot requests without an instance say to the instances that name these requests.
  ///
  /// Whatever was collected first, the result is the same; only what is new is written.
  func resolveSpotRequests() throws {
    if try integer("SELECT EXISTS (SELECT 1 FROM spot_request_event)") == 0 { return }
    try execute(
      """
      INSERT INTO instance_event (instance_id, kind, at_ms, source, account_region)
      SELECT DISTINCT d.instance_id, r.kind, r.at_ms, 'spot-request', d.account_region
      FROM instance_description d JOIN spot_request_event r ON r.spot_request_id = d.spot_request_id
      WHERE true
      ON CONFLICT DO NOTHING
      """)
  }
}
