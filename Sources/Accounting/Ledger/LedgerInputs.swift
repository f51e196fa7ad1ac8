import Store

/// What a ledger is computed from: the program, the facts and the settings.
struct LedgerInputs {
  /// The program and the settings that concern what does not change any more.
  private let rules: String
  private let all: String

  private static let product = "ledger"
  private static let rulesProduct = "ledger rules"

  /// Nil where the program cannot tell which build of itself it is.
  init?(_ connection: Connection, _ settings: LedgerSettings) throws {
    guard let program = ProgramIdentity.current else { return nil }
    rules = "program \(program), \(settings.scheme.name) \(settings.spotRule.rawValue)"
    let asOf = settings.asOf.map { " as of \($0.milliseconds)" } ?? ""
    all = "\(rules), facts \(try connection.factRevision())\(asOf)"
  }

  /// The ledger in the database was computed from the same.
  func areThose(of connection: Connection) throws -> Bool { try connection.inputs(of: Self.product) == all }

  /// It was computed by the same rules, so that what changed since is all that has to be computed.
  func haveRules(of connection: Connection) throws -> Bool { try connection.inputs(of: Self.rulesProduct) == rules }

  /// - Parameter canBeChanged: the next build may compute a part of it.
  static func record(_ inputs: LedgerInputs?, canBeChanged: Bool, _ connection: Connection) throws {
    try connection.record(inputs?.all ?? "", of: product)
    try connection.record(canBeChanged ? inputs?.rules ?? "" : "", of: rulesProduct)
  }

  static func recorded(_ connection: Connection) throws -> String? {
    try connection.inputs(of: product).flatMap { $0.isEmpty ? nil : $0 }
  }
}
