import Domain

/// How much longer jobs run on one instance family than on another: from jobs of one definition and size that ran on
/// both on the same day. Of families between which nothing is known, jobs are assumed to run equally long.
///
/// Attempts on one instance or in one run have the same inputs, and so say the same thing many times over. So a day's
/// attempts of one kind of jobs count as one comparison, and only the scatter of comparisons says how sure the ratio is.
package struct FamilySpeed: Sendable {
  /// Families by position in `names`.
  package struct Pair: Hashable, Sendable {
    /// The family on which jobs ran.
    package var from: Int16
    /// The family on which they would run.
    package var to: Int16

    var reversed: Pair { Pair(from: to, to: from) }
  }

  /// How run times on one family compare with those on another.
  package struct Ratio: Equatable, Sendable {
    /// Run time there ÷ run time here: the geometric mean of all comparisons.
    package var ratio: Double
    /// A standard error of its logarithm.
    package var error: Double
    /// Days and kinds of jobs, by definition and size, that ran on both.
    package var comparisons: Int

    /// Whether chance hardly explains the difference. Dozens of pairs are looked at, and few comparisons tell little of
    /// their own scatter, hence four standard errors.
    package var isSeen: Bool { abs(ratio.logarithm) > 4 * error }
  }

  /// With fewer comparisons nothing is concluded.
  static let least = 8

  /// Families, such as `c5`.
  package private(set) var names: [String] = []
  /// Only pairs with at least `least` comparisons.
  package private(set) var ratios: [Pair: Ratio] = [:]
  /// By position in `Model.shapes`.
  private var families: ContiguousArray<Int16> = []
  /// By family from and family to, in one array; 1 where no difference was seen.
  private var factors: ContiguousArray<Double> = []
  /// Whether any factor is not 1.
  private(set) var isKnown = false

  /// Nothing is known.
  package init() {}

  /// Jobs that can be compared.
  private struct Kind: Hashable, Comparable {
    var day: Int64
    var definition: Int32
    var need: Need

    static func < (a: Kind, b: Kind) -> Bool {
      (a.day, a.definition, a.need.milliVCPUs, a.need.memoryMiB, a.need.gpus)
        < (b.day, b.definition, b.need.milliVCPUs, b.need.memoryMiB, b.need.gpus)
    }
  }

  /// - Parameter span: attempts that ended in it count.
  init(_ history: History, over span: TimeSpan) {
    number(history.shapes)
    var logarithms: [Kind: [Int16: [Double]]] = [:]
    let (start, end) = (span.start.milliseconds, span.end.milliseconds)
    for attempt in history.attempts where attempt.stopped > start && attempt.stopped <= end {
      guard !attempt.isLost, !attempt.isLostForGood, !attempt.isOpen, attempt.stopped > attempt.started,
        attempt.life >= 0, let family = family(ofType: history.lives[Int(attempt.life)].type)
      else { continue }
      let kind = Kind(
        day: attempt.started / millisecondsPerDay, definition: attempt.definition, need: attempt.need)
      logarithms[kind, default: [:]][family, default: []].append(Double(attempt.stopped - attempt.started).logarithm)
    }
    // In one order, so that the same history gives the same sums.
    compare(logarithms.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map(\.value))
  }

  private mutating func number(_ shapes: [InstanceShape]) {
    for shape in shapes {
      let name = String(shape.name.prefix { $0 != "." })
      let known = names.firstIndex(of: name)
      if known == nil { names.append(name) }
      families.append(Int16(known ?? names.count - 1))
    }
    factors = ContiguousArray(repeating: 1, count: names.count * names.count)
  }

  private func family(ofType type: Int) -> Int16? { families.indices.contains(type) ? families[type] : nil }

  /// - Parameter kinds: logarithms of run times by family, of each kind of jobs that ran on several.
  private mutating func compare(_ kinds: [[Int16: [Double]]]) {
    var differences: [Pair: [Double]] = [:]
    for runs in kinds {
      let medians = runs.sorted { $0.key < $1.key }.map { (family: $0.key, median: Self.median($0.value)) }
      for (index, from) in medians.enumerated() {
        for to in medians[(index + 1)...] {
          differences[Pair(from: from.family, to: to.family), default: []].append(to.median - from.median)
        }
      }
    }
    for (pair, values) in differences where values.count >= Self.least { set(pair, Self.ratio(values)) }
    isKnown = factors.contains { $0 != 1 }
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  private static func ratio(_ differences: [Double]) -> Ratio {
    let count = Double(differences.count)
    let mean = differences.reduce(0, +) / count
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return Ratio(
      ratio: mean.exponential, error: (squares / (count - 1) / count).squareRoot(), comparisons: differences.count)
  }

  private mutating func set(_ pair: Pair, _ ratio: Ratio) {
    var back = ratio
    back.ratio = 1 / ratio.ratio
    ratios[pair] = ratio
    ratios[pair.reversed] = back
    guard ratio.isSeen else { return }
    factors[Int(pair.from) * names.count + Int(pair.to)] = ratio.ratio
    factors[Int(pair.to) * names.count + Int(pair.from)] = back.ratio
  }

  /// How much longer a job runs on a type than on the one where it was measured.
  @inline(__always)
  func factor(from measured: Int, to type: Int) -> Double {
    guard families.indices.contains(measured), families.indices.contains(type) else { return 1 }
    return factors[Int(families[measured]) * names.count + Int(families[type])]
  }

  /// Pairs of families of some types, from where jobs ran to where they may run.
  func pairs(from measured: Set<Int>, to types: Set<Int>) -> Set<Pair> {
    let (from, to) = (Set(measured.compactMap(family)), Set(types.compactMap(family)))
    return Set(from.flatMap { one in to.filter { $0 != one }.map { Pair(from: one, to: $0) } })
  }
}
