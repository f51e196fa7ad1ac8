import Domain
import Store

/// The columns of `spot_price` that are collected.
enum SpotPriceColumn: Int32, TableColumns {
  case accountRegion, zone, instanceType, product, atMs, rate

  static let table = "spot_price"
}

extension Table.Layout {
  static let spotPrice = Table.Layout(
    SpotPriceColumn.self, key: [.instanceType, .zone, .product, .accountRegion, .atMs],
    .largest(SpotPriceColumn.rate.name))
}

/// EC2 DescribeSpotPriceHistory.
extension Page {
  mutating func addSpotPrice(_ price: JSONValue) {
    var (zone, type, product): (JSONText?, JSONText?, JSONText?)
    var amount: String?
    var at: Int64?
    for (key, value) in price.members {
      switch key {
      case "AvailabilityZone": zone = value.text
      case "InstanceType": type = value.text
      case "ProductDescription": product = value.text
      case "SpotPrice": amount = value.decimal
      case "Timestamp": at = time(value, "Timestamp")
      default: break
      }
    }
    guard let zone, let type, let product, let at, let amount else {
      findings.add(.missingField, "", "lacks its zone, type, product, price or time: the price is left out")
      return
    }
    guard let rate = rate(amount, "SpotPrice") else { return }
    // No pool is free: this would make instances free, where an unknown price makes them unpriced.
    if rate.nanodollarsPerHour == 0 {
      return findings.add(.absurdValue, "SpotPrice", "is 0, which no pool costs: the price is left out")
    }
    let region = region(ofZone: zone.string)
    if let currency = Currency.foreign(ofRegion: region) {
      findings.add(
        .unknownValue, counting: "Spot prices of \(region) are in \(currency), which batchcost does not read: left out")
      return lose()
    }
    count(.spotPrices)
    begin(.spotPrice)
    put(SpotPriceColumn.accountRegion, reference: place(zone: zone, owner: ""))
    put(SpotPriceColumn.zone, zone)
    put(SpotPriceColumn.instanceType, type)
    put(SpotPriceColumn.product, withoutNetwork(product))
    put(SpotPriceColumn.atMs, at)
    put(SpotPriceColumn.rate, rate.nanodollarsPerHour)
  }

  /// `Linux/UNIX (Amazon VPC)` and `Linux/UNIX` are one pool.
  private func withoutNetwork(_ product: JSONText) -> JSONText {
    let suffix: StaticString = " (Amazon VPC)"
    let cut = product.count - suffix.utf8CodeUnitCount
    return cut > 0 && product.dropFirst(cut) == suffix ? product.slice(0, cut) : product
  }
}
