import Domain
import Store

/// One result of the query `advice`, as a scenario.
package struct AdviceScenario: Sendable {
  /// Its position among the advice of its week.
  package var id: Int
  /// `2026-W43`
  package var week: String
  /// `AdviceRule`'s raw value.
  package var rule: String
  /// The compute environment or job queue to change.
  package var place: String
  /// Nanodollars a week, at most.
  package var bound: Int64
  /// YAML that a user can edit.
  package var yaml: Result<String, Unreplayable>

  /// Why a replay cannot tell what a piece of advice would have saved.
  package enum Unreplayable: Error {
    /// It changes nothing that the model knows.
    case unmodelled
    /// No instance type that it would change to has a size and a price.
    case unknownTypes
  }

  /// All advice of a week, in order.
  package static func all(_ connection: Connection, week: String, _ history: History) throws -> [AdviceScenario] {
    enum Field: Int32, SelectedColumn {
      case position, rule, place, offered, saving
    }
    let rows = try connection.prepare(
      "SELECT \(Field.list) FROM advice WHERE week = ? ORDER BY position")
    rows.bind(week)
    var all: [AdviceScenario] = []
    while try rows.step() {
      let (rule, place) = (rows.text(Field.rule), rows.text(Field.place))
      let offered = rows.optionalText(Field.offered)
      let yaml = Result { () throws(Unreplayable) in
        guard let rule = AdviceRule(rawValue: rule) else { throw .unmodelled }
        return try rule.yaml(place, offered: offered, history)
      }
      all.append(
        AdviceScenario(
          id: Int(rows.integer(Field.position)), week: week, rule: rule, place: place,
          bound: rows.integer(Field.saving), yaml: yaml))
    }
    return all
  }
}

/// Each rule of advice as a change of the model.
extension AdviceRule {
  /// - Parameter offered: the family to offer, if the rule names one.
  func yaml(
    _ place: String, offered: String?, _ history: History
  ) throws(AdviceScenario.Unreplayable) -> String {
    let name = Self.quoted(place)
    let environment = history.environment(named: place).map { history.environments[$0] }
    let isSpot = environment?.kind.isSpot ?? false
    // BEST_FIT takes the cheapest of what is offered by itself.
    let onDemand = environment?.strategy == .bestFit ? Strategy.bestFit : .bestFitProgressive
    switch self {
    case .family:
      guard let offered, history.isPriced(family: offered) else { throw .unknownTypes }
      return """
        environments:
          - name: \(name)
            add_instance_types: [\(offered)]
            allocation_strategy: \((isSpot ? .spotPriceCapacityOptimized : onDemand).rawValue)
        """
    case .gpuSize:
      return """
        environments:
          - name: \(name)
            allocation_strategy: BEST_FIT   # the cheapest type that holds the job: with one GPU for one
        """
    case .retryOnSpot:
      return """
        queues:
          - name: \(name)
            retry_in_order: true
        """
    case .instanceSize:
      let isSmaller = { (type: Int) in history.shapes[type].nominal.milliVCPUs < 32_000 && history.isPriced(type) }
      guard let environment, environment.types.contains(where: isSmaller) else { throw .unknownTypes }
      return """
        environments:
          - name: \(name)
            largest_vcpus: 31               # larger ones for jobs that need them
        """
    case .spotShare:
      return """
        move:
          - queue: \(name)
            to: spot
            shorter_than_minutes: 30
        """
    case .fargate:
      let queues = history.queues.filter { queue in
        queue.environments.contains { history.environments[$0].name == place }
      }
      return "move:\n"
        + queues.map {
          """
            - queue: \(Self.quoted($0.name))
              to: fargate
              largest_vcpus: 4
              largest_memory_mib: 30720
          """
        }.joined(separator: "\n")
    case .minimumVCPUs: return "environments:\n  - name: \(name)\n    min_vcpus: 0"
    case .scaleDown: return "environments:\n  - name: \(name)\n    scale_down_delay_minutes: 0"
    case .packing: throw .unmodelled
    case .generation:
      guard let offered, history.isPriced(family: offered) else { throw .unknownTypes }
      return """
        environments:
          - name: \(name)
            add_instance_types: [\(offered)]
            allocation_strategy: \(onDemand.rawValue)
        """
    }
  }

  /// A name as a quoted YAML string, whatever it contains.
  private static func quoted(_ name: String) -> String {
    let plain = name.utf8.allSatisfy {
      ($0 >= 48 && $0 <= 57) || ($0 | 32 >= 97 && $0 | 32 <= 122) || $0 == 45 || $0 == 95
    }
    if plain, name.utf8.first.map({ $0 | 32 >= 97 && $0 | 32 <= 122 }) == true { return name }
    return "'\(name.replacing("'", with: "''"))'"
  }
}

extension History {
  fileprivate func isPriced(family: String) -> Bool {
    TypeNames(shapes).positions(family).contains(where: isPriced)
  }
}
