import Domain
import Store

/// The columns of `list_price` that are collected.
enum ListPriceColumn: Int32, TableColumns {
  case region, service, item, operatingSystem, tenancy, effectiveAtMs, rate, unit, source

  static let table = "list_price"
}

extension Table.Layout {
  static let listPrice = Table.Layout(
    ListPriceColumn.self, key: [.region, .service, .item, .operatingSystem, .tenancy, .effectiveAtMs],
    .largest(ListPriceColumn.rate.name))
}

/// What identifies a price: the row of the price list, without its price.
struct PricedItem: Equatable {
  var region, service, item: String
  var operatingSystem = ""
  var tenancy = ""
}

/// Pricing GetProducts: one product of EC2, ECS, the VPC or SageMaker with its terms.
extension Page {
  mutating func addProduct(_ document: JSONValue) {
    guard let product = document["product"], let attributes = product["attributes"] else {
      findings.add(.missingField, "product.attributes", "is missing: the price is left out")
      return
    }
    let mark = mark
    guard let item = pricedItem(product, attributes, document["serviceCode"]?.text) else {
      return leaveUnused(unlessOthersAreKept: "list prices that no Batch job is billed at are not used")
    }
    for (_, term) in (document["terms"] ?? document).members(of: "OnDemand") {
      guard let effective = term["effectiveDate"].flatMap({ time($0, "effectiveDate") }) else { continue }
      for (_, dimension) in term.members(of: "priceDimensions") {
        addPrice(item, effective: effective, dimension)
      }
    }
    if hasRows(since: mark) {
      count(.listPrices)
    } else if !hasFindings(since: mark) {
      leaveUnused(unlessOthersAreKept: "list prices of $0, of higher tiers or without On-Demand terms are not used")
    }
  }

  private mutating func addPrice(_ item: PricedItem, effective: Int64, _ dimension: JSONValue) {
    // The tiers above the first have volume discounts that no Batch account reaches.
    if let begin = dimension["beginRange"]?.text, !(begin == "0") { return }
    let currency = Currency(ofRegion: item.region)
    guard let amount = dimension["pricePerUnit"]?[currency.key]?.decimal else {
      let others = dimension.members(of: "pricePerUnit").map(\.0.string).sorted().joined(separator: ", ")
      return findings.add(
        .missingField, "pricePerUnit.\(currency.rawValue)",
        "is missing: prices of \(item.region) are read in \(currency.rawValue), and this one is in \(others.isEmpty ? "no currency" : others)"
      )
    }
    guard let rate = rate(amount, "pricePerUnit.\(currency.rawValue)") else { return }
    let unit = dimension["unit"]?.text?.string ?? ""
    if !isRateOf(item, unit: unit) {
      return findings.add(.unknownValue, "unit", "is \(unit), where batchcost knows hours: the price is left out")
    }
    // Products with a zero price meter usage, or stand for capacity that is paid for elsewhere.
    if rate.nanodollarsPerHour == 0 { return }
    begin(.listPrice)
    put(ListPriceColumn.region, item.region)
    put(ListPriceColumn.service, item.service)
    put(ListPriceColumn.item, item.item)
    put(ListPriceColumn.operatingSystem, item.operatingSystem)
    put(ListPriceColumn.tenancy, item.tenancy)
    put(ListPriceColumn.effectiveAtMs, effective)
    put(ListPriceColumn.rate, rate.nanodollarsPerHour)
    put(ListPriceColumn.unit, unit)
    put(ListPriceColumn.source, "price-list")
  }
}

extension JSONValue {
  /// Whether it is a product that a Batch job can be billed for.
  var isPricedProduct: Bool { self["attributes"].flatMap { pricedItem(self, $0, nil) } != nil }
}

extension Currency {
  /// The key of its prices in the list.
  fileprivate var key: StaticString { self == .cny ? "CNY" : "USD" }
}

/// Whether a price is per hour, as all are but those of volumes, which are per month: by the second or the day it would count
/// as one of the hour.
private func isRateOf(_ item: PricedItem, unit: String) -> Bool {
  let unit = unit.lowercased()
  return item.item.hasPrefix("EBS:") || !["sec", "min", "day", "mo", "year"].contains(where: unit.contains)
}

/// The product as the ledger looks it up; nil for the many that no Batch job is billed for.
private func pricedItem(_ product: JSONValue, _ attributes: JSONValue, _ serviceCode: JSONText?) -> PricedItem? {
  let service = (serviceCode ?? attributes["servicecode"]?.text)?.string ?? ""
  guard let code = attributes["regionCode"]?.text?.string, let usage = attributes["usagetype"]?.text?.string else {
    return nil
  }
  let region = PricePlace.code(
    code, type: attributes["locationType"]?.text?.string, location: attributes["location"]?.text?.string, usage: usage)
  let family = product["productFamily"]?.text?.string ?? ""
  switch (service, family) {
  case ("AmazonEC2", "Compute Instance"), ("AmazonEC2", "Compute Instance (bare metal)"):
    return instanceItem(attributes, region: region)
  case ("AmazonEC2", _):
    return usageItem(usage, starting: ["EBS:Volume"]).map { PricedItem(region: region, service: service, item: $0) }
  case ("AmazonECS", _):
    // Fargate Spot is written in two ways: `SpotUsage:Fargate-`, and `SpotUsage-Fargate-` as on bills.
    let heads = ["Fargate-", "SpotUsage:Fargate-", "SpotUsage-Fargate-", "ECS-Managed-Instances:"]
    return usageItem(usage, starting: heads).map {
      PricedItem(region: region, service: service, item: $0.replacing("SpotUsage-", with: "SpotUsage:"))
    }
  case ("AmazonVPC", _):
    return usageItem(usage, starting: ["PublicIPv4:"]).map { PricedItem(region: region, service: service, item: $0) }
  case ("AmazonSageMaker", _):
    return usageItem(usage, starting: ["Train:ml."]).map { PricedItem(region: region, service: service, item: $0) }
  default: return nil
  }
}

/// Instances that anyone can start: nothing pre-installed, no licence of one's own, no capacity reservation.
private func instanceItem(_ attributes: JSONValue, region: String) -> PricedItem? {
  func has(_ key: StaticString, _ value: StaticString) -> Bool { attributes[key]?.text.map { $0 == value } ?? false }
  func lacks(_ key: StaticString) -> Bool { attributes[key]?.text == nil }
  guard has("capacitystatus", "Used"), has("preInstalledSw", "NA"),
    lacks("marketoption") || has("marketoption", "OnDemand"),
    !has("licenseModel", "Bring your own license"),
    let type = attributes["instanceType"]?.text?.string, let system = attributes["operatingSystem"]?.text?.string,
    let tenancy = attributes["tenancy"]?.text?.string
  else { return nil }
  return PricedItem(
    region: region, service: "AmazonEC2", item: type, operatingSystem: system, tenancy: tenancy)
}

/// A usage type without its region prefix, which cannot be derived from the region's name: `EU-`, `USE1-`, none.
private func usageItem(_ usage: String, starting heads: [String]) -> String? {
  if heads.contains(where: usage.hasPrefix) { return usage }
  guard let dash = usage.firstIndex(of: "-") else { return nil }
  let rest = String(usage[usage.index(after: dash)...])
  return heads.contains(where: rest.hasPrefix) ? rest : nil
}
