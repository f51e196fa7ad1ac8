import Base
import Configuration
import Domain

/// Reads a scenario: YAML with what differs, with every name checked against the account.
package struct ScenarioReader {
  private let history: History
  private let sizes: [AdvisedSize]
  private let types: TypeNames

  /// The size that right-sizing recommends for a job definition.
  package struct AdvisedSize: Sendable {
    package var definition: String
    package var need: Need

    package init(definition: String, need: Need) {
      self.definition = definition
      self.need = need
    }
  }

  /// - Parameter sizes: for `sizes: advised`.
  package init(_ history: History, sizes: [AdvisedSize] = []) {
    self.history = history
    self.sizes = sizes
    types = TypeNames(history.shapes)
  }

  /// - Throws: `SettingError` with file, line and the expected values.
  package func read(file path: String) throws -> Scenario { try scenario(SettingsReader(file: path), file: path) }

  /// - Parameter name: stands for the file in errors, and without its extension for a name that the YAML does not give.
  package func read(yaml: String, name: String) throws -> Scenario {
    try scenario(SettingsReader(yaml: yaml, file: name, firstLine: 1, what: nil), file: name)
  }

  private func scenario(_ reader: SettingsReader, file: String) throws -> Scenario {
    try reader.allow(["name", "environments", "sizes", "jobs", "move", "queues", "longest_wait_minutes"])
    let stem = file.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? file
    var scenario = Scenario(name: try reader.string("name") ?? stem)
    scenario.environments = try reader.readers("environments").flatMap(environments)
    if let word = try reader.string("sizes") {
      guard word == "advised" else { throw reader.error("sizes", "is \"\(word)\", and must be advised") }
      guard !sizes.isEmpty else { throw reader.error("sizes", "is advised, and no usage was measured to advise from") }
      scenario.sizes = advised()
    }
    scenario.sizes += try reader.readers("jobs").map(size)
    scenario.moves = try reader.readers("move").map(move)
    scenario.queues = try reader.readers("queues").map(queue)
    scenario.deadline = try positive(reader, "longest_wait_minutes").map { Int64($0 * 60_000) }
    return scenario
  }

  /// The largest size, if a definition has several kinds of jobs.
  private func advised() -> [Scenario.SizeChange] {
    Dictionary(grouping: sizes, by: \.definition).sorted { $0.key < $1.key }.compactMap { name, sizes in
      let rows = definitions(name)
      return rows.isEmpty
        ? nil
        : Scenario.SizeChange(
          definitions: rows, milliVCPUs: sizes.map(\.need.milliVCPUs).max(),
          memoryMiB: sizes.map(\.need.memoryMiB).max(),
          onlyShrinks: true)
    }
  }

  // MARK: Environments

  private func environments(_ reader: SettingsReader) throws -> [Scenario.EnvironmentChange] {
    try reader.allow([
      "name", "purchase", "instance_types", "add_instance_types", "largest_vcpus", "allocation_strategy", "min_vcpus",
      "max_vcpus", "scale_down_delay_minutes", "on_demand_share", "price_factor", "region", "slowdown",
    ])
    let name = try reader.requiredString("name")
    let kind = try reader.value("purchase", as: Self.kind, expected: Self.kinds.map(\.0).joined(separator: ", "))
    let chosen = name == "all" ? all(becoming: kind) : [try environment(name, reader, "name")]
    return try chosen.map { index in
      var change = Scenario.EnvironmentChange(environment: index)
      change.kind = kind
      if kind?.isSpot == true, history.runsMultiNode(index) {
        throw reader.error("purchase", "is Spot, and \(name) ran multi-node jobs, which Batch does not run there")
      }
      if reader.has("instance_types") { change.types = try listed(reader, "instance_types") }
      change.addedTypes = try listed(reader, "add_instance_types")
      change.largestMilliVCPUs = try positive(reader, "largest_vcpus").map { Int64($0 * 1000) }
      change.strategy = try strategy(reader, kind: change.kind ?? history.environments[index].kind)
      change.minimumMilliVCPUs = try count(reader, "min_vcpus")
      change.maximumMilliVCPUs = try count(reader, "max_vcpus")
      change.scaleDownDelay = try count(reader, "scale_down_delay_minutes").map { $0 * 60 }
      change.onDemandShare = try reader.value("on_demand_share", as: Self.share, expected: "a share such as 20%")
      change.priceFactor = try positive(reader, "price_factor")
      change.region = try region(reader)
      if let slowdown = try reader.reader("slowdown") {
        for (type, factor) in try reader.texts("slowdown") {
          guard let value = Double(factor), value > 0, value < 100 else {
            throw slowdown.error(type, "is \"\(factor)\", and must be a number above 0")
          }
          for position in try named(type, slowdown, type) { change.slowdown[position] = value }
        }
      }
      try check(change, reader)
      return change
    }
  }

  /// Values that mean nothing for what the environment is, or becomes.
  private func check(_ change: Scenario.EnvironmentChange, _ reader: SettingsReader) throws {
    let place = history.environments[change.environment]
    let kind = change.kind ?? place.kind
    if kind.isFargate, let given = Self.forInstances.first(where: reader.has) {
      throw reader.error(given, "is about instances, and \(place.name) has none: it is \(kind.words)")
    }
    if change.onDemandShare != nil, !kind.isSpot {
      throw reader.error("on_demand_share", "is for Spot, and \(place.name) is \(kind.words)")
    }
    if change.maximumMilliVCPUs == 0 { throw reader.error("max_vcpus", "is 0, with which no job would ever run") }
    if change.minimumMilliVCPUs == nil, change.maximumMilliVCPUs == nil { return }
    let (least, most) = (
      change.minimumMilliVCPUs ?? place.minimumMilliVCPUs, change.maximumMilliVCPUs ?? place.maximumMilliVCPUs
    )
    if least > most {
      throw reader.error(
        change.minimumMilliVCPUs == nil ? "max_vcpus" : "min_vcpus",
        "makes the minimum of \(place.name), \(least / 1000), larger than its maximum, \(most / 1000)")
    }
  }

  private static let forInstances = [
    "instance_types", "add_instance_types", "largest_vcpus", "allocation_strategy", "min_vcpus",
    "scale_down_delay_minutes", "on_demand_share", "slowdown",
  ]

  private func region(_ reader: SettingsReader) throws -> String? {
    guard let name = try reader.string("region") else { return nil }
    let known = history.pricedRegions
    guard known.contains(name) else {
      throw reader.error(
        "region", "is \"\(name)\", of which no price was collected" + Spelling.hint(name, among: known.sorted()))
    }
    return name
  }

  /// All EC2 environments that can become this kind: Fargate stays as it is, and multi-node jobs do not run on Spot.
  private func all(becoming kind: Environment.Kind?) -> [Int] {
    history.environments.indices.filter {
      !history.environments[$0].kind.isFargate && !(kind?.isSpot == true && history.runsMultiNode($0))
    }
  }

  private func environment(_ name: String, _ reader: SettingsReader, _ property: String) throws -> Int {
    if let known = history.environment(named: name) { return known }
    if let other = history.unmodelled.first(where: { $0.name == name }) {
      throw reader.error(property, "is \(name), which is \(other.kind): environments of this kind are not replayed")
    }
    throw reader.error(
      property,
      "is \"\(name)\", and there is no such compute environment"
        + Spelling.hint(name, among: history.environments.map(\.name)))
  }

  private static let kinds: [(String, Environment.Kind)] = [
    ("on-demand", .onDemand), ("spot", .spot), ("fargate", .fargate), ("fargate-spot", .fargateSpot),
    ("managed-instances", .managed), ("managed-instances-spot", .managedSpot),
  ]

  private static func kind(_ text: String) -> Environment.Kind? { kinds.first { $0.0 == text }?.1 }

  private func strategy(_ reader: SettingsReader, kind: Environment.Kind) throws -> Strategy? {
    guard let name = try reader.string("allocation_strategy") else { return nil }
    guard let strategy = Strategy(rawValue: name) else {
      throw reader.error(
        "allocation_strategy",
        "is \"\(name)\", which is none" + Spelling.hint(name, among: Strategy.allCases.map(\.rawValue)))
    }
    guard kind.isSpot ? strategy.isForSpot : strategy.isForOnDemand else {
      throw reader.error("allocation_strategy", "\(name) is not for \(kind.isSpot ? "Spot" : "On-Demand") instances")
    }
    return strategy
  }

  private func listed(_ reader: SettingsReader, _ property: String) throws -> [Int] {
    var seen: Set<Int> = []
    return try reader.strings(property).flatMap { try named($0, reader, property) }.filter { seen.insert($0).inserted }
  }

  /// The types that a name stands for, without those that have no price.
  private func named(_ name: String, _ reader: SettingsReader, _ property: String) throws -> [Int] {
    let found = types.positions(name)
    guard !found.isEmpty else {
      throw reader.error(
        property,
        "names \"\(name)\", an instance type that was never collected" + Spelling.hint(name, among: types.known))
    }
    let priced = found.filter { history.isPriced($0) }
    guard !priced.isEmpty else { throw reader.error(property, "names \"\(name)\", of which no price was collected") }
    return priced
  }

  // MARK: Jobs and queues

  private func size(_ reader: SettingsReader) throws -> Scenario.SizeChange {
    try reader.allow(["definition", "vcpus", "memory_mib"])
    let name = try reader.requiredString("definition")
    let rows = definitions(name)
    guard !rows.isEmpty else {
      throw reader.error(
        "definition",
        "is \"\(name)\", and there is no such job definition"
          + Spelling.hint(name, among: Set(history.definitions.values).sorted()))
    }
    return Scenario.SizeChange(
      definitions: rows, milliVCPUs: try positive(reader, "vcpus").map { Int32($0 * 1000) },
      memoryMiB: try memory(reader, "memory_mib"))
  }

  private func definitions(_ name: String) -> Set<Int32> {
    Set(history.definitions.filter { $0.value == name }.keys)
  }

  private func move(_ reader: SettingsReader) throws -> Scenario.Move {
    try reader.allow(["queue", "to", "shorter_than_minutes", "largest_vcpus", "largest_memory_mib"])
    let expected = Self.kinds.map(\.0).joined(separator: ", ")
    guard let kind = try reader.value("to", as: Self.kind, expected: expected) else {
      throw reader.error("needs \"to\": \(expected)")
    }
    var move = Scenario.Move(queue: try reader.string("queue").map { try queue($0, reader, "queue") }, kind: kind)
    move.shorterThan = try positive(reader, "shorter_than_minutes").map { Int64($0 * 60_000) }
    let vcpus = try positive(reader, "largest_vcpus").map { Int32($0 * 1000) }
    let memory = try memory(reader, "largest_memory_mib")
    if vcpus != nil || memory != nil {
      move.largest = Need(milliVCPUs: vcpus ?? .max, memoryMiB: memory ?? .max, gpus: kind.isFargate ? 0 : .max)
    }
    return move
  }

  private func queue(_ reader: SettingsReader) throws -> Scenario.QueueChange {
    try reader.allow(["name", "environments", "retry_in_order"])
    let index = try queue(try reader.requiredString("name"), reader, "name")
    let order = try reader.strings("environments").map { try environment($0, reader, "environments") }
    if reader.has("environments"), order.isEmpty {
      throw reader.error("environments", "is empty: no job of the queue would ever run")
    }
    if Set(order).count < order.count { throw reader.error("environments", "names one of them twice") }
    return Scenario.QueueChange(
      queue: index, environments: order.isEmpty ? nil : order,
      retriesInOrder: try reader.bool("retry_in_order") ?? false)
  }

  private func queue(_ name: String, _ reader: SettingsReader, _ property: String) throws -> Int {
    if let known = history.queues.firstIndex(where: { $0.name == name }) { return known }
    throw reader.error(
      property,
      "is \"\(name)\", and there is no such job queue" + Spelling.hint(name, among: history.queues.map(\.name)))
  }

  // MARK: Numbers

  private func positive(_ reader: SettingsReader, _ name: String) throws -> Double? {
    guard let value = try reader.double(name) else { return nil }
    guard value > 0, value < 1_000_000 else {
      throw reader.error(name, "is \(value), and must be above 0 and below 1000000")
    }
    return value
  }

  private func memory(_ reader: SettingsReader, _ name: String) throws -> Int32? {
    guard let value = try reader.integer(name) else { return nil }
    // The largest instances of EC2 have 32 TiB.
    guard (1...32 << 20).contains(value) else {
      throw reader.error(name, "is \(value) MiB, and must be at least 1 and at most 32 TiB, 33554432")
    }
    return Int32(value)
  }

  /// Thousandths.
  private func count(_ reader: SettingsReader, _ name: String) throws -> Int64? {
    guard let value = try reader.integer(name) else { return nil }
    guard (0...1_000_000).contains(value) else {
      throw reader.error(name, "is \(value), and must be 0 to 1000000")
    }
    return Int64(value) * 1000
  }

  private static func share(_ text: String) -> Double? {
    guard text.hasSuffix("%"), let percent = Double(text.dropLast()), (0...100).contains(percent) else { return nil }
    return percent / 100
  }
}

extension History {
  func runsMultiNode(_ environment: Int) -> Bool {
    attempts.contains { $0.kind == JobKind.node.rawValue && lives[Int($0.life)].environment == environment }
  }

  /// Regions with list prices of instances.
  var pricedRegions: Set<String> { Set(prices.listed.keys.filter { $0.service == "AmazonEC2" }.map(\.place)) }

  /// Whether an instance type has a list price in a region of the account.
  func isPriced(_ type: Int) -> Bool {
    Set(environments.map(\.region)).contains { region in
      prices.onDemand(
        region: region, zone: nil, instanceType: shapes[type].name, operatingSystem: .linux, tenancy: nil) != nil
    }
  }
}
