import Domain
import Store
import TestSupport

/// A value that can be written as SQL.
protocol Literal {
  var literal: String { get }
}
extension Int64: Literal { var literal: String { String(self) } }
extension Int: Literal { var literal: String { String(self) } }
extension String: Literal { var literal: String { "'\(self)'" } }

extension Connection {
  func add(_ table: String, _ values: KeyValuePairs<String, (any Literal)?>) throws {
    let columns = values.map(\.key).joined(separator: ", ")
    try execute(
      "INSERT INTO \(table) (\(columns)) VALUES (\(values.map { $0.value?.literal ?? "NULL" }.joined(separator: ", ")))"
    )
  }
}

/// A small, entirely random world: several instances and tasks, crowds, GPUs, multi-node jobs, EKS nodes, usage above
/// what was reserved or what the host has, from one source or two, prices that change or are missing, interruptions,
/// every source of a start and an end.
struct ReferenceWorld {
  static let hour: Int64 = 3_600_000
  static let day: Int64 = 86_400_000
  /// 2026-10-19T00:00:00Z.
  static let origin: Int64 = 1_792_368_000_000

  struct Shape {
    var name: String
    var milliVCPUs, memoryMiB, gpus: Int64
  }

  var random: SeededGenerator
  let connection: Connection
  let collectedAt: Int64
  private var shapes: [Shape] = []
  private var jobs = 0

  static func write(_ random: inout SeededGenerator, into connection: Connection) throws {
    var world = ReferenceWorld(random: random, connection: connection)
    try world.write()
    random = world.random
  }

  private init(random: SeededGenerator, connection: Connection) {
    self.random = random
    self.connection = connection
    var draw = random
    collectedAt = Self.origin + 2 * Self.day + Int64.random(in: Self.hour..<Self.day, using: &draw)
    self.random = draw
  }

