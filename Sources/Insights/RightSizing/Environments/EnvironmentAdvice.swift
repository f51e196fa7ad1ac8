import Domain
import Store

private enum AdviceColumn: Int32, TableColumns {
  case week, position, rule, place, environment, purchase, instanceTypes, replaced, family, offered, jobDefinition
  case instances, attempts, vcpuShare, memoryShare, gpuShare, cheaperShare, offeredMibPerVcpu, requestedMib, advisedMib
  case hostMib, minimumVcpus, delayMinutes, cost, elsewhere, boot, confidence, saving, counted
  static let table = "advice"
}

/// Advice on compute environments, week by week: each rule is a function of one environment's week and of prices.
package enum EnvironmentAdvice {
  /// The changes that one rule finds; their `counted` is set later.
  package typealias Rule = @Sendable (EnvironmentWeek, PriceTable) -> [Change]

  /// All rules; their order does not matter.
  package static let rules: [Rule] = [
    familyRule, gpuSizeRule, retryOnSpotRule, instanceSizeRule, spotShareRule, fargateRule, minimumVCPUsRule,
    scaleDownRule, generationRule, packingRule,
  ]

  /// Savings of less than a dollar a week are not advised.
  static let leastSaving: Int64 = 1_000_000_000

  /// All changes worth making in a week, most expensive first, without overlap.
  ///
  /// - Parameter environments: with the prices of each environment's place and week.
  package static func changes(_ environments: [(week: EnvironmentWeek, prices: PriceTable)]) -> [Change] {
    let found = environments.flatMap { environment, prices in
      rules.flatMap { $0(environment, prices) }.map { change in
        var bounded = change
        bounded.saving = min(change.saving, environment.cost)
        return bounded
      }
    }
    let sorted = found.filter { $0.saving >= leastSaving }.sorted {
      $0.saving != $1.saving
        ? $0.saving > $1.saving
        : $0.order.lexicographicallyPrecedes($1.order)
    }
    let costs = Dictionary(environments.map { ($0.week.id, $0.week.cost) }, uniquingKeysWith: +)
    return Overlap.counted(sorted, costs: costs)
  }

  /// The advice for a week.
  struct Week: Sendable {
    var week: String
    var changes: [Change]
    var siblings: [Graviton]
  }

  /// What is read of weeks, in their order.
  static func weeks(
    _ read: [String: [EnvironmentWeek]], _ reader: inout EnvironmentReader, _ connection: Connection
  ) throws -> [Week] {
    try read.sorted { $0.key < $1.key }.map { week, environments in
      var environments = environments
      try reader.addWork(week, to: &environments, connection)
      let priced = environments.map { (week: $0, prices: reader.prices(of: $0)) }
      return Week(
        week: week, changes: changes(priced), siblings: priced.flatMap { Graviton.siblings($0.week, $0.prices) })
    }
  }

  static func write(_ weeks: [Week], _ connection: Connection) throws {
    let rows = try TableWriter<AdviceColumn>(connection)
    let graviton = try TableWriter<Graviton.Column>(connection)
    for week in weeks {
      for sibling in week.siblings { try sibling.write(graviton) }
      for (position, change) in week.changes.enumerated() {
        rows.put(.week, week.week)
        rows.put(.position, position + 1)
        rows.put(.rule, change.rule.rawValue)
        rows.put(.place, change.place)
        rows.put(.environment, change.environmentName)
        rows.put(.purchase, change.isSpot ? "spot" : "on-demand")
        change.facts.write(rows)
        rows.put(.confidence, change.confidence.rawValue)
        rows.put(.saving, change.saving)
        rows.put(.counted, change.counted)
        try rows.write()
      }
    }
  }
}

extension Change {
  /// A stable order for changes with the same saving.
  fileprivate var order: [String] {
    [rule.rawValue, place, environmentName, "\(environment)", facts.jobDefinition ?? "", facts.offered ?? ""]
      + facts.instanceTypes
  }
}

extension ChangeFacts {
  fileprivate func write(_ rows: borrowing TableWriter<AdviceColumn>) {
    rows.put(.instanceTypes, instanceTypes.joined(separator: ", "))
    rows.put(.replaced, replaced)
    rows.put(.family, family)
    rows.put(.offered, offered)
    rows.put(.jobDefinition, jobDefinition)
    rows.put(.instances, instances)
    rows.put(.attempts, attempts)
    rows.put(.vcpuShare, vcpus?.value)
    rows.put(.memoryShare, memory?.value)
    rows.put(.gpuShare, gpus?.value)
    rows.put(.cheaperShare, cheaper?.value)
    rows.put(.offeredMibPerVcpu, offeredMiBPerVCPU)
    rows.put(.requestedMib, requestedMiB)
    rows.put(.advisedMib, advisedMiB)
    rows.put(.hostMib, hostMiB)
    rows.put(.minimumVcpus, minimumVCPUs)
    rows.put(.delayMinutes, delayMinutes)
    rows.put(.cost, cost)
    rows.put(.elsewhere, elsewhere)
    rows.put(.boot, boot)
  }
}

extension Insight {
  static let environmentAdvice = Insight.beside(
    "advice on environments", tables: AdviceWeeks.tables, by: .own
  ) { view, connection in
    let known = try EnvironmentReader(connection)
    // A part reads only its weeks.
    let hosts = view.scope.isPart ? nil : try EnvironmentHosts(connection)
    // The rest is in tables of other insights.
    return { connection in
      var reader = known
      let reruns = try FoundReruns(view, connection)
      let weeks = try AdviceWeeks(connection, view.scope, digests: reader.digests(reruns))
      try weeks.clear(connection)
      let read = try reader.read(
        weeks.chosen, hosts ?? EnvironmentHosts(connection, of: weeks.chosen), reruns, connection)
      try EnvironmentAdvice.write(EnvironmentAdvice.weeks(read, &reader, connection), connection)
      try weeks.write(connection)
    }
  }
}

/// Changes to one environment affect the same cost: once one is made, the next saves only on what is left.
enum Overlap {
  /// A change that alone would save `s` of an environment's cost `c` saves `s · left ÷ c` if `left` remains after the
  /// changes before it, rounded down. So together they never save more than the environment cost.
  static func counted(_ changes: [Change], costs: [Int64: Int64]) -> [Change] {
    var left = costs
    return changes.map { change in
      var result = change
      let (cost, rest) = (costs[change.environment] ?? 0, left[change.environment] ?? 0)
      result.counted = cost > 0 ? Int64(Int128(change.saving) * Int128(rest) / Int128(cost)) : 0
      left[change.environment] = rest - result.counted
      return result
    }
  }
}
