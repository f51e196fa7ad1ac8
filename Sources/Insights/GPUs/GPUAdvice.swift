import Store

/// How many GPUs the attempts of a step should ask for, and how that advice would have performed.
///
/// An attempt needs as many GPUs as were at work in any one of its minutes. The advice is the most that any attempt
/// needed: an attempt with fewer GPUs fails or waits, and no percentile is worth that. Money is in nanodollars.
struct GPUAdvice: Equatable, Sendable {
  /// An attempt whose own GPUs were measured.
  struct Sample: Equatable, Sendable {
    var step: Int64
    var gpus: Int64
    /// The most at work in one minute.
    var working: Int64
    /// The cost of its GPUs.
    var cost: Int64

    /// How much less it would have cost with fewer GPUs. Rounded down.
    func saving(with advised: Int64) -> Int64 {
      gpus > advised ? Int64(Int128(cost) * Int128(gpus - advised) / Int128(gpus)) : 0
    }
  }

  var step: Int64
  var gpus: Int64
  var advised: Int64
  var status: SizeAdvice.Status
  var attempts = 0
  var cost: Int64 = 0
  var saving: Int64 = 0
  /// The back-test: fitted on the earlier half of the attempts, tested on the later one.
  var fitted = 0
  var tested = 0
  var testedCost: Int64 = 0
  var testedSaving: Int64 = 0
  var short = 0
  var shortCost: Int64 = 0

  /// The fewest attempts for advice; a back-test needs as many in each half.
  static let fewest = 4

  /// - Parameter samples: for one step and number of GPUs, in the order of their starts.
  init?(_ samples: [Sample]) {
    guard let first = samples.first else { return nil }
    (step, gpus) = (first.step, first.gpus)
    let needed = Self.needed(samples)
    status = samples.count < Self.fewest ? .tooFew : needed < gpus ? .advised : .fits
    advised = status == .advised ? needed : gpus
    attempts = samples.count
    cost = samples.reduce(0) { $0 + $1.cost }
    saving = samples.reduce(0) { [advised] in $0 + $1.saving(with: advised) }
    let earlier = samples.prefix(samples.count / 2)
    guard earlier.count >= Self.fewest else { return }
    fitted = earlier.count
    let trial = Self.needed(earlier)
    for sample in samples.dropFirst(earlier.count) {
      tested += 1
      testedCost += sample.cost
      if sample.working > trial {
        short += 1
        shortCost += sample.cost
      } else {
        testedSaving += sample.saving(with: trial)
      }
    }
  }

  private static func needed(_ samples: some Collection<Sample>) -> Int64 { max(1, samples.map(\.working).max() ?? 1) }

  /// - Parameter samples: in the order of their starts.
  /// - Returns: by step and number of GPUs.
  static func all(_ samples: [Sample]) -> [GPUAdvice] {
    Dictionary(grouping: samples) { [$0.step, $0.gpus] }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .compactMap { GPUAdvice($0.value) }
  }
}

private enum GPUAdviceColumn: Int32, TableColumns {
  case jobStep, gpus, advised, status, confidence, attempts, cost, saving, fitted, tested, testedCost, testedSaving
  case short, shortCost
  static let table = "gpu_advice"
}

extension Insight {
  static let gpuAdvice = Insight("advice on GPUs", tables: ["gpu_advice"]) { _, connection in
    enum Field: Int32, SelectedColumn {
      case jobStep, gpus, workingGpus, cost
      var sql: String {
        switch self {
        case .jobStep: "MIN(d.\(name))"
        case .gpus, .workingGpus: "MAX(d.\(name))"
        case .cost: "SUM(d.\(name))"
        }
      }
    }
    let samples = try connection.prepare(
      """
      SELECT \(Field.list) FROM gpu_use_day d
      JOIN attempt a ON a.id = d.attempt
      WHERE d.gpus > 1
      GROUP BY d.attempt
      HAVING MIN(d.told_apart) = 1 AND SUM(d.measured_ms) * 2 >= SUM(d.held_ms) AND SUM(d.cost) IS NOT NULL
      ORDER BY MIN(a.started_at_ms), d.attempt
      """)
    var found: [GPUAdvice.Sample] = []
    while try samples.step() {
      found.append(
        GPUAdvice.Sample(
          step: samples.integer(Field.jobStep), gpus: samples.integer(Field.gpus),
          working: samples.integer(Field.workingGpus), cost: samples.integer(Field.cost)))
    }
    let rows = try TableWriter<GPUAdviceColumn>(connection)
    for advice in GPUAdvice.all(found) {
      rows.put(.jobStep, advice.step)
      rows.put(.gpus, advice.gpus)
      rows.put(.advised, advice.advised)
      rows.put(.status, advice.status.rawValue)
      rows.put(.confidence, Confidence(samples: advice.attempts).rawValue)
      rows.put(.attempts, advice.attempts)
      rows.put(.cost, advice.cost)
      rows.put(.saving, advice.saving)
      rows.put(.fitted, advice.fitted)
      rows.put(.tested, advice.tested)
      rows.put(.testedCost, advice.testedCost)
      rows.put(.testedSaving, advice.testedSaving)
      rows.put(.short, advice.short)
      rows.put(.shortCost, advice.shortCost)
      try rows.write()
    }
  }
}