  private mutating func write() throws {
    try writePlaces()
    try writePrices()
    for number in 1...Int.random(in: 3...8, using: &random) { try writeInstance(number) }
    for number in 0..<Int.random(in: 0...5, using: &random) { try writeTask(number) }
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
  private mutating func pick(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &random) }
  private mutating func any<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }

  // MARK: Places and prices

  private mutating func writePlaces() throws {
    try connection.add("account_region", ["id": 1, "account": "111122223333", "region": "eu-west-1"])
    try connection.add("account_region", ["id": 2, "account": "", "region": "eu-west-1"])
    try connection.add("collection", ["account_region": 1, "source": "file", "as_of_ms": collectedAt])
    for (id, kind) in zip(1..., ["EC2", "SPOT", "FARGATE", "FARGATE_SPOT"]) {
      let name = "environment-\(id)"
      try connection.add("cluster", ["id": id, "account_region": 1, "name": name])
      try connection.add(
        "compute_environment",
        [
          "id": id, "arn": "arn:aws:batch:eu-west-1:111122223333:compute-environment/\(name)", "name": name,
          "account_region": 1, "cluster_arn": "arn:aws:ecs:eu-west-1:111122223333:cluster/\(name)",
          "resource_type": kind, "described": 1,
        ])
      try connection.add(
        "job_queue",
        [
          "id": id, "arn": "queue-\(id)", "name": "queue-\(id)", "account_region": 1,
          "environments": "[\"arn:aws:batch:eu-west-1:111122223333:compute-environment/\(name)\"]",
        ])
    }
    try connection.add(
      "job_definition", ["id": 1, "arn": "definition", "name": "definition", "revision": 1, "account_region": 1])
    for number in 0..<3 {
      let gpus: Int64 = number == 2 || chance(20) ? any([1, 4, 8]) : 0
      let shape = Shape(
        name: "type-\(number)", milliVCPUs: any([1, 2, 4, 8, 16, 48, 96, 192]) * 1000,
        memoryMiB: any([512, 4096, 8192, 31_232, 65_536, 393_216, 786_432]), gpus: gpus)
      shapes.append(shape)
      try connection.add(
        "instance_type",
        [
          "name": shape.name, "milli_vcpus": shape.milliVCPUs, "memory_mib": shape.memoryMiB, "gpus": shape.gpus,
        ])
    }
  }

  /// A rate as AWS quotes it, or any number of nanodollars.
  private mutating func rate(upTo largest: Int64) -> Int64 {
    chance(50) ? pick(1...(largest / 100_000)) * 100_000 : pick(1...largest)
  }

  private mutating func writePrices() throws {
    for shape in shapes {
      for system in ["Linux", "SUSE", "RHEL", "Windows"] {
        for tenancy in ["Shared", "Dedicated"] where !chance(8) {
          try writeListPrice("AmazonEC2", shape.name, system, tenancy, upTo: 40_000_000_000)
        }
      }
      for zone in ["eu-west-1a", "eu-west-1b"] {
        for product in ["Linux/UNIX", "SUSE Linux"] {
          var times: Set<Int64> = chance(80) ? [Self.origin - pick(1...Self.day)] : []
          for _ in 0..<pick(0...6) { times.insert(Self.origin + pick(0...(3 * Self.day)) / 1000 * 1000) }
          for time in times.sorted() {
            try connection.add(
              "spot_price",
              [
                "account_region": 2, "zone": zone, "instance_type": shape.name, "product": product, "at_ms": time,
                "rate": rate(upTo: 30_000_000_000),
              ])
          }
        }
      }
    }
    try writeListPrice("AmazonEC2", "type-0", "Linux", "Shared", region: "eu-west-1-dub-1", upTo: 40_000_000_000)
    for architecture in ["", "ARM-"] {
      for market in ["", "SpotUsage:"] {
        for unit in ["vCPU-Hours:perCPU", "GB-Hours"] where !chance(4) {
          try writeListPrice("AmazonECS", "\(market)Fargate-\(architecture)\(unit)", "", "", upTo: 50_000_000)
        }
      }
    }
    if !chance(5) { try writeListPrice("AmazonECS", "Fargate-EphemeralStorage-GB-Hours", "", "", upTo: 200_000) }
  }

  private mutating func writeListPrice(
    _ service: String, _ item: String, _ system: String, _ tenancy: String, region: String = "eu-west-1",
    upTo largest: Int64
  ) throws {
    // A price may take effect only partway through the world.
    var times: Set<Int64> = [Self.origin - 200 * Self.day + (chance(15) ? pick(199...202) * Self.day : 0)]
    if chance(25) { times.insert(Self.origin + pick(0...72) * Self.hour) }
    for time in times.sorted() {
      try connection.add(
        "list_price",
        [
          "region": region, "service": service, "item": item, "operating_system": system, "tenancy": tenancy,
          "effective_at_ms": time, "rate": rate(upTo: largest), "unit": "Hrs", "source": "price-list",
        ])
    }
  }

  // MARK: Instances

  private mutating func writeInstance(_ number: Int) throws {
    let id = "i-\(number)"
    let shape = any(shapes)
    let launched = Self.origin + pick(0...(2 * Self.day)) / 1000 * 1000
    let life = any([
      pick(2000...59_999), pick(60_000...3_700_000), pick(2000...(8 * Self.hour)), pick(2000...(2 * Self.day)),
    ])
    let open = chance(10)
    let spot = chance(60)
    let ended = open ? collectedAt : min(collectedAt, launched + life)
    let reclaimed = spot && !open && chance(30)
    let described = !chance(15)
    let trail = chance(40)
    let reported = !open && chance(40)
    let system = any(["Linux/UNIX", "Linux/UNIX", "Linux/UNIX", "SUSE Linux"])
    let zone = any(["eu-west-1a", "eu-west-1b", "eu-west-1b", "eu-west-1-dub-1a"])
    let lifecycle = spot ? "spot" : chance(90) ? nil : any(["capacity-block", "scheduled"])
    let tenancy = spot || chance(90) ? "default" : "dedicated"
    func describe(_ source: String, state: String, transition: Int64?, reason: String?, at time: Int64) throws {
      try connection.add(
        "instance_description",
        [
          "instance_id": id, "source": source, "account_region": 1, "instance_type": shape.name, "zone": zone,
          "tenancy": tenancy, "lifecycle": lifecycle, "platform_details": system, "launched_at_ms": time,
          "state": state, "state_transition_at_ms": transition, "state_reason": reason,
          "tags": #"{"AWSBatchServiceTag":"batch"}"#, "progress": 1, "digest": 1,
        ])
    }
    if described {
      try describe(
        "ec2", state: open ? "running" : "terminated",
        transition: open || ((trail || reported) && chance(40)) ? nil : ended / 1000 * 1000,
        reason: reclaimed ? "Server.SpotInstanceTermination" : nil, at: launched)
    }
    if trail {
      let asked = launched - pick(0...3000)
      try describe("cloudtrail", state: "pending", transition: nil, reason: nil, at: asked)
      try event(id, "run-instances", asked, "cloudtrail")
      if !open && !reclaimed { try event(id, "terminate-instances", ended + pick(0...5000), "cloudtrail") }
      if reclaimed { try event(id, "bid-evicted", ended + pick(0...5000), "cloudtrail") }
    }
    if chance(40) { try event(id, "running", min(launched + pick(0...30_000), ended / 1000 * 1000 - 1), "event") }
    if reported {
      try event(id, "shutting-down", ended, "event")
      try event(id, "terminated", ended + pick(0...60_000), "event")
    }
    if reclaimed && chance(50) { try event(id, "interruption-warning", ended - 120_000, "event") }
    if spot && chance(20) {
      try event(id, "spot-request", launched - 5000, "spot-request")
      if reclaimed { try event(id, "spot-request-reclaimed", ended + pick(0...3000), "spot-request") }
    }

    if described || trail, chance(20) {
      try writeNode(id, shape, zone, joined: launched)
      return try writeAttempts(on: id, nil, true, shape, from: launched, to: max(ended, launched))
    }
    let registration = 10 + number
    let knowsInstance = !(described || trail) || !chance(15)
    try connection.add(
      "container_instance",
      [
        "id": registration, "cluster": spot ? 2 : 1, "name": "registration-\(number)",
        "instance_id": knowsInstance ? id : nil, "instance_type": knowsInstance ? shape.name : nil,
        "zone": knowsInstance ? zone : nil, "operating_system": knowsInstance ? "linux" : nil,
        "registered_at_ms": knowsInstance ? min(launched + pick(20_000...90_000), ended / 1000 * 1000 - 1) : nil,
      ])
    try writeAttempts(on: id, registration, knowsInstance, shape, from: launched, to: max(ended, launched))
  }

  private func event(_ id: String, _ kind: String, _ time: Int64, _ source: String) throws {
    try connection.add(
      "instance_event",
      ["instance_id": id, "kind": kind, "at_ms": time, "source": source, "account_region": 1])
  }

  /// The instance is an EKS node; its cluster may say what pods can have.
  private mutating func writeNode(_ id: String, _ shape: Shape, _ zone: String, joined: Int64) throws {
    guard chance(60) else { return }
    let tells = chance(80)
    try connection.add(
      "kubernetes_node",
      [
        "instance_id": id, "name": "node-\(id)", "region": "eu-west-1", "instance_type": shape.name, "zone": zone,
        "created_at_ms": joined + pick(20_000...90_000),
        "milli_vcpus": tells ? shape.milliVCPUs * pick(80...100) / 100 : nil,
        "memory_mib": tells ? shape.memoryMiB * pick(80...100) / 100 : nil, "gpus": tells ? shape.gpus : nil,
        "progress": 1, "digest": 1,
      ])
  }

  /// - Parameter registration: with ECS; nil on EKS.
  private mutating func writeAttempts(
    on id: String, _ registration: Int?, _ knowsInstance: Bool, _ shape: Shape, from launched: Int64, to ended: Int64
  ) throws {
    let crowd = any([1, 2, 4, 8] as [Int64])
    let isNode = chance(7)
    for _ in 0..<(isNode ? 1 : pick(0...9)) {
      let placed = launched + pick(0...(ended - launched + 30_000))
      let started = placed + any([0, pick(0...120_000)])
      let length = any([pick(0...60_000), pick(0...(ended - launched + 60_000))])
      let runs = chance(5)
      let platform = registration == nil ? 2 : 0
      let job = try addJob(kind: isNode ? 4 : any([0, 0, 2]), platform: platform, queue: 1)
      let task = "task-\(job)"
      let pulls = registration != nil && chance(70)
      let names = registration == nil || chance(knowsInstance ? 10 : 60)
      if pulls {
        try connection.add(
          "task",
          [
            "task_id": task, "cluster": 1, "container_instance": chance(50) ? registration : nil, "launch_type": "EC2",
            "pull_started_at_ms": placed, "started_at_ms": started, "progress": 1, "digest": 1,
          ])
      }
      let begins = chance(4) ? nil : min(started, collectedAt)
      try addAttempt(
        job, kind: isNode ? 4 : 0, platform: platform, queue: 1, started: begins,
        stopped: runs ? nil : min(started + length, collectedAt),
        shape: Shape(
          name: "", milliVCPUs: pick(0...(4 * shape.milliVCPUs / crowd)) / 250 * 250,
          memoryMiB: any([shape.memoryMiB / crowd, pick(4...max(4, 2 * shape.memoryMiB / crowd))]),
          gpus: shape.gpus == 0 ? 0 : pick(0...max(1, shape.gpus / crowd))),
        registration: chance(95) ? registration : nil, task: pulls || chance(50) ? task : nil,
        instance: names ? id : nil)
      // Sometimes more than the host has, or measured twice.
      for source in ["container-insights", "nextflow"] where chance(30) {
        let times: Int64 = chance(20) ? 3 : 1
        try connection.add(
          "task_usage",
          [
            "task_id": task, "source": source, "memory_maximum_mib": pick(1...shape.memoryMiB * times),
            "milli_vcpus_average": pick(0...shape.milliVCPUs * times),
          ])
      }
    }
  }

  // MARK: Fargate

  private mutating func writeTask(_ number: Int) throws {
    let spot = chance(50)
    let queue = spot ? 4 : 3
    let arm = chance(30)
    let pulled = Self.origin + pick(0...(2 * Self.day))
    let started = pulled + pick(0...90_000)
    let stopped = started + any([pick(0...50_000), pick(0...(3 * Self.hour)), pick(0...(2 * Self.day))])
    let job = try addJob(
      kind: 0, platform: 1, queue: queue, architecture: arm ? "ARM64" : "X86_64",
      disk: chance(30) ? pick(21...200) : nil)
    let shape = Shape(
      name: "", milliVCPUs: any([250, 500, 1000, 4000, 16_000]), memoryMiB: pick(1...120) * 1024, gpus: 0)
    let task = "fargate-\(number)"
    let runs = stopped > collectedAt
    if chance(80) {
      try connection.add(
        "task",
        [
          "task_id": task, "cluster": queue, "launch_type": "FARGATE",
          "capacity_provider": spot ? "FARGATE_SPOT" : "FARGATE", "architecture": arm ? "ARM64" : "X86_64",
          "milli_vcpus": shape.milliVCPUs, "memory_mib": shape.memoryMiB,
          "pull_started_at_ms": min(pulled, collectedAt), "started_at_ms": min(started, collectedAt), "progress": 1,
          "digest": 1,
        ])
    }
    try addAttempt(
      job, kind: 0, platform: 1, queue: queue, started: chance(10) ? nil : min(started, collectedAt),
      stopped: runs ? nil : stopped,
      shape: shape, registration: nil, task: task, instance: nil)
  }

  // MARK: Jobs

  private mutating func addJob(
    kind: Int, platform: Int, queue: Int, architecture: String? = nil, disk: Int64? = nil
  ) throws -> Int {
    jobs += 1
    try connection.add(
      "job",
      [
        "id": jobs, "job_id": "job-\(jobs)", "account_region": 1, "name": "job", "kind": kind, "job_queue": queue,
        "job_definition": 1, "status": "SUCCEEDED", "created_at_ms": Self.origin, "platform": platform,
        "architecture": architecture, "ephemeral_gib": disk, "attempts": 1, "progress": 1, "digest": 1,
      ])
    return jobs
  }

  private func addAttempt(
    _ job: Int, kind: Int, platform: Int, queue: Int, started: Int64?, stopped: Int64?, shape: Shape,
    registration: Int?, task: String?, instance: String?
  ) throws {
    try connection.add(
      "attempt",
      [
        "id": job * 1024 + 1, "job": job, "ordinal": 1, "started_at_ms": started,
        "stopped_at_ms": started == nil && platform != 1 ? nil : stopped, "milli_vcpus": shape.milliVCPUs,
        "memory_mib": shape.memoryMiB, "gpus": shape.gpus, "container_instance": registration, "job_queue": queue,
        "job_definition": 1, "kind": kind, "platform": platform, "task_id": task, "instance_id": instance,
      ])
  }
}
