import Domain
import Store

/// What a week or a month will have cost at its end, with an 80 % interval.
///
///     expected = whole days so far + Σ expected day, for the days left, including the day of collection and days whose
///                cost is not known, which count with what they are known to have cost, if that is more
///     interval = expected ± t · s · √((h + Σ h_w² ÷ n_w) · (1 + ρ) ÷ (1 − ρ))
///
/// The expected cost of a day is the mean of its weekday over the whole days of the last 56 whose cost is known, from four
/// weeks of history on; before that, from seven days on, the mean of all days. s is the standard deviation of the residuals, with n − 7 or n
/// − 1 degrees of freedom, and t is Student's for them; h is the number of days left, of which h_w fall on weekdays
/// with n_w days of history; ρ is the correlation of one day with the next, between 0 and 0.8, because costs come in
/// stretches. The interval assumes that the coming days are like the past ones. It never begins below what has been
/// charged already.
struct Forecast: Equatable {
  static let window = 56
  static let tails = 0.2

  /// Charged so far in the span, in nanodollars, like the next three.
  var soFar: Int64
  var expected: Int64
  /// From `low` to `high`: the 80 % interval.
  var low: Int64
  var high: Int64
  /// With the day of collection.
  var daysLeft: Int
  /// Whole days behind the expectation.
  var history: Int
  var byWeekday: Bool

  /// - Parameters:
  ///   - first: the span's first day.
  ///   - end: the day after its last.
  /// - Returns: nil with fewer than seven whole days of history, and if the span began before the ledger did.
  init?(_ series: DailySeries, from first: Day, to end: Day) {
    let count = series.days.count
    let past = (max(0, count - Self.window)..<count).filter { series.days[$0].time.isPriced }
    guard past.count >= 7, first >= series.firstDay else { return nil }
    let costs = series.days.map { Double($0.cost) }
    let byWeekday = past.count >= 28
    let model = DayModel(past.map { (weekday: byWeekday ? series.day($0).weekday : 0, cost: costs[$0]) })

    let ended = series.days.indices.filter { series.day($0) >= first }
    let soFar = ended.reduce(series.today.cost) { $0 + series.days[$1].cost }
    let today = series.day(count)
    var (weekdays, middle) = ([Int](), 0.0)
    func expect(_ day: Day, atLeast known: Int64 = 0) {
      let weekday = byWeekday ? day.weekday : 0
      weekdays.append(weekday)
      middle += max(Double(known), model.mean(weekday))
    }
    for index in ended {
      let day = series.days[index]
      if day.time.isPriced { middle += Double(day.cost) } else { expect(series.day(index), atLeast: day.cost) }
    }
    let unknown = weekdays.count
    var day = max(today, first)
    while day < end {
      expect(day, atLeast: day == today ? series.today.cost : 0)
      day = day + 1
    }
    let half = model.halfWidth(weekdays, tails: Self.tails)
    let least = Double(soFar)
    (history, daysLeft) = (past.count, weekdays.count - unknown)
    self.byWeekday = byWeekday
    self.soFar = soFar
    expected = Int64(max(least, middle).rounded())
    low = Int64(max(least, middle - half).rounded())
    high = Int64(max(least, middle + half).rounded())
  }
}

/// Expected costs of days, by weekday or for all days, and their residuals.
struct DayModel {
  private var means: [Int: (mean: Double, days: Int)] = [:]
  private let variance: Double
  private let degrees: Double
  private let correlation: Double

