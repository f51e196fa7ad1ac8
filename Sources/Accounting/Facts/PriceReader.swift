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

  private mutating func readSpotPrices(
    _ connection: Connection, _ places: [Int64: World.Place], _ types: Set<String>
  ) throws {
    let rows = try connection.prepare(
      """
      SELECT account_region, zone, product, at_ms, rate FROM spot_price
      WHERE instance_type = ? AND rate BETWEEN 0 AND \(Plausible.rate.upperBound)
      ORDER BY zone, product, account_region, at_ms
      """)
    for type in types.sorted() {
      rows.bind(1, type)
      var times: [Int64] = []
      var rates: [Int64] = []
      var current: SpotPool?
      while try rows.step() {
        let pool = SpotPool(
          account: places[rows.integer(0)]?.account ?? "", zone: rows.text(1), instanceType: type,
          product: rows.text(2))
        if pool != current {
          if let current { spot[current] = PriceHistory(sortedTimes: times, rates: rates) }
          current = pool
          times = []
          rates = []
        }
        times.append(rows.integer(3))
        rates.append(rows.integer(4))
      }
      if let current { spot[current] = PriceHistory(sortedTimes: times, rates: rates) }
    }
  }

  private mutating func readListPrices(_ connection: Connection) throws {
    let rows = try connection.prepare(
      """
      SELECT region, service, item, operating_system, tenancy, effective_at_ms, rate FROM list_price
      WHERE rate BETWEEN 0 AND \(Plausible.rate.upperBound)
      ORDER BY region, service, item, operating_system, tenancy, effective_at_ms
      """)
    var steps: [ListedItem: [(at: Instant, rate: Rate)]] = [:]
    while try rows.step() {
      let item = ListedItem(
        region: rows.text(0), service: rows.text(1), item: rows.text(2), operatingSystem: rows.text(3),
        tenancy: rows.text(4))
      steps[item, default: []].append(
        (Instant(milliseconds: rows.integer(5)), Rate(nanodollarsPerHour: rows.integer(6))))
    }
    listed = steps.mapValues { steps in
      var history = PriceHistory(steps)
      history.holdsBefore = true
      return history
    }
  }
}
