import Store

/// The steps numbered by the last build. They keep their numbers, because rows of other days refer to them.
struct StoredSteps {
  private struct Key: Hashable {
    var client: String?
    var workflow: String?
    var name: String
  }

  /// By number, without clients and workflows.
  private(set) var steps: [JobIdentities.Step] = []
  /// Numbers not taken yet, in order.
  private var numbers: [Key: [Int32]] = [:]

  /// No steps.
  init() {}

  init(_ connection: Connection) throws {
    enum Field: Int32, SelectedColumn {
      case id, client, workflow, name, jobDefinition
    }
    let rows = try connection.prepare("SELECT \(Field.list) FROM job_step ORDER BY id")
    while try rows.step() {
      let number = Int32(truncatingIfNeeded: rows.integer(Field.id))
      while steps.count < number { steps.append(.none) }
      steps.append(
        JobIdentities.Step(
          client: -1, workflow: -1, name: rows.text(Field.name), definition: rows.text(Field.jobDefinition)))
      let key = Key(
        client: rows.optionalText(Field.client), workflow: rows.optionalText(Field.workflow),
        name: rows.text(Field.name))
      numbers[key, default: []].append(number)
    }
  }

  /// The number of a step; nil if it is new. Of steps that look alike, one named by its definition has exactly that
  /// name there, and one named by its client mostly has a different one.
  mutating func take(_ step: JobIdentities.Step, client: String?, workflow: String?) -> Int32? {
    let key = Key(client: client, workflow: workflow, name: step.shownName)
    guard let free = numbers[key], !free.isEmpty else { return nil }
    let isNamed = !step.name.isEmpty
    let fitting = free.firstIndex { (steps[Int($0)].definition == step.shownName) != isNamed }
    guard let place = fitting ?? (isNamed ? 0 : nil) else { return nil }
    return numbers[key]?.remove(at: place)
  }
}
