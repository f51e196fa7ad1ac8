import Domain
import Store

/// Groups of attempts that get one size: a step of a workflow; for jobs without a client a job definition, all
/// revisions together, or the pattern of job names if one definition serves several kinds of job.
struct SizingGroups {
  private(set) var groups: [UsageHistory.Group] = []
  private let identities: JobIdentities

  init(_ identities: JobIdentities) { self.identities = identities }

  /// Replaces the step's number in `group` by the position of its group.
  mutating func assign(_ attempts: inout ContiguousArray<UsageHistory.Attempt>, _ connection: Connection) throws {
    let patterns = try JobNamePatterns(connection, attempts)
    var several: Set<Int32> = []
    var first: [Int32: Int32] = [:]
    for (position, attempt) in attempts.enumerated() where identities.steps[Int(attempt.group)].client < 0 {
      if let pattern = first[attempt.group], pattern != patterns.position[position] { several.insert(attempt.group) }
      first[attempt.group] = first[attempt.group] ?? patterns.position[position]
    }
    let shared = definitionsOfSeveralSteps(attempts)
    var known: [UsageHistory.Group: Int32] = [:]
    for position in attempts.indices {
      let step = identities.steps[Int(attempts[position].group)]
      var group = UsageHistory.Group(definition: step.definition, pattern: "")
      if several.contains(attempts[position].group) {
        group.pattern = patterns.texts[Int(patterns.position[position])]
      } else if shared.contains(step.definition) {
        group.pattern = step.name == step.definition ? "" : step.name
      }
      let number = known[group] ?? Int32(groups.count)
      if known[group] == nil {
        known[group] = number
        groups.append(group)
      }
      attempts[position].group = number
    }
  }

  /// Names of definitions that several steps of a client share.
  private func definitionsOfSeveralSteps(_ attempts: ContiguousArray<UsageHistory.Attempt>) -> Set<String> {
    var steps: [String: Set<Int32>] = [:]
    for number in Set(attempts.map(\.group)) where identities.steps[Int(number)].client >= 0 {
      steps[identities.steps[Int(number)].definition, default: []].insert(number)
    }
    return Set(steps.filter { $0.value.count > 1 }.keys)
  }
}

/// The patterns of job names, see `VaryingParts`.
struct JobNamePatterns {
  private(set) var texts: [String] = []
  /// By position of the attempt.
  private(set) var position: [Int32] = []

  init(_ connection: Connection, _ attempts: ContiguousArray<UsageHistory.Attempt>) throws {
    position.reserveCapacity(attempts.count)
    var known: [[UInt8]: Int32] = [:]
    // Real names, even if pseudonyms are shown: the varying part of a pseudonym is no pattern.
    enum Field: Int32, SelectedColumn { case id, name }
    let rows = try connection.prepare("SELECT \(Field.list) FROM main.job ORDER BY id")
    var job: Int64 = -1
    var current: Int32 = 0
    for attempt in attempts {
      if attempt.id >> 10 != job {
        job = attempt.id >> 10
        while try rows.step() { if rows.integer(Field.id) == job { break } }
        let pattern = rows.withBytes(Field.name) { VaryingParts.pattern(of: $0) }
        current = known[pattern] ?? Int32(texts.count)
        if known[pattern] == nil {
          known[pattern] = current
          texts.append(String(decoding: pattern, as: UTF8.self))
        }
      }
      position.append(current)
    }
    rows.reset()
    texts = texts.map(connection.shown)
  }
}
