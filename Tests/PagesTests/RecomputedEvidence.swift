import Domain

@testable import Reporting

/// What the first page says of the most expensive instance type and of how sure its numbers are, from postings alone.
extension Recomputed {
  var evidence: [String: Cell] {
    let rows = of(from, to)
    var values: [String: Cell] = [
      "confidence.unplaced_attempts": .integer(unplaced.attempts),
      "confidence.unplaced_seconds": .real(Double(unplaced.ms) / 1000),
      "confidence.unpriced_seconds": .real(Double(unpricedMilliseconds) / 1000),
    ]
    for (column, source) in [
      ("spot_history", "spot-history"), ("price_list", "price-list"), ("bundled", "bundled"), ("billed", "bill"),
      ("manual", "manual"),
    ] {
      let cost = rows.filter { $0.priceSource == source }.compactMap(\.cost).reduce(0, +)
      values["confidence.\(column)_usd"] = .money(Money(nanodollars: cost))
    }
    guard let top = topType else { return values }
    values["headline.top_type"] = .text(top.name)
    values["headline.top_type_usd"] = .money(Money(nanodollars: top.cost))
    values["headline.top_type_instances"] = .integer(top.instances)
    values["headline.top_type_unused_share"] = .real(Double(top.unused) / Double(top.cost))
    if let cost, cost > 0 { values["headline.top_type_share"] = .real(Double(top.cost) / Double(cost)) }
    return values
  }

  /// Nil if two cost the same.
  private var topType: (name: String, cost: Int64, unused: Int64, instances: Int64)? {
    struct Key: Hashable {
      var type: String
      var option: Int64
    }
    var groups: [Key: [Row]] = [:]
    for row in of(from, to) where row.cost ?? 0 > 0 {
      if let type = row.instanceType { groups[Key(type: type, option: row.option), default: []].append(row) }
    }
    func cost(_ rows: [Row]) -> Int64 { rows.compactMap(\.cost).reduce(0, +) }
    let ranked = groups.map { ($0.key.type, $0.value, cost($0.value)) }.sorted { $0.2 > $1.2 }
    guard let (type, rows, most) = ranked.first, ranked.count < 2 || ranked[1].2 < most else { return nil }
    return (
      type, most, cost(rows.filter { $0.account >= 2 }), Int64(Set(rows.map(\.resource)).count)
    )
  }
}
