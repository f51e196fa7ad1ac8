import AWS
import Domain

/// Prices of the Graviton siblings of x86 types that ran recently: for each type the newest generations in the region,
/// and at most `most` in all, starting with the types that were launched most.
///
/// The siblings are requested once a week, their prices once a day, and Spot prices only if the x86 type ran on Spot.
struct LiveGraviton: LiveSource {
  let name = "graviton"
  let operations = [
    EC2.describeInstanceTypesOperation, EC2.describeSpotPriceHistoryOperation, Pricing.getProductsOperation,
  ]
  let absence = "right-sizing does not show what x86 instances would have cost on Graviton"

  /// The most siblings whose prices are requested in one run, per account and region.
  static let most = 40
  /// Per x86 type, the newest.
  static let generations = 2
  /// Instances launched within this time count: it includes the last whole week.
  static let lately: Int64 = 14 * millisecondsPerDay
  /// How long the list of siblings is valid.
  static let week: Int64 = 7 * millisecondsPerDay

  func collect(_ visit: LiveVisit) async throws {
    let types = try await types(visit)
    try await ask(which: types, visit)
    let siblings = try await siblings(of: types, visit)
    try await askSpotPrices(of: siblings, visit)
    var seen: Set<String> = []
    let subjects = siblings.filter { seen.insert($0.name).inserted }
    try await LivePriceList.ask(
      for: subjects.map { LivePriceList.Subject(instanceType: $0.name, region: visit.place.region) }, visit)
  }

  private struct Sibling: Sendable {
    let name: String
    /// The x86 type.
    let type: String
  }

  /// x86 types without GPUs that were launched or ran recently; those with the most launched vCPUs first.
  private func types(_ visit: LiveVisit) async throws -> [String] {
    let start = visit.asOf.milliseconds - Self.lately
    return try await visit.texts(
      """
      WITH ran AS (
        SELECT instance_id, instance_type FROM instance_description
        WHERE account_region = ?1 AND (
          launched_at_ms >= \(start) OR source = 'ec2' AND state NOT IN ('terminated', 'shutting-down'))
        UNION SELECT i.instance_id, i.instance_type FROM container_instance i JOIN cluster c ON c.id = i.cluster
        WHERE c.account_region = ?1 AND i.registered_at_ms >= \(start)
      )
      SELECT t.name FROM ran r JOIN instance_type t ON t.name = r.instance_type
      WHERE t.architecture = 'x86_64' AND t.gpus = 0
      GROUP BY t.name ORDER BY COUNT(*) * t.milli_vcpus DESC, t.name
      """)
  }

  // MARK: Siblings

  /// Asks which siblings the region has. A filter without matches is no error, as an unknown name would be.
  private func ask(which types: [String], _ visit: LiveVisit) async throws {
    var due: [String] = []
    for type in types {
      let last = try await checkpoint(type, visit)
      if let last, last.at.milliseconds > visit.asOf.milliseconds - Self.week { continue }
      due.append(type)
    }
    for part in due.parts(of: 100) {
      let patterns = Set(part.compactMap(InstanceFamily.gravitonPattern)).sorted()
      if patterns.isEmpty { continue }
      var found: [String] = []
      for try await answer in visit.client.pages(of: EC2.describeInstanceTypes(patterns)) {
        found += try LiveAnswer.read(answer.body) { document in
          document.elements(of: "InstanceTypes").compactMap { $0["InstanceType"]?.text?.string }
        }
        try await visit.writer.ingest(answer, visit.place, at: visit.asOf)
      }
      for type in part {
        let siblings = found.filter { InstanceFamily.isGravitonSibling($0, ofType: type) }
        try await visit.writer.write(
          Checkpoint(
            source: operations[0].description, scope: Self.scope(type, visit),
            position: siblings.sorted().joined(separator: " "), at: visit.asOf))
      }
    }
  }

  private func checkpoint(_ type: String, _ visit: LiveVisit) async throws -> Checkpoint? {
    try await visit.checkpoint(operations[0].description, Self.scope(type, visit))
  }

  private static func scope(_ type: String, _ visit: LiveVisit) -> String {
    "\(visit.place.region) siblings of \(type)"
  }

  /// The newest of each type, on arm64 and with the same vCPUs and memory; a sibling of several types once for each.
  private func siblings(of types: [String], _ visit: LiveVisit) async throws -> [Sibling] {
    let pairs = try await visit.texts(
      """
      SELECT t.name || ' ' || s.name FROM instance_type t
      JOIN instance_type s ON s.milli_vcpus = t.milli_vcpus AND s.memory_mib = t.memory_mib AND s.gpus = t.gpus
      WHERE t.architecture = 'x86_64' AND t.gpus = 0 AND s.architecture = 'arm64'
      """)
    let alike = Set(pairs)
    var names: Set<String> = []
    var siblings: [Sibling] = []
    for type in types {
      let there = try await checkpoint(type, visit)?.position.split(separator: " ").map(String.init) ?? []
      let newest = there.filter { alike.contains("\(type) \($0)") }
        .sorted { InstanceFamily.number(ofType: $0) > InstanceFamily.number(ofType: $1) }
      for name in newest.prefix(Self.generations) where names.contains(name) || names.count < Self.most {
        names.insert(name)
        siblings.append(Sibling(name: name, type: type))
      }
    }
    return siblings
  }

  // MARK: Prices

  private func askSpotPrices(of siblings: [Sibling], _ visit: LiveVisit) async throws {
    let oldest = visit.asOf.milliseconds - Self.lately
    let onSpot = Dictionary(uniqueKeysWithValues: try await LiveSpotPrices.needs(visit).map { ($0.type, $0.first) })
    var starts: [String: Int64] = [:]
    for sibling in siblings {
      guard let first = onSpot[sibling.type] else { continue }
      starts[sibling.name] = min(starts[sibling.name] ?? .max, max(first, oldest))
    }
    let products = LiveSpotPrices.spellings(of: "Linux/UNIX")
    try await visit.sideBySide(starts.sorted { $0.key < $1.key }) { name, start in
      try await LiveSpotPrices.ask(name, from: start, products, every: millisecondsPerDay, visit)
    }
  }
}
