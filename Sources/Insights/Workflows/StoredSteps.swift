import Store

/// The steps that the last build numbered, so that they keep their numbers: rows of other days know them by these.
struct StoredSteps {
  private struct Key: Hashable {
    var client: String?
    var workflow: String?
    var name: String
  }

  /// By number, without clients and workflows.
  private(set) var steps: [JobIdentities.Step] = []
  /// Numbers that nobody took yet, in their order.
  private var numbers: [Key: [Int32]] = [:]

  /// None.
  init() {}

  init(_ connection: Connection) throws {
    let rows = try connection.prepare("SELECT id, client, workflow, name, job_definition FROM job_step ORDER BY id")
    while try rows.step() {
      let number = Int32(truncatingIfNeeded: rows.integer(0))
      while steps.count < number { steps.append(.none) }
      steps.append(JobIdentities.Step(client: -1, workflow: -1, name: rows.text(3), definition: rows.text(4)))
      let key = Key(client: rows.optionalText(1), workflow: rows.optionalText(2), name: rows.text(3))
      numbers[key, default: []].append(number)
    }
  }

  /// The number of a step; nil where it is new. Of steps that look alike, one that is named by its definition has that
  /// very name there, one that its client names mostly another.
  mutating func take(_ step: JobIdentities.Step, client: String?, workflow: String?) -> Int32? {
    let key = Key(client: client, workflow: workflow, name: step.shownName)
    guard let free = numbers[key], !free.isEmpty else { return nil }
    let isNamed = !step.name.isEmpty
    let fitting = free.firstIndex { (steps[Int($0)].definition == step.shownName) != isNamed }
    guard let place = fitting ?? (isNamed ? 0 : nil) else { return nil }
    return numbers[key]?.remove(at: place)
  }
}
