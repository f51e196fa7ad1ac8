import Domain

/// How much longer jobs run on one instance family than on another: from jobs of one definition and size that ran on
/// both. Of families between which nothing is known, jobs are assumed to run equally long.
package struct FamilySpeed: Sendable {
  /// Families by position in `names`.
  package struct Pair: Hashable, Sendable {
    package var from: Int16
    package var to: Int16
  }

  package struct Ratio: Equatable, Sendable {
    /// Run time there ÷ run time here.
    package var ratio: Double
    /// A standard error of its logarithm.
    package var error: Double
    /// Kinds of jobs, by definition and size, that ran on both, and their attempts on the family that had fewer.
    package var kinds: Int
    package var attempts: Int

    /// Whether chance hardly explains the difference.
    package var isSeen: Bool { abs(ratio.logarithm) > 2 * error }
  }

  /// The fewest attempts of a kind of jobs on each of two families.
  static let least = 5

  package private(set) var names: [String] = []
  package private(set) var ratios: [Pair: Ratio] = [:]
  /// By position in `Model.shapes`.
  private var families: ContiguousArray<Int16> = []
  /// By family from and family to, in one array; 1 where no difference was seen.
  private var factors: ContiguousArray<Double> = []
  /// Whether any factor is not 1.
  private(set) var isKnown = false

  /// Nothing is known.
  package init() {}

  private struct Kind: Hashable, Comparable {
    var definition: Int32
    var need: Need

    static func < (a: Kind, b: Kind) -> Bool {
      (a.definition, a.need.milliVCPUs, a.need.memoryMiB, a.need.gpus)
        < (b.definition, b.need.milliVCPUs, b.need.memoryMiB, b.need.gpus)
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
      logarithms[Kind(definition: attempt.definition, need: attempt.need), default: [:]][family, default: []].append(
        Double(attempt.stopped - attempt.started).logarithm)
    }
    // In one order, so that the same history gives the same sums.
    let kinds = logarithms.sorted { $0.key < $1.key }.map { $0.value.filter { $0.value.count >= Self.least } }
    add(kinds.filter { $0.count > 1 })
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

  /// What one kind of jobs says of two families.
  private struct Observation {
    var difference: Double
    var variance: Double
    var attempts: Int
  }

  /// - Parameter kinds: logarithms of run times by family, of each kind of jobs that ran on several.
  private mutating func add(_ kinds: [[Int16: [Double]]]) {
    var observed: [Pair: [Observation]] = [:]
    for runs in kinds {
      let known = runs.sorted { $0.key < $1.key }.map { (family: $0.key, middle: Middle($0.value)) }
      for (index, from) in known.enumerated() {
        for to in known[(index + 1)...] {
          observed[Pair(from: from.family, to: to.family), default: []].append(
            Observation(
              difference: to.middle.median - from.middle.median, variance: from.middle.variance + to.middle.variance,
              attempts: min(from.middle.count, to.middle.count)))
        }
      }
    }
    for (pair, observations) in observed { set(pair, Self.ratio(observations)) }
    isKnown = factors.contains { $0 != 1 }
  }

  /// Weighted by how sure each kind of jobs is; kinds that disagree make all of them less sure.
  private static func ratio(_ observations: [Observation]) -> Ratio {
    let weights = observations.map { 1 / $0.variance }
    let sum = weights.reduce(0, +)
    let mean = zip(observations, weights).reduce(0) { $0 + $1.0.difference * $1.1 } / sum
    var error = (1 / sum).squareRoot()
    if observations.count > 1 {
      let between = observations.reduce(0) { $0 + ($1.difference - mean) * ($1.difference - mean) }
      let count = Double(observations.count)
      error = max(error, (between / (count - 1) / count).squareRoot())
    }
    return Ratio(
      ratio: mean.exponential, error: error, kinds: observations.count,
      attempts: observations.reduce(0) { $0 + $1.attempts })
  }

  private mutating func set(_ pair: Pair, _ ratio: Ratio) {
    var back = ratio
    back.ratio = 1 / ratio.ratio
    ratios[pair] = ratio
    ratios[Pair(from: pair.to, to: pair.from)] = back
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

/// The middle of some logarithms, and how sure it is.
private struct Middle {
  let count: Int
  let median: Double
  /// Of the median, from the distance of the quartiles, which failures disturb little.
  let variance: Double

  init(_ values: [Double]) {
    let sorted = values.sorted()
    func quantile(_ share: Double) -> Double {
      let position = share * Double(sorted.count - 1)
      let below = Int(position)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
    }
    count = sorted.count
    median = quantile(0.5)
    // A median varies π/2 times as much as a mean, and quartiles are 1.349 standard deviations apart.
    let deviation = (quantile(0.75) - quantile(0.25)) / 1.349
    variance = max(1.5708 * deviation * deviation / Double(sorted.count), 1e-6)
  }
}
