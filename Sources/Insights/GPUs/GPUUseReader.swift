import Accounting
import Domain
import Store

/// Reads, instance by instance, what was measured of GPUs and who held them.
struct GPUUseReader {
  struct Key: Hashable, Comparable {
    var attempt: Int64
    var day: Int64

    static func < (a: Key, b: Key) -> Bool { (a.attempt, a.day) < (b.attempt, b.day) }
  }

  private enum InstanceField: Int32, SelectedColumn {
    case id, name, gpus, stoppedAtMs
    var sql: String { "resource.\(name)" }
  }

  private enum PostingField: Int32, SelectedColumn {
    case attempt, day, gpuMs, cost, startedAtMs, stoppedAtMs, milliVcpus, memoryMib, gpus, taskId
    var sql: String {
      switch self {
      case .attempt, .day: "p.\(name)"
      case .gpuMs, .cost: "SUM(p.\(name))"
      default: "a.\(name)"
      }
    }
  }

  private enum ReadingField: Int32, SelectedColumn {
    case atMs, gpu, duty, memoryMib, memoryTotalMib
  }

  private let weightings: ResourceWeightings?
  private let instances: Statement
  private let postings: Statement
  private let names: Statement
  private let readings: Statement

  /// - Parameter scope: the instances to read.
  init(_ connection: Connection, _ scope: InsightScope) throws {
    let isMeasured = try connection.integer("SELECT EXISTS (SELECT 1 FROM gpu_usage)") == 1
    weightings = isMeasured ? try ResourceWeightings(connection) : nil
    instances = try connection.prepare(
      """
      SELECT \(InstanceField.list) FROM \(scope.resources)
      WHERE kind = 'instance' AND EXISTS (SELECT 1 FROM gpu_usage u WHERE u.instance_id = name) ORDER BY resource.id
      """)
    postings = try connection.prepare(
      """
      SELECT \(PostingField.list)
      FROM posting p JOIN attempt a ON a.id = p.attempt
      WHERE \(PostingID.isOf("p.id", resource: "?1")) AND p.account = \(Account.attempt.rawValue) AND a.gpus > 0
        AND a.started_at_ms IS NOT NULL
      GROUP BY p.attempt, p.day
      """)
    names = try connection.prepare("SELECT gpu FROM task_gpu WHERE task_id = ?")
    readings = try connection.prepare(
      """
      SELECT \(ReadingField.list) FROM gpu_usage WHERE instance_id = ? ORDER BY at_ms, gpu
      """)
  }

  /// The uses of the next instance with any measured minute; nil at the end.
  mutating func next() throws -> [(key: Key, value: GPUUse)]? {
    guard weightings != nil, try instances.step() else { return nil }
    let (resource, name, gpus) = (
      instances.integer(InstanceField.id), instances.text(InstanceField.name),
      instances.optionalInteger(InstanceField.gpus)
    )
    var (holders, uses) = try held(on: resource, until: instances.integer(InstanceField.stoppedAtMs))
    try addNames(&holders)
    try walk(GPUHost(gpus: gpus, holders: holders.map(\.holder)), instance: name, &uses)
    return uses.filter { $0.value.measured > 0 }.sorted { $0.key < $1.key }
  }

  private typealias Held = (holder: GPUHost.Holder, task: String?)

  /// Attempts that held GPUs of an instance, and what the ledger has for their days.
  private func held(on resource: Int64, until end: Int64) throws -> ([Held], [Key: GPUUse]) {
    var holders: [Int64: Held] = [:]
    var uses: [Key: GPUUse] = [:]
    postings.bind(resource)
    defer { postings.reset() }
    while try postings.step() {
      let reserved = Resources(
        milliVCPUs: postings.integer(PostingField.milliVcpus), memoryMiB: postings.integer(PostingField.memoryMib),
        gpus: postings.integer(PostingField.gpus))
      let (attempt, started) = (postings.integer(PostingField.attempt), postings.integer(PostingField.startedAtMs))
      let stopped = min(postings.optionalInteger(PostingField.stoppedAtMs) ?? end, end)
      if stopped > started {
        holders[attempt] = (
          GPUHost.Holder(attempt: attempt, span: started..<stopped, gpus: reserved.gpus),
          postings.optionalText(PostingField.taskId)
        )
      }
      uses[Key(attempt: attempt, day: postings.integer(PostingField.day))] = GPUUse(
        gpus: reserved.gpus, held: postings.integer(PostingField.gpuMs),
        cost: postings.optionalInteger(PostingField.cost).map { part(of: $0, for: reserved, on: resource) })
    }
    return (holders.values.sorted { $0.holder.attempt < $1.holder.attempt }, uses)
  }

  /// The part of an attempt's cost that is for its GPUs, by the ledger's own weights. Rounded down.
  private func part(of cost: Int64, for reserved: Resources, on resource: Int64) -> Int64 {
    guard let weightings, weightings.list.indices.contains(Int(weightings.position(ofResource: resource))) else {
      return cost
    }
    let weighting = weightings.list[Int(weightings.position(ofResource: resource))]
    let (whole, own) = (
      weighting.weight(reserved), weighting.weight(Resources(milliVCPUs: 0, memoryMiB: 0, gpus: reserved.gpus))
    )
    return whole > 0 ? Int64(Int128(cost) * Int128(min(own, whole)) / Int128(whole)) : 0
  }

  private func addNames(_ holders: inout [Held]) throws {
    for position in holders.indices {
      guard let task = holders[position].task else { continue }
      names.bind(task)
      try names.each { holders[position].holder.names.insert($0) }
      // Fewer names than the attempt holds are not all of them.
      if Int64(holders[position].holder.names.count) != holders[position].holder.gpus {
        holders[position].holder.names = []
      }
    }
  }

  private func walk(_ host: GPUHost, instance: String, _ uses: inout [Key: GPUUse]) throws {
    readings.bind(instance)
    defer { readings.reset() }
    var (minute, found): (Int64, [GPUHost.Reading]) = (0, [])
    func end() {
      for use in host.uses(minute, found) {
        uses[Key(attempt: use.attempt, day: minute / millisecondsPerDay)]?.add(use)
      }
      found.removeAll(keepingCapacity: true)
    }
    while try readings.step() {
      if readings.integer(ReadingField.atMs) != minute {
        end()
        minute = readings.integer(ReadingField.atMs)
      }
      found.append(
        GPUHost.Reading(
          gpu: readings.text(ReadingField.gpu), duty: readings.integer(ReadingField.duty),
          memoryMiB: readings.optionalInteger(ReadingField.memoryMib),
          memoryTotalMiB: readings.optionalInteger(ReadingField.memoryTotalMib)))
    }
    end()
  }
}
