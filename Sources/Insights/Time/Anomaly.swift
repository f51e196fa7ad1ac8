import Domain
import Store

#if canImport(Glibc)
  import Glibc
#endif

/// A day that cost more or less than its own history predicts: robust, and seasonal by weekday.
///
/// With x = log(cost), costs under a floor raised to it:
///
///     expected(d) = median of x on the same weekday of up to eight weeks before, at least two
///     error(d)    = x(d) − expected(d)
///     usual       = 1.4826 × median of |error| of the 56 days before d, at least 0.05; at least 21 errors
///     score(d)    = error(d) ÷ usual
///
/// Days whose cost is not known (see `PricedTime`) are neither judged nor compared with.
///
/// So each day is compared with how predictable the days before it were, and the first result needs five weeks of
/// history. An alarm is a score beyond Student's t for the probability `falseAlarms ÷ (365 × scopes)`,
/// both tails, with 0.37 degrees of freedom an error, the efficiency of the median deviation (Huber, Robust Statistics,
/// 1981). Then about `falseAlarms` false alarms a year are expected over all scopes together, if errors are log-normal
/// and days independent. Differences below a hundredth of a usual day's whole cost are never reported.
struct Anomaly: Equatable {
  /// Expected false alarms a year, all scopes together.
  static let falseAlarms = 1.0
  static let minimumErrors = 21
  /// Whole days: two weeks before the first error, then the errors.
  static let minimumHistory = 14 + minimumErrors
  static let window = 56

  /// Position of the day in the series.
  var index: Int
  /// Nanodollars; `low` and `high` bound what would be no alarm.
  var expected: Double
  var low: Double
  var high: Double
  /// The error in multiples of the usual one; negative if the day cost less than expected.
  var score: Double
  /// The days behind the expectation.
  var peers: [Int]
}

/// The history of one scope, prepared for checking days.
struct AnomalyDetector {
  let series: DailySeries
  /// The first day on which it had a cost.
  private let begin: Int
  private let logarithms: [Double]
  private let errors: [Double?]

  init(_ series: DailySeries) {
    self.series = series
    let costs = series.days.map { Double($0.cost) }
    let known = series.days.filter(\.time.isPriced).map { Double($0.cost) }
    let floor = max(1e7, 0.05 * median(known.filter { $0 > 0 }))
    let begin = costs.firstIndex { $0 > 0 } ?? costs.count
    let logarithms = costs.map { log(max($0, floor)) }
    self.begin = begin
    self.logarithms = logarithms
    errors = logarithms.indices.map { day in
      let peers = Self.peers(of: day, from: begin, series)
      return !series.days[day].time.isPriced || peers.count < 2
        ? nil : logarithms[day] - median(peers.map { logarithms[$0] })
    }
  }

  private static func peers(of day: Int, from begin: Int, _ series: DailySeries) -> [Int] {
    stride(from: day - 7, through: max(begin, day - 56), by: -7)
      .filter { $0 >= begin && series.days[$0].time.isPriced }
  }

  /// Whole days since it first had a cost.
  var history: Int { series.days.count - begin }

  enum Silence: String {
    case shortHistory = "short-history"
    /// It had a cost on fewer than 80 % of the recent days.
    case seldomActive = "seldom-active"
  }

  /// Why the next day cannot be checked; nil if it can.
  var silence: Silence? {
    if history < Anomaly.minimumHistory { return .shortHistory }
    return Double(activeDays) < 0.8 * Double(recent.count) ? .seldomActive : nil
  }

  var recent: ArraySlice<DayFigures> { series.days.suffix(min(Anomaly.window, max(history, 1))) }

  /// The number of recent days on which it had a cost.
  var activeDays: Int { recent.count { $0.cost > 0 } }

  /// - Parameter probability: of a false alarm on one day.
  /// - Returns: nil if the day is as expected, or if there is too little history.
  func judge(_ day: Int, probability: Double) -> Anomaly? {
    guard let error = errors[day] else { return nil }
    let before = errors[max(0, day - Anomaly.window)..<day].compactMap { $0 }
    guard before.count >= Anomaly.minimumErrors else { return nil }
    let usual = max(0.05, 1.4826 * median(before.map(abs)))
    let limit = studentQuantile(tails: probability, degrees: 0.37 * Double(before.count))
    let score = error / usual
    guard abs(score) > limit else { return nil }
    let expected = logarithms[day] - error
    return Anomaly(
      index: day, expected: exp(expected), low: exp(expected - limit * usual), high: exp(expected + limit * usual),
      score: score, peers: Self.peers(of: day, from: begin, series))
  }
}