  init(_ days: [(weekday: Int, cost: Double)]) {
    for (weekday, group) in Dictionary(grouping: days, by: \.weekday) {
      means[weekday] = (group.reduce(0) { $0 + $1.cost } / Double(group.count), group.count)
    }
    let known = means
    let rest = days.map { $0.cost - (known[$0.weekday]?.mean ?? 0) }
    let squares = rest.reduce(0) { $0 + $1 * $1 }
    degrees = Double(max(1, days.count - means.count))
    variance = squares / degrees
    let neighbours = zip(rest, rest.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    correlation = squares > 0 ? min(0.8, max(0, neighbours / squares)) : 0
  }

  func mean(_ weekday: Int) -> Double { means[weekday]?.mean ?? 0 }

  func halfWidth(_ weekdays: [Int], tails: Double) -> Double {
    let own = Dictionary(grouping: weekdays) { $0 }.reduce(Double(weekdays.count)) { sum, group in
      let days = Double(group.value.count)
      return sum + days * days / Double(means[group.key]?.days ?? 1)
    }
    let spread = variance * own * (1 + correlation) / (1 - correlation)
    return studentQuantile(tails: tails, degrees: max(2, degrees)) * spread.squareRoot()
  }
}

private enum ForecastColumn: Int32, TableColumns {
  case kind, name, span, firstDay, endDay, soFar, expected, low, high, daysLeft, historyDays, byWeekday
  static let table = "forecast"
}

extension Insight {
  /// The ISO week and the calendar month of the collection: for everything, by queue and unused capacity, and by tag.
  static let forecasts = Insight.ofRollups("forecast", tables: ["forecast"]) { rollups, connection in
    let today = rollups.asOf.day
    let monday = today + Int32(-today.weekday)
    let (year, month, _) = today.civil
    let first = Day(year: year, month: month, day: 1)
    let spans = [
      ("week", monday, monday + 7), ("month", first, first + Int32(Day.daysIn(year: year, month: month))),
    ]
    let rows = try TableWriter<ForecastColumn>(connection)
    let everything = try DailySeries.read(.everything, rollups, connection)
    let queues = try DailySeries.read(.jobQueue, rollups, connection) + everything.map(\.unused)
    let tags = try DailySeries.read(.tag, rollups, connection)
    var ofTags = spans.map { _ in [String: Int64]() }
    try DailySeries.eachQueuesTags(rollups, connection) { tags in
      for (index, span) in spans.enumerated() {
        for series in tags {
          guard let part = Forecast(series, from: span.1, to: span.2) else { continue }
          ofTags[index][series.name, default: 0] += part.expected
        }
      }
    }
    for ((span, from, to), ofTag) in zip(spans, ofTags) {
      func write(_ series: DailySeries, _ forecast: Forecast) throws {
        rows.put(.kind, series.kind.rawValue)
        rows.put(.name, series.name)
        rows.put(.span, span)
        rows.put(.firstDay, from.number)
        rows.put(.endDay, to.number)
        rows.put(.soFar, forecast.soFar)
        rows.put(.expected, forecast.expected)
        rows.put(.low, forecast.low)
        rows.put(.high, forecast.high)
        rows.put(.daysLeft, forecast.daysLeft)
        rows.put(.historyDays, forecast.history)
        rows.put(.byWeekday, forecast.byWeekday)
        try rows.write()
      }
      let parts = queues.compactMap { series in Forecast(series, from: from, to: to).map { (series, $0) } }
      for series in everything {
        guard var forecast = Forecast(series, from: from, to: to) else { continue }
        forecast.move(toExpect: parts.reduce(0) { $0 + $1.1.expected })
        for part in parts { forecast.hold(part.1) }
        try write(series, forecast)
      }
      for (series, forecast) in parts where forecast.expected > 0 { try write(series, forecast) }
      for series in tags {
        guard var forecast = Forecast(series, from: from, to: to) else { continue }
        forecast.move(toExpect: ofTag[series.name] ?? forecast.expected)
        try write(series, forecast)
      }
    }
  }
}

extension Forecast {
  /// The same interval around another middle: the expectation for all cost is the sum of those for its queues and for
  /// unused capacity, each rounded, and each at least today's cost so far. That of a tag is the sum over its queues, as
  /// for all cost of a report on that tag alone.
  mutating func move(toExpect sum: Int64) {
    let change = sum - expected
    (expected, low, high) = (sum, max(soFar, low + change), max(soFar, high + change))
  }
}

extension Forecast {
  /// Neither end of the interval is below that of a part: all cost is at least the part's.
  mutating func hold(_ part: Forecast) { (low, high) = (max(low, part.low), max(high, part.high)) }
}

extension DailySeries {
  /// Unused cost, from the series of everything.
  var unused: DailySeries {
    DailySeries(
      kind: .unused, name: "", firstDay: firstDay, days: days.map { DayFigures(unused: $0.unused, time: $0.time) },
      today: DayFigures(unused: today.unused, time: today.time))
  }
}
