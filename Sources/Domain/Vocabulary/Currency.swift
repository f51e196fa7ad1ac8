/// The currency of prices and bills, which follows from the place. Amounts in two currencies are never added.
package enum Currency: String, CaseIterable, Sendable {
  case usd = "USD"
  case cny = "CNY"

  /// Regions in China are billed by other companies, in their currency (AWS China, "Pricing").
  package init(ofRegion region: String) { self = region.hasPrefix("cn-") ? .cny : .usd }

  /// A currency of a region that batchcost does not read; nil where it is one of those above. The AWS European Sovereign
  /// Cloud (partition `aws-eusc`, botocore 1.44.8) has prices in EUR.
  package static func foreign(ofRegion region: String) -> String? { region.hasPrefix("eusc-") ? "EUR" : nil }

  /// In SQL: whether `column`, a region, is billed in CNY.
  package static func isCNY(_ column: String) -> String { "SUBSTR(\(column), 1, 3) = 'cn-'" }

  /// The symbol before an amount, as in CLDR's English: `$`, `CN¥`.
  package var symbol: String { self == .usd ? "$" : "CN¥" }

  /// Its unit and its hundredth, in words.
  package var unit: (whole: String, hundredth: String, hundredths: String) {
    self == .usd ? ("dollar", "cent", "cents") : ("yuan", "fen", "fen")
  }

  /// A column's name with its unit: `cost_usd` becomes `cost_cny`, `price_usd_per_hour` `price_cny_per_hour`.
  package func column(_ name: String) -> String {
    if self == .usd { return name }
    return name.split(separator: "_", omittingEmptySubsequences: false)
      .map { $0 == "usd" ? rawValue.lowercased() : String($0) }.joined(separator: "_")
  }
}
