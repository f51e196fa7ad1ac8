import Accounting
import Domain
import Store

/// The price book for advice: a `PriceTable` for each account, region and week.
struct PriceReader {
  let shapes: [String: PriceTable.Shape]
  private let book: PriceBook
  /// Types that have a shape or a price, in order.
  private let types: [String]
  /// Zones in which a type has a Spot price.
  private let zones: [String: Set<String>]
  /// The known days of each week, which the calendar has.
  let weeks: [String: ClosedRange<Int64>]
  private var tables: [Place: PriceTable] = [:]

  private struct Place: Hashable {
    var account: String
    var region: String
    var week: String
  }

  private static let system = OperatingSystem.linux

  init(_ connection: Connection) throws {
    shapes = try Self.shapes(connection)
    let priced = Set(try connection.column("SELECT DISTINCT instance_type FROM spot_price", of: String.self))
    book = try PriceBook(reading: connection, types: priced)
    zones = Dictionary(grouping: book.spot.keys.filter { $0.product == Self.system.spotProduct }, by: \.instanceType)
      .mapValues { Set($0.map(\.zone)) }
    types = priced.union(shapes.keys).union(book.listed.keys.lazy.filter { $0.service == "AmazonEC2" }.map(\.item))
      .sorted()
    var weeks: [String: ClosedRange<Int64>] = [:]
    try connection.each("SELECT week, MIN(day), MAX(day) FROM calendar GROUP BY week") {
      (week: String, first: Int64, last: Int64) in weeks[week] = first...last
    }
    self.weeks = weeks
  }

  mutating func table(account: String, region: String, week: String) -> PriceTable {
    let place = Place(account: account, region: region, week: week)
    if let known = tables[place] { return known }
    let table = weeks[week].map { made(place, at: Self.middle(of: $0)) } ?? PriceTable(shapes: shapes)
    tables[place] = table
    return table
  }

  private static func middle(of days: ClosedRange<Int64>) -> Instant {
    Instant(milliseconds: (days.lowerBound + days.upperBound + 1) * millisecondsPerDay / 2)
  }

  func addShapes(to digest: inout RowDigest) {
    for (type, shape) in shapes.sorted(by: { $0.key < $1.key }) {
      digest.add(type)
      digest.add(shape.architecture)
      for number in [shape.capacity.milliVCPUs, shape.capacity.memoryMiB, shape.capacity.gpus, shape.registeredMiB] {
        digest.add(number)
      }
      digest.add(shape.isBurstable ? 1 : 0)
    }
  }

  /// Adds the prices of a place and week.
  mutating func add(account: String, region: String, week: String, to digest: inout RowDigest) {
    let table = table(account: account, region: region, week: week)
    for type in types {
      let (listed, spot) = (table.onDemand[type], table.spot[type])
      if listed == nil, spot == nil { continue }
      digest.add(type)
      digest.add(listed)
      digest.add(spot)
    }
    digest.add(table.fargateVCPU)
    digest.add(table.fargateGB)
  }

  private func made(_ place: Place, at time: Instant) -> PriceTable {
    func rate(_ history: PriceHistory?) -> Int64? { history?.rate(at: time)?.nanodollarsPerHour }
    var table = PriceTable(shapes: shapes)
    for type in types {
      table.onDemand[type] = rate(
        book.onDemand(
          region: place.region, zone: nil, instanceType: type, operatingSystem: Self.system, tenancy: nil))
      let rates = (zones[type] ?? []).filter { PricePlace.isOwn(zone: $0, of: place.region) }.compactMap { zone in
        rate(
          book.spotHistory(
            account: place.account, zone: zone, instanceType: type, product: Self.system.spotProduct))
      }
      if !rates.isEmpty { table.spot[type] = rates.reduce(0, +) / Int64(rates.count) }
    }
    table.fargateVCPU = rate(book.fargate(region: place.region, FargateRates.vcpu)) ?? 0
    table.fargateGB = rate(book.fargate(region: place.region, FargateRates.gb)) ?? 0
    return table
  }

  private static func shapes(_ connection: Connection) throws -> [String: PriceTable.Shape] {
    var shapes: [String: PriceTable.Shape] = [:]
    for type in try DescribedType.all(connection) where type.nominal.milliVCPUs > 0 {
      shapes[type.name] = PriceTable.Shape(
        capacity: type.nominal, architecture: type.architecture, registeredMiB: type.registeredMiB,
        isBurstable: type.isBurstable)
    }
    return shapes
  }
}
