import Domain
import Store

extension Connection {
  /// The currencies of the ledger's charges, starting with the one in which most time was billed; dollars if there are
  /// no charges.
  package func currencies() throws -> [Currency] {
    let isElsewhere = "SELECT EXISTS (SELECT 1 FROM account_region WHERE \(Currency.isCNY("region")))"
    guard try integer(isElsewhere) == 1 else { return [.usd] }
    let found = try column(
      """
      SELECT \(Currency.isCNY("a.region")) AS is_cny, SUM(r.billed_ms) AS ms
      FROM resource r JOIN account_region a ON a.id = r.account_region GROUP BY is_cny ORDER BY ms DESC, is_cny
      """, of: Bool.self)
    return found.isEmpty ? [.usd] : found.map { $0 ? .cny : .usd }
  }

  /// The currency of the output: see `Lens.inOneCurrency`.
  package func currency() throws -> Currency { try currencies().first ?? .usd }
}
