import Domain
import Store

/// Groups attempts by the name of their job definition, revisions together, and by the pattern of job names where a
/// definition serves several kinds of job.
struct DefinitionNames {
  private(set) var groups: [UsageHistory.Group] = []
  private var nameOfDefinition: [Int32] = []
  private var names: [String] = []

  /// - Parameter measured: whether a definition, by its id, has measured usage.
  init(_ connection: Connection, _ measured: [Bool]) throws {
    nameOfDefinition = [Int32](repeating: -1, count: measured.count)
    var known: [String: Int32] = [:]
    let rows = try connection.prepare("SELECT id, name FROM job_definition ORDER BY id")
    while try rows.step() {
      let id = Int(rows.integer(0))
      guard measured.indices.contains(id) else { continue }
      let name = rows.text(1)
      let position = known[name] ?? Int32(names.count)
      if known[name] == nil {
        known[name] = position
        names.append(name)
      }
      nameOfDefinition[id] = position
    }
  }

  /// A definition counts as measured where one of its revisions is.
  func withRevisions(_ measured: [Bool]) -> [Bool] {
    let names = Set(measured.indices.filter { measured[$0] }.map { nameOfDefinition[$0] })
    return measured.indices.map { nameOfDefinition[$0] >= 0 && names.contains(nameOfDefinition[$0]) }
  }

  /// Replaces the definition's id in `group` by the position of its group.
  mutating func assignGroups(
    _ attempts: inout ContiguousArray<UsageHistory.Attempt>, _ connection: Connection
  ) throws {
    let patterns = try JobNamePatterns(connection, attempts)
    var several: Set<Int32> = []
    var first: [Int32: Int32] = [:]
    for (position, attempt) in attempts.enumerated() {
      let name = nameOfDefinition[Int(attempt.group)]
      if let pattern = first[name], pattern != patterns.position[position] { several.insert(name) }
      first[name] = first[name] ?? patterns.position[position]
    }
    var known: [UsageHistory.Group: Int32] = [:]
    for position in attempts.indices {
      let name = nameOfDefinition[Int(attempts[position].group)]
      let pattern = several.contains(name) ? patterns.texts[Int(patterns.position[position])] : ""
      let group = UsageHistory.Group(definition: names[Int(name)], pattern: pattern)
      let number = known[group] ?? Int32(groups.count)
      if known[group] == nil {
        known[group] = number
        groups.append(group)
      }
      attempts[position].group = number
    }
  }
}

/// The patterns of the names of jobs: `align_sample-17 (3)` is `align_sample-*`.
struct JobNamePatterns {
  private(set) var texts: [String] = []
  /// By position of the attempt.
  private(set) var position: [Int32] = []

  init(_ connection: Connection, _ attempts: ContiguousArray<UsageHistory.Attempt>) throws {
    position.reserveCapacity(attempts.count)
    var known: [[UInt8]: Int32] = [:]
    let rows = try connection.prepare("SELECT id, name FROM job ORDER BY id")
    var job: Int64 = -1
    var current: Int32 = 0
    for attempt in attempts {
      if attempt.id >> 10 != job {
        job = attempt.id >> 10
        while try rows.step() { if rows.integer(0) == job { break } }
        let pattern = rows.withBytes(1) { Self.pattern(of: $0) }
        current = known[pattern] ?? Int32(texts.count)
        if known[pattern] == nil {
          known[pattern] = current
          texts.append(String(decoding: pattern, as: UTF8.self))
        }
      }
      position.append(current)
    }
    rows.reset()
  }

  /// Numbers become `*`, and what stands in brackets at the end is cut.
  static func pattern(of name: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var end = name.count
    if name.last == UInt8(ascii: ")"), let open = name.lastIndex(of: UInt8(ascii: "(")), open > 0 { end = open }
    while end > 0, name[end - 1] == UInt8(ascii: " ") || name[end - 1] == UInt8(ascii: "_") { end -= 1 }
    var pattern: [UInt8] = []
    pattern.reserveCapacity(end)
    for byte in name[..<end] {
      let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
      if !isDigit {
        pattern.append(byte)
      } else if pattern.last != UInt8(ascii: "*") {
        pattern.append(UInt8(ascii: "*"))
      }
    }
    return pattern
  }
}
