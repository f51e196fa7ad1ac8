import AWS
import Domain

/// Instances: those with Batch's tag; by id, those that attempts ran on; and by private DNS name, the nodes of attempts
/// on EKS. EC2 forgets an instance an hour after its end, and its name at once.
struct LiveInstances: LiveSource {
  let name = "instances"
  let operations = [EC2.describeInstancesOperation]
  let absence = "types, purchase options and times of instances come only from ECS and CloudTrail"

  func collect(_ visit: LiveVisit) async throws {
    let source = operations[0].description
    let last = try await visit.checkpoint(source, visit.place.text)
    var listed: Set<String> = []
    let tagged = EC2.describeInstances(filters: [EC2.Filter("tag-key", ["AWSBatchServiceTag"])])
    for try await answer in visit.client.pages(of: tagged) {
      listed.formUnion(try Self.ids(answer))
      try await visit.writer.ingest(answer, visit.place, at: visit.asOf)
    }
    // Later runs need not ask again for what EC2 forgot long ago.
    let recent = last.map { $0.at.milliseconds - millisecondsPerDay } ?? 0
    // EKS nodes without Batch's tag, in environments that Batch does not manage.
    try await visit.writer.resolveNodes()
    let nodes = try await visit.texts(
      """
      SELECT DISTINCT a.node FROM attempt a JOIN job j ON j.id = a.job
      WHERE j.account_region = ?1 AND a.node IS NOT NULL AND a.instance_id IS NULL
        AND ifnull(a.started_at_ms, \(recent)) >= \(recent) ORDER BY 1
      """)
    let named = nodes.parts(of: 200).map { EC2.describeInstances(filters: [EC2.Filter("private-dns-name", $0)]) }
    try await visit.send(named, paged: true)
    let ids = try await visit.texts(
      """
      WITH named AS (
        SELECT i.instance_id AS id FROM container_instance i JOIN cluster c ON c.id = i.cluster
        WHERE c.account_region = ?1 AND i.instance_id IS NOT NULL AND ifnull(i.registered_at_ms, \(recent)) >= \(recent)
        UNION SELECT a.instance_id FROM attempt a JOIN job j ON j.id = a.job
        WHERE j.account_region = ?1 AND a.instance_id IS NOT NULL AND a.started_at_ms >= \(recent)
        UNION SELECT instance_id FROM instance_description
        WHERE account_region = ?1 AND source = 'ec2' AND state <> 'terminated' AND launched_at_ms >= \(recent)
      )
      SELECT id FROM named WHERE id NOT IN (
        SELECT instance_id FROM instance_description WHERE source = 'ec2' AND state = 'terminated')
      ORDER BY id
      """)
    let rest = ids.filter { !listed.contains($0) }
    try await visit.send(rest.parts(of: 200).map { EC2.describeInstances(ids: $0) }, paged: true)
    if visit.isPartial { return }
    try await visit.writer.write(
      Checkpoint(source: source, scope: visit.place.text, position: "", at: visit.asOf))
  }

  private static func ids(_ answer: Answer) throws -> [String] {
    try LiveAnswer.read(answer.body) { document in
      document.elements(of: "Reservations").flatMap { reservation in
        reservation.elements(of: "Instances").compactMap { $0["InstanceId"]?.text?.string }
      }
    }
  }
}
