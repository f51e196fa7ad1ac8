import Domain

/// A Spot pool: prices differ by zone, type and product. Zone names mean different zones in different accounts.
package struct SpotPool: Hashable, Sendable {
  package var account: String
  package var zone: String
  package var instanceType: String
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
  package var region: String
  package var service: String
  /// An instance type, or a usage type without its region prefix.
  package var item: String
  package var operatingSystem: String
  package var tenancy: String

  package init(region: String, service: String, item: String, operatingSystem: String = "", tenancy: String = "") {
    self.region = region
    self.service = service
    self.item = item
    self.operatingSystem = operatingSystem
    self.tenancy = tenancy
  }
}

/// All prices the ledger knows.
package struct PriceBook: Sendable {
  package var spot: [SpotPool: PriceHistory]
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

  /// The fee that ECS Managed Instances add to the price of an instance.
  package func managementFee(ofType type: String, region: String, zone: String?) -> PriceHistory? {
    price("AmazonECS", ManagedInstances.fee(ofType: type), region: region, zone: zone)
  }

  package func fargate(region: String, _ item: String) -> PriceHistory? { price("AmazonECS", item, region: region) }

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
        region: code, service: service, item: item, operatingSystem: operatingSystem, tenancy: tenancy)
      if let history = listed[item] { return history }
    }
    return nil
  }
}
