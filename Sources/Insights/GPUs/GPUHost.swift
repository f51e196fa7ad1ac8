/// An instance with GPUs: who held them, and what each minute shows.
///
/// A minute counts for an attempt that ran during all of it. If ECS reported which GPUs a task had, and they were
/// measured under those names, these are its own; otherwise all GPUs of the host stand for the held ones. If N were
/// measured, H of them held and K idle, at least K − (N − H) of the held ones were idle; each attempt takes its share
/// of that, and of the work.
struct GPUHost: Sendable {
  /// An attempt that had GPUs of the instance.
  struct Holder: Sendable {
    var attempt: Int64
    /// In milliseconds.
    var span: Range<Int64>
    var gpus: Int64
    /// The GPUs that ECS gave to its task; empty if unknown.
    var names: Set<String> = []
  }

  /// What was measured of one GPU in one minute.
  struct Reading: Sendable {
    /// A UUID, or an index.
    var gpu: String
    /// Hundredths of a percent.
    var duty: Int64
    var memoryMiB: Int64?
    var memoryTotalMiB: Int64?

    var isIdle: Bool { duty < GPUHost.idleDuty }
    var isNamed: Bool { gpu.hasPrefix("GPU-") }
  }

  /// What a minute shows about one attempt. Times are in milliseconds, added up over its GPUs.
  struct Minute: Equatable, Sendable {
    var attempt: Int64
    var measured: Int64
    var busy: Int64
    var idle: Int64
    var isToldApart: Bool
    /// How many of its GPUs were at work, if they can be told apart.
    var working: Int64 = 0
    var memoryMiB: Int64?
    var memoryTotalMiB: Int64?
  }

  /// A minute with less work than this is idle: 5 %.
  static let idleDuty: Int64 = 500
  static let minute: Int64 = 60_000

  /// The instance's GPUs; nil if its type is unknown.
  let gpus: Int64?
  let holders: [Holder]

  /// - Parameter start: the start of the minute, in milliseconds.
  func uses(_ start: Int64, _ readings: [Reading]) -> [Minute] {
    let minute = start..<start + Self.minute
    let present = holders.filter { $0.span.overlaps(minute) }
    if present.isEmpty { return [] }
    // One source may use indices and another UUIDs for the same GPUs.
    let readings = readings.contains(where: \.isNamed) ? readings.filter(\.isNamed) : readings
    let measured = Set(readings.map(\.gpu))
    let own = present.filter { !$0.names.isEmpty && $0.names.isSubset(of: measured) }
    let others = present.filter { $0.names.isEmpty || !$0.names.isSubset(of: measured) }
    func isWhole(_ holder: Holder) -> Bool {
      holder.span.lowerBound <= start && holder.span.upperBound >= minute.upperBound
    }
    var uses = own.filter(isWhole).map { holder in
      Self.use([holder], of: readings.filter { holder.names.contains($0.gpu) }, isWhole: true)[0]
    }
    let taken = own.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    let rest = readings.filter { !taken.contains($0.gpu) }
    let isComplete = gpus.map { $0 == Int64(readings.count) } ?? true
    if isComplete, !others.isEmpty, others.allSatisfy(isWhole) {
      uses += Self.use(others, of: rest, isWhole: others.count == 1)
    }
    return uses
  }

  /// - Parameter isWhole: whether there is a single holder, which has all of these GPUs if it holds that many.
  private static func use(_ holders: [Holder], of readings: [Reading], isWhole: Bool) -> [Minute] {
    let (count, held) = (Int64(readings.count), holders.reduce(0) { $0 + $1.gpus })
    guard held > 0, held <= count else { return [] }
    let idle = max(0, Int64(readings.count(where: \.isIdle)) - (count - held))
    let duty = min(readings.reduce(0) { $0 + $1.duty }, held * 10_000)
    return holders.map { holder in
      Minute(
        attempt: holder.attempt, measured: holder.gpus * minute, busy: duty * holder.gpus * minute / (held * 10_000),
        idle: idle * holder.gpus * minute / held, isToldApart: isWhole && held == count, working: held - idle,
        memoryMiB: readings.compactMap(\.memoryMiB).max(), memoryTotalMiB: readings.compactMap(\.memoryTotalMiB).max())
    }
  }
}
