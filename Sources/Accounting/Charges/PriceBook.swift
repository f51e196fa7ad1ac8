import Domain

/// A Spot pool: prices differ by zone, type and product. Zone names mean different zones in different accounts, so a
/// pool has an account; it is empty for prices collected without one.
package struct SpotPool: Hashable, Sendable {
  package var account: String
  /// `eu-west-1a`, as this account calls it.
  package var zone: String
  package var instanceType: String
  /// `OperatingSystem.spotProduct`: `Linux/UNIX` is also `Linux/UNIX (Amazon VPC)`.
  package var product: String

  package init(account: String, zone: String, instanceType: String, product: String) {
    self.account = account
    self.zone = zone
    self.instanceType = instanceType
    self.product = product
  }
}

/// An item of the price list.
package struct ListedItem: Hashable, Sendable {
  /// A region, or the code of a Local or Wavelength Zone.
  package var place: String
  /// `ServiceCode` of the price list: `AmazonEC2`, `AmazonECS`, `AmazonVPC`, `AmazonSageMaker`.
  package var service: String
  /// An instance type, or a usage type without its region prefix.
  package var item: String
  /// `OperatingSystem`'s raw value; empty for items without one.
  package var operatingSystem: String
  /// `Shared`, `Dedicated` or `Host`; empty for items without one.
  package var tenancy: String

  package init(place: String, service: String, item: String, operatingSystem: String = "", tenancy: String = "") {
    self.place = place
    self.service = service
    self.item = item
    self.operatingSystem = operatingSystem
    self.tenancy = tenancy
  }
}

/// All prices the ledger knows. Whatever it lacks is nil: prices are never taken from another place, pool or currency.
package struct PriceBook: Sendable {
  /// Prices of Spot pools, each from the time at which EC2 announced it.
  package var spot: [SpotPool: PriceHistory]
  /// Prices of the price list, each from the time at which it took effect.
  package var listed: [ListedItem: PriceHistory]

  package init(spot: [SpotPool: PriceHistory] = [:], listed: [ListedItem: PriceHistory] = [:]) {
    self.spot = spot
    self.listed = listed
  }

  /// The pool's prices as this account sees them. Prices collected without an account apply to every account.
  package func spotHistory(account: String, zone: String, instanceType: String, product: String) -> PriceHistory? {
    let own = SpotPool(account: account, zone: zone, instanceType: instanceType, product: product)
    if let history = spot[own] { return history }
    return spot[SpotPool(account: "", zone: zone, instanceType: instanceType, product: product)]
  }

  /// The list price of a type in the place where it ran; prices of other places are never used.
  ///
  /// - Parameter tenancy: as DescribeInstances has it; nil is shared.
  package func onDemand(
    region: String, zone: String?, instanceType: String, operatingSystem: OperatingSystem, tenancy: String?
  ) -> PriceHistory? {
    let listedTenancy =
      switch tenancy {
      case "dedicated": "Dedicated"
      case "host": "Host"
      default: "Shared"
      }
    return price(
      "AmazonEC2", instanceType, operatingSystem: operatingSystem.rawValue, tenancy: listedTenancy, region: region,
      zone: zone)
  }

  /// The fee that ECS Managed Instances add to the price of an instance. Per instance-hour.
  package func managementFee(ofType type: String, region: String, zone: String?) -> PriceHistory? {
    price("AmazonECS", ManagedInstances.fee(ofType: type), region: region, zone: zone)
  }

  /// - Parameter item: a usage type without its region prefix: `Fargate-GB-Hours`.
  package func fargate(region: String, _ item: String) -> PriceHistory? { price("AmazonECS", item, region: region) }

  /// - Parameter item: `Train:ml.g5.xlarge`.
  package func training(region: String, _ item: String) -> PriceHistory? {
    price("AmazonSageMaker", item, region: region)
  }

  /// The list price of an item in the place where it was used, in the currency of that place.
  ///
  /// - Parameter zone: nil for items without a zone.
  package func price(
    _ service: String, _ item: String, operatingSystem: String = "", tenancy: String = "", region: String,
    zone: String? = nil
  ) -> PriceHistory? {
    for code in PricePlace.codes(ofZone: zone, region: region) {
      let item = ListedItem(
        place: code, service: service, item: item, operatingSystem: operatingSystem, tenancy: tenancy)
      if let history = listed[item] { return history }
    }
    return nil
  }
}
