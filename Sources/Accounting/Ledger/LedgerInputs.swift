import Store

/// What a ledger is computed from: program, facts and settings.
struct LedgerInputs {
  /// The program, and the settings that affect resources which no longer change.
  private let rules: String
  private let all: String

  /// Nil if the program cannot identify its own build.
  init?(_ connection: Connection, _ settings: LedgerSettings) throws {
    guard let program = ProgramIdentity.current else { return nil }
    rules = "program \(program), \(settings.scheme.name) \(settings.spotRule.rawValue)"
    let asOf = settings.asOf.map { " as of \($0.milliseconds)" } ?? ""
    all = "\(rules), facts \(try connection.factRevision())\(asOf)"
  }

  /// Whether the ledger in the database was computed from the same inputs.
  func areThose(of connection: Connection) throws -> Bool { try connection.inputs(of: .ledger) == all }

  /// Whether it was computed by the same rules, so that only what changed since must be computed.
  func haveRules(of connection: Connection) throws -> Bool { try connection.inputs(of: .ledgerRules) == rules }

  /// - Parameter canBeChanged: whether the next build may compute only a part.
  static func record(_ inputs: LedgerInputs?, canBeChanged: Bool, _ connection: Connection) throws {
    try connection.record(inputs?.all ?? "", of: .ledger)
    try connection.record(canBeChanged ? inputs?.rules ?? "" : "", of: .ledgerRules)
    try connection.recordLedger()
  }

  static func recorded(_ connection: Connection) throws -> String? {
    try connection.inputs(of: .ledger).flatMap { $0.isEmpty ? nil : $0 }
  }
}
