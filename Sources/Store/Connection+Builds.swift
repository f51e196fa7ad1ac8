#if canImport(Glibc)
  import Glibc
#endif

/// Computed tables record what they were computed from, so that they are computed again only when that changes.
extension Connection {
  /// Increases with every transaction that changes facts.
  package func factRevision() throws -> Int64 { try integer("SELECT number FROM fact_revision") }

  func raiseFactRevision() throws { try execute("UPDATE fact_revision SET number = number + 1") }

  /// What `product` was computed from; nil if it never was.
  package func inputs(of product: String) throws -> String? {
    let rows = try prepare("SELECT inputs FROM build WHERE product = ?")
    rows.bind(1, product)
    guard try rows.step() else { return nil }
    defer { rows.reset() }
    return rows.text(0)
  }

  package func record(_ inputs: String, of product: String) throws {
    let statement = try prepare("INSERT OR REPLACE INTO build VALUES (?, ?)")
    statement.bind(1, product)
    statement.bind(2, inputs)
    try statement.run()
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
