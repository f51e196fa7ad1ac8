import Accounting
import Domain
import Store

extension Connection {
  /// Which limits are held against which part of a database: amounts of two currencies are never added. The currency in which
  /// most time was billed comes first.
  ///
  /// An amount without a currency is in that of its queue, else in the first. Shares are held against each part. A limit in a
  /// currency in which nothing is billed stays with the first part, where nothing is known of it.
  package func limitsByCurrency(_ limits: [Limit]) throws -> [(currency: Currency, limits: [Limit])] {
    let billed = try currencies()
    guard let first = billed.first else { return [] }
    let placed = try limits.flatMap { limit -> [(Currency, Limit)] in
      if let own = limit.currency { return [(billed.contains(own) ? own : first, limit)] }
      switch (limit.measure, limit.scope) {
      case (.unusedShare, _), (.retriedShare, _): return billed.map { ($0, limit) }
      case (_, .jobQueue(let name)):
        let own = try billed.count > 1 ? currencies(ofQueue: name) : []
        return (own.isEmpty ? [first] : own).map { ($0, limit) }
      default: return [(first, limit)]
      }
    }
    return billed.map { currency in
      let own = placed.filter { $0.0 == currency }.map { _, limit in
        Limit(limit.scope, limit.measure, in: limit.currency ?? currency)
      }
      return (currency, own)
    }
  }

  private func currencies(ofQueue name: String) throws -> [Currency] {
    let regions = try column(
      """
      SELECT DISTINCT g.region FROM job_queue q JOIN named_queue n ON n.id = q.id
      JOIN account_region g ON g.id = q.account_region WHERE ? IN (q.name, n.name)
      """, name, of: String.self)
    let found = Set(regions.map(Currency.init(ofRegion:)))
    return Currency.allCases.filter(found.contains)
  }
}
