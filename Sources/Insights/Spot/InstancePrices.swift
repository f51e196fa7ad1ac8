import Accounting
import Domain
import Store

/// On-Demand and Spot prices of single instances, by their operating system and tenancy, and of tasks on Fargate.
struct InstancePrices: Sendable {
  private let book: PriceBook
  private var places: [Int64: (account: String, region: String)] = [:]
  private let zonesOfType: [String: [String]]
  /// By instance, of those that are not Linux of shared tenancy.
  private var systems: [String: (system: OperatingSystem, tenancy: String?)] = [:]

  private enum PlaceField: Int32, SelectedColumn {
    case id, account, region
  }

  private enum SystemField: Int32, SelectedColumn {
    case usageOperation, platformDetails, tenancy
  }

  init(_ connection: Connection, for instances: some Sequence<ResourceRow>) throws {
    book = try PriceBook(reading: connection, types: Set(instances.lazy.compactMap(\.instanceType)))
    zonesOfType = Dictionary(grouping: book.spot.keys, by: \.instanceType).mapValues { Set($0.map(\.zone)).sorted() }
    let rows = try connection.prepare("SELECT \(PlaceField.list) FROM account_region")
    while try rows.step() {
      places[rows.integer(PlaceField.id)] = (rows.text(PlaceField.account), rows.text(PlaceField.region))
    }
    // Of two sources, EC2 comes last and wins, as in the ledger.
    let row = try connection.prepare(
      """
      SELECT \(SystemField.list) FROM instance_description WHERE instance_id = ?
      ORDER BY source
      """)
    for instance in instances {
      row.bind(instance.name)
      var known: (system: OperatingSystem, tenancy: String?)?
      while try row.step() {
        let (operation, platform) = (
          row.optionalText(SystemField.usageOperation), row.optionalText(SystemField.platformDetails)
        )
        let system =
          operation == nil && platform == nil
          ? known?.system ?? .linux : OperatingSystem(usageOperation: operation, platformDetails: platform)
        known = (system, row.optionalText(SystemField.tenancy) ?? known?.tenancy)
      }
      if let known, known.system != .linux || known.tenancy ?? "default" != "default" { systems[instance.name] = known }
    }
  }

  func region(of resource: ResourceRow) -> String { places[resource.accountRegion]?.region ?? "" }

  /// What a part of a task on Fargate would have cost on Fargate Spot; nil if a rate is unknown.
  func spotCost(of task: ResourceRow, _ terms: FargateTerms, insteadOf equivalent: Int64) -> Int64? {
    terms.spotCost(insteadOf: equivalent, at: task.span.start, prices: book)
  }

  /// Prices of the pool that the instance would have been in; nil if either is unknown.
  func counterfactual(of instance: ResourceRow) -> SpotCounterfactual? {
    guard let spot = spotHistory(of: instance, zone: instance.zone), let listed = onDemand(of: instance) else {
      return nil
    }
    return SpotCounterfactual(instanceStart: instance.span.start, onDemand: listed, spot: spot)
  }

  func onDemand(of instance: ResourceRow) -> PriceHistory? {
    guard let type = instance.instanceType, let place = places[instance.accountRegion] else { return nil }
    let system = systems[instance.name]
    return book.onDemand(
      region: place.region, zone: instance.zone, instanceType: type, operatingSystem: system?.system ?? .linux,
      tenancy: system?.tenancy)
  }

  func spotHistory(of instance: ResourceRow, zone: String?) -> PriceHistory? {
    guard let type = instance.instanceType, let zone, let place = places[instance.accountRegion] else { return nil }
    let system = systems[instance.name]?.system ?? .linux
    return book.spotHistory(account: place.account, zone: zone, instanceType: type, product: system.spotProduct)
  }

  /// The other zones of the region in which this instance's type has a Spot price, in order.
  func siblings(of instance: ResourceRow) -> [String] {
    guard let zone = instance.zone, let type = instance.instanceType else { return [] }
    return (zonesOfType[type] ?? []).filter { $0 != zone && $0.dropLast() == zone.dropLast() }
  }
}
