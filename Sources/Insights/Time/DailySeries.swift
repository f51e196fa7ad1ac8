import Domain
import Store

/// What one scope cost on one day, and why.
struct DayFigures: Equatable, Sendable {
  /// Attempt and startup cost of attempts that counted.
  var work: Int64 = 0
  /// Of attempts that came to nothing.
  var retried: Int64 = 0
  var unused: Int64 = 0
  /// Reserved, in milli-vCPU × ms, by attempts that counted.
  var resourceTime: Int64 = 0
  /// Jobs whose first attempt began.
  var jobs: Int64 = 0

  var cost: Int64 { work + retried + unused }
}

/// The cost of one scope by whole days, without gaps, from the ledger's first day to the last that had ended at the time
/// of collection.
struct DailySeries: Equatable, Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case everything
    case jobQueue = "job-queue"
    case jobDefinition = "job-definition"
    /// `team=ml`; children count with their parent's tags.
    case tag
  }

  var kind: Kind
  /// Empty for everything.
  var name: String
  var firstDay: Day
  var days: [DayFigures]
  /// Of the day of collection, up to then.
  var today = DayFigures()

  func day(_ index: Int) -> Day { firstDay + Int32(index) }

  /// - Complexity: O(n) in the rows of `daily_cost`.
  static func read(_ kind: Kind, _ connection: Connection, asOf: Instant) throws -> [DailySeries] {
    let first = Day(number: Int32(try connection.integer("SELECT COALESCE(MIN(day), 0) FROM daily_cost")))
    let count = max(0, Int(asOf.day.number - first.number))
    var series: [String: DailySeries] = [:]
    let rows = try connection.prepare(sql(kind))
    while try rows.step() {
      let name = rows.text(0)
      let index = Int(rows.integer(1)) - Int(first.number)
      guard index <= count else { continue }
      var one =
        series[name]
        ?? DailySeries(
          kind: kind, name: name, firstDay: first, days: [DayFigures](repeating: DayFigures(), count: count))
      let change = { (figures: inout DayFigures) in
        let cost = rows.integer(4)
        figures.jobs += rows.integer(6)
        if rows.integer(2) == 1 {
          figures.unused += cost
        } else if rows.integer(3) == 1 {
          figures.retried += cost
        } else {
          figures.work += cost
          figures.resourceTime += rows.integer(5)
        }
      }
      if index < count { change(&one.days[index]) } else { change(&one.today) }
      series[name] = one
    }
    return series.values.sorted { $0.name < $1.name }
  }

  /// Name, day, unused, came to nothing, cost, reserved vCPU-time, jobs. Scopes but everything have no unused cost.
  private static func sql(_ kind: Kind) -> String {
    let figures = "d.day, a.kind = 'unused', d.outcome > 0, COALESCE(SUM(d.cost), 0), SUM(d.milli_vcpu_ms), SUM(d.jobs)"
    let ledger = "daily_cost d JOIN ledger_account a ON a.id = d.account"
    return switch kind {
    case .everything: "SELECT '', \(figures) FROM \(ledger) GROUP BY 2, 3, 4"
    case .jobQueue:
      "SELECT q.name, \(figures) FROM \(ledger) JOIN job_queue q ON q.id = d.job_queue GROUP BY 1, 2, 3, 4"
    case .jobDefinition:
      "SELECT j.name, \(figures) FROM \(ledger) JOIN job_definition j ON j.id = d.job_definition GROUP BY 1, 2, 3, 4"
    case .tag:
      "SELECT t.name || '=' || t.value, \(figures) FROM \(ledger) JOIN tag t ON t.tag_set = d.tag_set GROUP BY 1, 2, 3, 4"
    }
  }
}
