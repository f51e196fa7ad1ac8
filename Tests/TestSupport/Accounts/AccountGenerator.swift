/// A made-up account as the rows that a collection would have left in the database.
///
/// The facts are SQL for an empty database of the current schema, which any code with a database can load.
package struct GeneratedAccount: Sendable {
  package var seed: UInt64
  package var facts: String
  /// What a second collection or a bill brought an hour later; empty if there was none.
  package var later: String
  /// The first job's day, counted from 1970-01-01, and the time of collection in milliseconds.
  package var firstDay: Int64
  package var collectedAt: Int64
  /// What it is made of, for a failure's message.
  package var traits: [String]
}

/// Accounts made from seeds, unlike each other: no jobs or thousands, one place or several with queues of equal name,
/// On-Demand, Spot and Fargate alone or together, arrays and multi-node jobs, idle weekends and weeks, a day of history
/// or ten weeks, collected at any moment, a bill for none, some or all of the days, restated days, missing prices, jobs
/// on unknown instances, prices in CNY, reservations and Capacity Blocks, measured jobs and GPUs, nothing but events.
package struct AccountGenerator {
  private var random: SeededGenerator
  let seed: UInt64
  var kinds = Kinds()
  var sql: [String] = []
  var later: [String] = []
  var traits: [String] = []
  var lives: [Life] = []
  var jobs: Int64 = 0
  var hosts: Int64 = 0
  var parents: Int64 = 0
  var tagSets: Int64 = 0
  var places: [Place] = []
  var queueOptions: [Option] = []
  var queueNames: [String] = []
  var definitions: Int64 = 0
  var first: Int64 = 0
  var asOf: Int64 = 0

  enum Option: Int, CaseIterable {
    case onDemand, spot, fargate, gpu

    var name: String { ["On-Demand", "Spot", "Fargate", "GPUs"][rawValue] }
  }

  /// An instance that ran.
  struct Life {
    var name: String
    var place: Int
    var type: Int
    var isSpot: Bool
    var start: Int64
    var stop: Int64
  }

  struct Place {
    var account: String
    var region: String
    var zones: [String] { ["\(region)a", "\(region)b"] }
  }

  static let hour: Int64 = 3_600_000
  static let day: Int64 = 86_400_000
  static let types = [
    (name: "m5.xlarge", vcpus: 4000, mib: 16384, gpus: 0, rate: 230_000_000),
    (name: "c5.4xlarge", vcpus: 16000, mib: 32768, gpus: 0, rate: 768_000_000),
    (name: "g5.xlarge", vcpus: 4000, mib: 16384, gpus: 1, rate: 1_258_000_000),
  ]

  private init(_ seed: UInt64) {
    self.seed = seed
    random = SeededGenerator(seed: seed)
  }

  package static func account(_ seed: UInt64) -> GeneratedAccount {
    var generator = AccountGenerator(seed)
    generator.chooseKinds()
    generator.makePlaces()
    generator.makeCalendar()
    generator.makePrices()
    generator.makeDefinitionsAndTags()
    generator.makeWork()
    generator.makeReservations()
    generator.makeBill()
    generator.makeRestatement()
    return GeneratedAccount(
      seed: seed, facts: generator.sql.joined(separator: ";\n") + ";",
      later: generator.later.map { $0 + ";" }.joined(separator: "\n"), firstDay: generator.first / day,
      collectedAt: generator.asOf, traits: generator.traits)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
  mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }
  mutating func number(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &random) }

  mutating func name() -> String {
    let short = [
      "main", "gpu", "nightly", "q", "train", "データ基盤", "geno-µ", "очередь", "a b", "משימות", "تدريب", "🧬 lab",
    ]
    let word = pick(short)
    guard chance(12) else { return word }
    let long = String(repeating: word + "-", count: 40).prefix(Int(number(20...128)))
    return long.hasSuffix(" ") ? String(long.dropLast()) : String(long)
  }

  static func quoted(_ text: String) -> String {
    "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
  }
}
