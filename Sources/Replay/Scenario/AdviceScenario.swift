import Domain
import Store

/// A piece of the query `advice` as a scenario.
package struct AdviceScenario: Sendable {
  /// Its position among the advice of its week.
  package var id: Int
  package var week: String
  package var rule: String
  package var place: String
  package var title: String
  /// Nanodollars a week, at most.
  package var bound: Int64
  /// YAML that a user can change; nil where no change of the model is meant by it.
  package var yaml: String?

  /// All advice of a week, in its order.
  package static func all(_ connection: Connection, week: String, _ history: History) throws -> [AdviceScenario] {
    let rows = try connection.prepare(
      "SELECT position, rule, place, title, saving FROM advice WHERE week = ? ORDER BY position")
    rows.bind(1, week)
    var all: [AdviceScenario] = []
    while try rows.step() {
      var advice = AdviceScenario(
        id: Int(rows.integer(0)), week: week, rule: rows.text(1), place: rows.text(2), title: rows.text(3),
        bound: rows.integer(4))
      advice.yaml = AdviceRule(rawValue: advice.rule)?.yaml(advice.place, history)
      all.append(advice)
    }
    return all
  }
}

/// What each rule of advice means as a change of the model.
private enum AdviceRule: String {
  case family
  case gpuSize = "gpu-size"
  case retryOnSpot = "retry-on-spot"
  case instanceSize = "instance-size"
  case spotShare = "spot-share"
  case fargate
  case minimumVCPUs = "minimum-vcpus"
  case scaleDown = "scale-down"
  case generation

  func yaml(_ place: String, _ history: History) -> String? {
    let name = Self.quoted(place)
    let isSpot = history.environment(named: place).map { history.environments[$0].kind.isSpot } ?? false
    switch self {
    case .family:
      guard let family = history.leanerFamily(of: place) else { return nil }
      return """
        environments:
          - name: \(name)
            add_instance_types: [\(family)]
            allocation_strategy: \(isSpot ? Strategy.spotPriceCapacityOptimized.rawValue : Strategy.bestFitProgressive.rawValue)
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
    case .generation:
      guard let family = history.nextGeneration(of: place) else { return nil }
      return """
        environments:
          - name: \(name)
            add_instance_types: [\(family)]
            allocation_strategy: BEST_FIT_PROGRESSIVE
        """
    }
  }

  /// As a YAML text of its own, whatever a name holds.
  private static func quoted(_ name: String) -> String {
    let plain = name.utf8.allSatisfy {
      ($0 >= 48 && $0 <= 57) || ($0 | 32 >= 97 && $0 | 32 <= 122) || $0 == 45 || $0 == 95
    }
    if plain, name.utf8.first.map({ $0 | 32 >= 97 && $0 | 32 <= 122 }) == true { return name }
    return "'\(name.replacing("'", with: "''"))'"
  }
}

extension History {
  /// The family on which an environment spent most, of those without GPUs.
  private func mainFamily(of environment: Int) -> InstanceFamily? {
    var hours: [InstanceFamily: Int64] = [:]
    for life in lives where life.environment == environment && life.type >= 0 && shapes[life.type].nominal.gpus == 0 {
      guard let family = InstanceFamily(ofType: shapes[life.type].name) else { continue }
      hours[family, default: 0] += (life.stopped - life.started) * shapes[life.type].nominal.milliVCPUs / 1000
    }
    return hours.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// A family of the same generation with less memory a vCPU, yet as much as the jobs reserve on the whole.
  fileprivate func leanerFamily(of name: String) -> String? {
    guard let environment = environment(named: name), let family = mainFamily(of: environment) else { return nil }
    var (cpu, memory) = (0.0, 0.0)
    for attempt in attempts where lives[Int(attempt.life)].environment == environment {
      let time = Double(attempt.stopped - attempt.started)
      cpu += time * Double(attempt.need.milliVCPUs)
      memory += time * Double(attempt.need.memoryMiB)
    }
    guard cpu > 0 else { return nil }
    let offers = ["c", "m"].compactMap { letter -> (name: String, ratio: Double)? in
      let other = letter + family.generation
      guard other != family.name, let type = TypeNames(shapes).positions(other).first(where: isPriced) else {
        return nil
      }
      return (other, Double(shapes[type].room.memoryMiB) / Double(shapes[type].room.milliVCPUs))
    }
    return offers.filter { $0.ratio >= memory / cpu }.min { $0.ratio < $1.ratio }?.name
  }

  fileprivate func nextGeneration(of name: String) -> String? {
    let newer = ["5": "6i", "5a": "6a", "6i": "7i", "6a": "7a"]
    guard let environment = environment(named: name), let family = mainFamily(of: environment),
      let generation = newer[family.generation]
    else { return nil }
    let next = family.letter + generation
    return TypeNames(shapes).positions(next).contains(where: isPriced) ? next : nil
  }
}
