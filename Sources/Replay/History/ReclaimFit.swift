import Domain

/// How often EC2 reclaimed instances in the period whose prices apply: the market of a replay of that time.
///
/// Every rate is shrunk towards a wider one with the weight of 200 instance-hours: a type's in the period towards its
/// environment's in the period, and that towards the environment's over all time. If the Spot Advisor's bands are
/// known, a type with twice the band is expected to be reclaimed twice as often; for an account that never used Spot
/// they are the only source.
struct ReclaimFit {
  private static let priorHours = 200.0

  private struct Sample {
    var hours: [Int: Double] = [:]
    var reclaims: [Int: Int] = [:]
    var lives = 0

    mutating func merge(_ other: Sample) {
      hours.merge(other.hours, uniquingKeysWith: +)
      reclaims.merge(other.reclaims, uniquingKeysWith: +)
      lives += other.lives
    }

    var allHours: Double { hours.values.reduce(0, +) }
    var allReclaims: Double { Double(reclaims.values.reduce(0, +)) }
  }

  private let history: History
  private let within: [Sample]
  private let known: [Sample]

  /// - Parameters:
  ///   - span: the market's time.
  ///   - known: everything known, including the span.
  init(_ history: History, over span: TimeSpan, known: TimeSpan) {
    self.history = history
    within = Self.samples(history, span)
    self.known = Self.samples(history, known)
  }

  private static func samples(_ history: History, _ span: TimeSpan) -> [Sample] {
    let times = span.start.milliseconds..<span.end.milliseconds
    var samples = history.environments.map { _ in Sample() }
    for life in history.lives where life.type >= 0 || history.environments[life.environment].kind.isFargate {
      let within = max(0, min(life.stopped, times.upperBound) - max(life.started, times.lowerBound))
      if within == 0 { continue }
      samples[life.environment].lives += 1
      samples[life.environment].hours[life.type, default: 0] += Double(within) / Double(millisecondsPerHour)
      if times.contains(life.stopped), history.isTaken(life) {
        samples[life.environment].reclaims[life.type, default: 0] += 1
      }
    }
    return samples
  }

  func rates(of environment: Int) -> ReclaimRates {
    history.environments[environment].kind.isSpot
      ? rates(of: [environment], region: history.environments[environment].region) : ReclaimRates()
  }

  /// For environments of a region that become Spot: the rates of all Spot instances together.
  func spotRates(in region: String) -> ReclaimRates {
    rates(of: history.environments.indices.filter { history.environments[$0].kind == .spot }, region: region)
  }

  private func rates(of environments: [Int], region: String) -> ReclaimRates {
    var (now, ever) = (Sample(), Sample())
    for index in environments {
      now.merge(within[index])
      ever.merge(known[index])
    }
    let bands = history.bands[region] ?? [:]
    guard ever.allHours > 0 else { return advised(bands) }
    let all = ever.allReclaims / ever.allHours
    let hourly = (now.allReclaims + all * Self.priorHours) / (now.allHours + Self.priorHours)
    // What the Advisor says about the types in use, weighted by their use.
    var (sum, hours) = (0.0, 0.0)
    for (type, time) in ever.hours {
      guard let band = bands[type] else { continue }
      sum += band * time
      hours += time
    }
    let usual = hours > 0 ? sum / hours : 0
    return ReclaimRates(
      hourly: hourly,
      byType: Dictionary(
        uniqueKeysWithValues: Set(ever.hours.keys).union(usual > 0 ? Set(bands.keys) : []).map { type in
          let expected = usual > 0 ? hourly * (bands[type] ?? usual) / usual : hourly
          let (time, seen) = (now.hours[type] ?? 0, Double(now.reclaims[type] ?? 0))
          return (type, (seen + expected * Self.priorHours) / (time + Self.priorHours))
        }))
  }

  /// A band is a share of instances, however long they ran; here, as long as the account's own instances run on
  /// average.
  private func advised(_ bands: [Int: Double]) -> ReclaimRates {
    var own = Sample()
    for index in history.environments.indices where !history.environments[index].kind.isFargate {
      own.merge(known[index])
    }
    guard own.lives > 0, own.allHours > 0, !bands.isEmpty else { return ReclaimRates() }
    let life = own.allHours / Double(own.lives)
    let byType = bands.mapValues { -(1 - min($0, 0.99)).logarithm / life }
    return ReclaimRates(hourly: byType.values.reduce(0, +) / Double(byType.count), byType: byType)
  }
}
