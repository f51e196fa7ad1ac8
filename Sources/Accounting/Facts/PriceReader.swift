import Domain
import Store

extension PriceBook {
  /// Reads the Spot prices of these instance types in all zones, and the whole price list.
  package init(reading connection: Connection, types: Set<String>) throws {
    try self.init(connection, places: WorldReader.places(connection, asOf: nil), types: types)
  }

  /// Reads the prices of the pools that Spot instances used, and the whole price list.
  init(_ connection: Connection, places: [Int64: World.Place], types: Set<String>) throws {
    self.init()
    try readSpotPrices(connection, places, types)
    try readListPrices(connection)
  }

  private enum Spot: Int32, SelectedColumn {
    case accountRegion, zone, product, atMs, rate
  }

  private mutating func readSpotPrices(
    _ connection: Connection, _ places: [Int64: World.Place], _ types: Set<String>
  ) throws {
    let rows = try connection.prepare(
      """
      SELECT \(Spot.list) FROM spot_price
      WHERE instance_type = ? AND rate BETWEEN 0 AND \(Plausible.rate.upperBound)
      ORDER BY zone, product, account_region, at_ms
      """)
    for type in types.sorted() {
      rows.bind(type)
      var times: [Int64] = []
      var rates: [Int64] = []
      var current: SpotPool?
      while try rows.step() {
        let pool = SpotPool(
          account: places[rows.integer(Spot.accountRegion)]?.account ?? "", zone: rows.text(Spot.zone),
          instanceType: type,
          product: rows.text(Spot.product))
        if pool != current {
          if let current { spot[current] = PriceHistory(sortedTimes: times, rates: rates) }
          current = pool
          times = []
          rates = []
        }
        times.append(rows.integer(Spot.atMs))
        rates.append(rows.integer(Spot.rate))
      }
      if let current { spot[current] = PriceHistory(sortedTimes: times, rates: rates) }
    }
  }

  private enum Listed: Int32, SelectedColumn {
    case region, service, item, operatingSystem, tenancy, effectiveAtMs, rate
  }

  private mutating func readListPrices(_ connection: Connection) throws {
    let rows = try connection.prepare(
      """
      SELECT \(Listed.list) FROM list_price
      WHERE rate BETWEEN 0 AND \(Plausible.rate.upperBound)
      ORDER BY region, service, item, operating_system, tenancy, effective_at_ms
      """)
    var steps: [ListedItem: [(at: Instant, rate: Rate)]] = [:]
    while try rows.step() {
      let item = ListedItem(
        place: rows.text(Listed.region), service: rows.text(Listed.service), item: rows.text(Listed.item),
        operatingSystem: rows.text(Listed.operatingSystem),
        tenancy: rows.text(Listed.tenancy))
      steps[item, default: []].append(
        (Instant(milliseconds: rows.integer(Listed.effectiveAtMs)), Rate(nanodollarsPerHour: rows.integer(Listed.rate)))
      )
    }
    listed = steps.mapValues { steps in
      var history = PriceHistory(steps)
      history.holdsBefore = true
      return history
    }
  }
}
