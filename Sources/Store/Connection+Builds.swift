#if canImport(Glibc)
  import Glibc
#endif

/// What is computed from facts, and recorded with what it was computed from. Raw values are those of `build.product`.
package enum Product: String {
  case ledger
  /// The rules of the ledger: while they stay, a part of it can be computed again.
  case ledgerRules = "ledger rules"
  case insights
  case insightRules = "insight rules"
  /// The revision of the facts that the ledger was computed from.
  case facts
}

/// Computed tables record what they were computed from, so that they are computed again only when that changes.
extension Connection {
  /// Increases with every transaction that changes facts.
  package func factRevision() throws -> Int64 { try integer("SELECT number FROM main.fact_revision") }

  func raiseFactRevision() throws { try execute("UPDATE fact_revision SET number = number + 1") }

  /// What `product` was computed from; nil if it never was.
  package func inputs(of product: Product) throws -> String? {
    try first("SELECT inputs FROM main.build WHERE product = ?", product.rawValue, of: String.self)
  }

  /// Replaces what was recorded before.
  package func record(_ inputs: String, of product: Product) throws {
    let statement = try prepare("INSERT OR REPLACE INTO build VALUES (?, ?)")
    statement.bind(product.rawValue, inputs)
    try statement.run()
  }

  /// Records that the ledger is of the current facts. The insights no longer are, until they are computed.
  package func recordLedger() throws {
    try record("\(factRevision())", of: .facts)
    try execute("DELETE FROM build WHERE product = '\(Product.insights.rawValue)'")
  }

  /// How far the computed tables follow the facts.
  package func progress() throws -> Progress {
    guard try inputs(of: .ledger) != nil else { return try factRevision() > 1 ? .unfinished : .current }
    guard try inputs(of: .insights) != nil else { return .unfinished }
    let known = try inputs(of: .facts)
    return try known == nil || known == "\(factRevision())" ? .current : .behind
  }

  /// How far the ledger and the insights follow the facts.
  package enum Progress {
    /// Both were computed from the facts as they are, or there are no facts.
    case current
    /// Ledger and insights agree, but facts were collected since.
    case behind
    /// A run was stopped before it had computed the ledger for the first time, or the insights of a new ledger.
    case unfinished
  }
}

/// Distinguishes one build of the program from another: an older one may have computed by other rules.
package enum ProgramIdentity {
  /// Size and time of the running file; nil if unknown, in which case nothing counts as computed.
  package static let current: String? = {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return nil }
    return "\(status.st_size)-\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }()
}
