import Domain
import Store

/// History with what can be inferred from it: the starting point of a replay.
package struct Recollection: Sendable {
  /// With pulls that were inferred where they are unknown, and with `ready` times.
  package private(set) var history: History
  let shadow: Shadow

  /// - Parameter narrowing: jobs whose part of every answer is reported.
  package init(_ connection: Connection, narrowing: NarrowedJobs? = nil) throws {
    var history = try History(connection)
    history.narrowing = narrowing
    self.init(history)
  }

  init(_ known: History) {
    var history = known
    history.assumePulls()
    for (index, limit) in CapacityFit.limits(history).enumerated() {
      history.environments[index].capacityMilliVCPUs = limit
    }
    shadow = Shadow(history)
    self.history = history
    let all = TimeSpan(history.days.lowerBound.start, history.days.upperBound.start)
    let fit = Fit(history, shadow, over: all)
    for index in self.history.attempts.indices {
      let attempt = history.attempts[index]
      let choice = shadow.choices[index]
      let environment = history.lives[Int(attempt.life)].environment
      let scheduling = fit.behaviours[environment].scheduling.median
      // Of the attempts that began with their instance, the one it was launched for comes first.
      let found =
        choice.isWithBoot && history.lives[Int(attempt.life)].type >= 0
        ? choice.assigned + (choice.isLaunch ? 0 : 1)
        : max(attempt.placed - scheduling, min(attempt.created, attempt.placed))
      let isFirst = attempt.id % 1024 == 1
      self.history.attempts[index].ready = isFirst && choice.isHeldByMaximum ? min(attempt.created, found) : found
    }
  }

  /// How environments behaved in a part of the history.
  package func fit(over span: TimeSpan) -> Fit { Fit(history, shadow, over: span) }

  /// The jobs of a part of the history, with those already running when it begins.
  package func trace(over span: TimeSpan) -> Trace { TraceBuilder.trace(history, shadow, over: span) }

  /// The model as it was.
  ///
  /// - Parameters:
  ///   - fit: how environments behave.
  ///   - following: how closely it follows what happened.
  ///   - market: the time whose Spot shortages and reclaims apply. It is the time replayed, like the prices.
  package func model(_ fit: Fit, following: Following, market: TimeSpan) -> Model {
    var environments = history.environments
    let reclaims = reclaims(over: market)
    let shortages = ShortageFit(history, shadow, over: market, known: known(by: market))
    for index in environments.indices {
      environments[index].behaviour = fit.behaviours[index]
      environments[index].behaviour.reclaims = reclaims.rates(of: index)
      environments[index].behaviour.shortage = shortages.shortage(of: index)
      environments[index].following = following
    }
    var queues = history.queues
    for index in queues.indices {
      queues[index].diversion = shortages.diversion(ofQueue: index)
      queues[index].takesRoomFirst = shadow.passings[index].takesRoomFirst
    }
    var model = Model(
      shapes: history.shapes, environments: environments, queues: queues, prices: history.prices,
      scheme: history.scheme, spotRule: history.spotRule, preferences: fit.preferences)
    model.speeds = FamilySpeed(history, over: fit.span)
    return model
  }

  func reclaims(over market: TimeSpan) -> ReclaimFit { ReclaimFit(history, over: market, known: known(by: market)) }

  /// What happens after a span is not known during it.
  private func known(by market: TimeSpan) -> TimeSpan {
    TimeSpan(min(history.days.lowerBound.start, market.start), market.end)
  }

  /// What really happened on the days of a period. Waits are by queue alone: `waitP95` of all jobs stays 0.
  package func actual(_ days: Range<Day>) -> ReplayResult {
    var environments = history.environments.map { EnvironmentResult(name: $0.name) }
    var byOption = [Int64](repeating: 0, count: PurchaseOption.allCases.count)
    for cost in history.costs where days.contains(cost.day) {
      environments[cost.environment].cost += cost.cost
      environments[cost.environment].accounts[cost.account.rawValue] += cost.cost
      byOption[cost.option.rawValue] += cost.cost
    }
    let (from, to) = (days.lowerBound.start.milliseconds, days.upperBound.start.milliseconds)
    func within(_ start: Int64, _ end: Int64) -> Int64 { max(0, min(end, to) - max(start, from)) }
    for life in history.lives where within(life.started, life.stopped) > 0 {
      let milliseconds = within(life.started, life.stopped)
      let size = life.type >= 0 ? history.shapes[life.type].nominal.milliVCPUs : 0
      environments[life.environment].instanceMilliseconds += milliseconds
      environments[life.environment].instances += 1
      environments[life.environment].offered += size * milliseconds
      if history.isTaken(life), life.stopped >= from, life.stopped < to { environments[life.environment].reclaims += 1 }
      for position in life.attempts {
        let attempt = history.attempts[Int(position)]
        environments[life.environment].reserved +=
          within(attempt.started, attempt.stopped) * Int64(attempt.need.milliVCPUs)
      }
    }
    var result = ReplayResult(environments: environments, queues: queues(from, to), byOption: byOption)
    result.narrowed.cost = history.narrowing?.cost(in: history.environments, on: days) ?? 0
    return result
  }

  private func queues(_ from: Int64, _ to: Int64) -> [QueueResult] {
    var waits = [[Int64]](repeating: [], count: history.queues.count)
    var first = [Int64](repeating: .max, count: history.queues.count)
    var last = [Int64](repeating: .min, count: history.queues.count)
    var previous: Int64 = -1
    var counts = false
    for attempt in history.attempts {
      let queue = Int(attempt.queue)
      if attempt.job != previous {
        previous = attempt.job
        counts = attempt.ready >= from && attempt.ready < to
        if counts {
          first[queue] = min(first[queue], attempt.ready)
          waits[queue].append(attempt.started - attempt.ready)
        }
      }
      if counts { last[queue] = max(last[queue], min(to, attempt.stopped)) }
    }
    return history.queues.indices.map {
      QueueResult(
        name: history.queues[$0].name, waits: &waits[$0], waiting: 0, first: first[$0] == .max ? 0 : first[$0],
        last: last[$0] == .min ? 0 : last[$0])
    }
  }
}
