import Domain
import Replay

/// Answers to scenarios as rows.
enum AnswerTable {
  /// One row per scenario.
  static func result(_ answers: [(answer: Answer, bound: Int64?, id: Int?)], _ backtest: Backtest?) -> DataTable {
    DataTable(
      [
        "scenario", "cost_usd", "as_it_was_usd", "saving_usd", "saving_spread_usd", "bound_usd", "wait_p95_seconds",
        "as_it_was_wait_p95_seconds", "reclaims", "actual_cost_usd", "backtest_error", "backtest_unexplained",
        "changes",
        "meets_longest_wait", "left_waiting_jobs", "unpriced_hours", "advice", "families_learned", "families_assumed",
      ],
      rows: answers.map { item in
        let answer = item.answer
        let trust = backtest?.trust(in: answer)
        return [
          .text(answer.scenario.name), .money(nanodollars: answer.replayed.meanCost),
          .money(nanodollars: answer.asItWas.meanCost), .money(nanodollars: answer.saving),
          .money(nanodollars: answer.savingSpread), item.bound.map { .money(nanodollars: $0) } ?? .null,
          seconds(answer.waitP95), seconds(answer.asItWasWaitP95), .real(answer.replayed.meanReclaims),
          .money(nanodollars: answer.actual.cost), .share(trust?.error), .share(trust?.unexplained),
          .text(answer.changed.joined(separator: ", ")), answer.meetsDeadline.map { .integer($0 ? 1 : 0) } ?? .null,
          .integer(Int64(answer.leftWaiting)), .real(answer.replayed.unpricedHours),
          item.id.map { .integer(Int64($0)) } ?? .null,
          .integer(Int64(answer.runTimes.learned.count)), .integer(Int64(answer.runTimes.assumed)),
        ]
      })
  }

  private static func seconds(_ milliseconds: Int64) -> Cell { .real(Double(milliseconds) / 1000) }

  /// Cost by purchase option and account, actual and replayed.
  static func costs(_ answer: Answer) -> DataTable {
    var rows: [[Cell]] = []
    let was = answer.asItWas.meanByOption
    for (option, cost) in answer.replayed.meanByOption.enumerated() {
      let actual = answer.actual.byOption[option]
      guard cost != 0 || actual != 0 || was[option] != 0, let named = PurchaseOption(rawValue: option) else { continue }
      rows.append(row(Self.name(named), actual, was[option], cost))
    }
    func account(_ results: [EnvironmentResult], _ account: Account) -> Int64 {
      results.reduce(0) { $0 + $1.accounts[account.rawValue] }
    }
    let (before, after) = (answer.asItWas.meanEnvironments, answer.replayed.meanEnvironments)
    for kind in Account.allCases {
      rows.append(
        row(
          kind.name, account(answer.actual.environments, kind), account(before, kind), account(after, kind)))
    }
    rows.append(row("all", answer.actual.cost, answer.asItWas.meanCost, answer.replayed.meanCost))
    return DataTable(["cost", "actual_usd", "as_it_was_usd", "scenario_usd", "difference_usd"], rows: rows)
  }

  private static func row(_ name: String, _ actual: Int64, _ was: Int64, _ replayed: Int64) -> [Cell] {
    [
      .text(name), .money(nanodollars: actual), .money(nanodollars: was), .money(nanodollars: replayed),
      .money(nanodollars: replayed - was),
    ]
  }

  private static func name(_ option: PurchaseOption) -> String {
    switch option {
    case .onDemand: "on-demand"
    case .spot: "spot"
    case .fargate: "fargate"
    case .fargateSpot: "fargate-spot"
    default: "other"
    }
  }

  /// Waits and makespan by queue.
  static func queues(_ answer: Answer) -> DataTable {
    let (was, replayed) = (answer.asItWas.meanQueues, answer.replayed.meanQueues)
    return DataTable(
      [
        "job_queue", "jobs", "wait_p50_seconds", "wait_p95_seconds", "wait_max_seconds", "as_it_was_p50_seconds",
        "as_it_was_p95_seconds", "makespan_hours", "as_it_was_makespan_hours", "still_waiting",
      ],
      rows: replayed.indices.filter { replayed[$0].jobs > 0 }.map { index in
        let queue = replayed[index]
        let before = was.indices.contains(index) ? was[index] : nil
        return [
          .text(queue.name), .integer(Int64(queue.jobs)), seconds(queue.waitMedian), seconds(queue.waitP95),
          seconds(queue.waitMaximum), before.map { seconds($0.waitMedian) } ?? .null,
          before.map { seconds($0.waitP95) } ?? .null, hours(queue.makespan),
          before.map { hours($0.makespan) } ?? .null,
          .integer(Int64(queue.waiting)),
        ]
      })
  }

  /// Instances, reclaims and utilization by environment.
  static func environments(_ answer: Answer) -> DataTable {
    let (was, replayed) = (answer.asItWas.meanEnvironments, answer.replayed.meanEnvironments)
    return DataTable(
      [
        "compute_environment", "cost_usd", "as_it_was_usd", "instances", "as_it_was_instances", "reclaims",
        "as_it_was_reclaims", "utilization", "as_it_was_utilization",
      ],
      rows: replayed.indices.filter { replayed[$0].instances > 0 || was.indices.contains($0) }.map { index in
        let place = replayed[index]
        let before = was.indices.contains(index) ? was[index] : nil
        return [
          .text(place.name), .money(nanodollars: place.cost),
          before.map { .money(nanodollars: $0.cost) } ?? .null, .integer(Int64(place.instances)),
          before.map { .integer(Int64($0.instances)) } ?? .null, .integer(Int64(place.reclaims)),
          before.map { .integer(Int64($0.reclaims)) } ?? .null, .share(place.utilization),
          .share(before?.utilization),
        ]
      })
  }

  private static func hours(_ milliseconds: Int64) -> Cell {
    .real(Double(milliseconds) / Double(millisecondsPerHour))
  }
}
