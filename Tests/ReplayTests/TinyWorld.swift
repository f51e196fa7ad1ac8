import Accounting
import Domain

@testable import Replay

/// A model small enough to replay by hand: four types, two zones, constant prices.
struct TinyWorld {
  static let hour: Int64 = 3_600_000
  /// 2026-10-26T00:00:00Z, a Monday.
  static let start: Int64 = 1_792_972_800_000
  static let monday = Day(number: 20752)
  static let names = ["a.large", "a.xlarge", "b.xlarge", "c.2xlarge"]

  var environments: [Environment]
  var queues: [Model.Queue]
  var jobs: ContiguousArray<Trace.Job> = []
  var runs: ContiguousArray<Trace.Run> = []
  var tries: ContiguousArray<Trace.Try> = []
  var days = monday..<(monday + 7)

  /// One queue with one environment of all types.
  init(
    _ kind: Environment.Kind, _ strategy: Strategy = .bestFitProgressive, types: [Int] = [0, 1, 2, 3],
    maximumVCPUs: Int64 = 1_000_000, zones: [String] = ["eu-west-1a"]
  ) {
    environments = [
      Environment(
        id: 1, name: "only", kind: kind, strategy: strategy, types: types, zones: zones,
        maximumMilliVCPUs: maximumVCPUs * 1000)
    ]
    queues = [Model.Queue(id: 1, name: "jobs", environments: [0])]
  }

  /// A job that runs for `minutes`, runnable `minute` minutes into Monday.
  mutating func job(
    at minute: Int64 = 0, minutes: Int64 = 60, vcpus: Int32 = 2, gib: Int32 = 4, spare: Int32 = 3, queue: Int32 = 0
  ) {
    jobs.append(
      Trace.Job(
        ready: Self.start + minute * 60_000, need: Need(milliVCPUs: vcpus * 1000, memoryMiB: gib * 1024),
        queue: queue, firstRun: Int32(runs.count), runs: 1, spareAttempts: spare))
    runs.append(Trace.Run(duration: minutes * 60_000, firstTry: Int32(tries.count)))
    tries.append(Trace.Try())
  }

  var zones: [String] { Array(Set(environments.flatMap(\.zones))).sorted() }

  var trace: Trace {
    Trace(
      jobs: jobs, runs: runs, tries: tries,
      span: TimeSpan(days.lowerBound.start, days.upperBound.start), zones: zones)
  }

  /// $0.10, $0.20, $0.15 and $0.28 an hour On-Demand: 5, 5, 3.75 and 3.5 cents a vCPU-hour. Spot in eu-west-1a: $0.04,
  /// $0.06, $0.07 and $0.20; in eu-west-1b only a.xlarge, at $0.05.
  var model: Model {
    let sizes: [(Int64, Int64)] = [(2, 8), (4, 16), (4, 8), (8, 16)]
    let listed: [Int64] = [100, 200, 150, 280]
    let spot: [Int64] = [40, 60, 70, 200]
    var prices = PriceBook()
    func history(_ thousandths: Int64) -> PriceHistory {
      PriceHistory([(Instant(milliseconds: 0), Rate(nanodollarsPerHour: thousandths * 1_000_000))])
    }
    for (index, name) in Self.names.enumerated() {
      prices.listed[
        ListedItem(
          place: "eu-west-1", service: "AmazonEC2", item: name, operatingSystem: "Linux", tenancy: "Shared")] =
        history(listed[index])
      prices.listed[
        ListedItem(
          place: "eu-west-1", service: "AmazonECS", item: "ECS-Managed-Instances:\(name)-management-hours")] =
        history(10)
      prices.spot[
        SpotPool(account: "", zone: "eu-west-1a", instanceType: name, product: "Linux/UNIX")] = history(spot[index])
    }
    prices.spot[SpotPool(account: "", zone: "eu-west-1b", instanceType: "a.xlarge", product: "Linux/UNIX")] = history(
      50)
    // Fargate's public rates in us-east-1, as on the method page.
    for (item, rate) in [("Fargate-vCPU-Hours:perCPU", 40_480_000), ("Fargate-GB-Hours", 4_445_000)]
      as [(String, Int64)]
    {
      prices.listed[ListedItem(place: "eu-west-1", service: "AmazonECS", item: item)] = PriceHistory([
        (Instant(milliseconds: 0), Rate(nanodollarsPerHour: rate))
      ])
    }
    return Model(
      shapes: zip(Self.names, sizes).map { name, size in
        InstanceShape(
          name: name, nominal: Resources(milliVCPUs: size.0 * 1000, memoryMiB: size.1 * 1024),
          registeredMiB: size.1 * 1024 - 256)
      },
      environments: environments, queues: queues, prices: prices)
  }

  func replay(seed: UInt64 = 1) -> ReplayResult { Replay.run(trace, model, seed: seed, days: days) }

  /// Each launch: type and zone.
  func launches() -> [String] {
    var simulation = Simulation(trace, model, seed: 1)
    simulation.run()
    return simulation.instances.map { instance in
      let zone = instance.zone >= 0 ? String(zones[Int(instance.zone)].suffix(1)) : "-"
      return instance.type < 0 ? "task" : "\(Self.names[Int(instance.type)]) \(zone)"
    }
  }
}
