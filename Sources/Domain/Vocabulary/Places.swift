/// Where a list price applies: a region, a Local Zone or a Wavelength Zone, identified by its code in the price list.
package enum PricePlace {
  /// The codes under which the prices of an availability zone may be listed: the region's code for its own zones; for
  /// other zones the codes of their group, and never the region's.
  ///
  /// - Parameter zone: `us-west-2a`, `us-west-2-lax-1a`, `us-east-1-wl1-bos-wlz-1`; nil where unknown.
  package static func codes(ofZone zone: String?, region: String) -> [String] {
    guard let zone, zone.hasPrefix(region + "-") else { return [region] }
    let parts = zone.dropFirst(region.utf8.count + 1).split(separator: "-")
    guard parts.count == 4, parts[0].hasPrefix("wl"), parts[2] == "wlz" else {
      return [zone.last?.isLetter == true ? String(zone.dropLast()) : zone]
    }
    // `us-west-2-wl1-las-wlz-1` is `us-west-2-wl1-las1`; the first zones of a carrier have no city in their code.
    let carrier = "\(region)-\(parts[0])"
    let codes = [zone, "\(carrier)-\(parts[1])\(parts[3])"]
    return Self.firstOfCarrier.contains("\(carrier)-\(parts[1])") ? codes + [carrier] : codes
  }

  /// Boston and the San Francisco Bay Area, AWS's first Wavelength Zones.
  private static let firstOfCarrier: Set<String> = ["us-east-1-wl1-bos", "us-west-2-wl1-sfo"]

  /// Whether a zone belongs to the region itself, and is not a Local or Wavelength Zone.
  package static func isOwn(zone: String, of region: String) -> Bool {
    zone.hasPrefix(region) && zone.dropFirst(region.count).allSatisfy(\.isLetter)
  }

  /// The place code of a product in the price list.
  ///
  /// - Parameters:
  ///   - code: `regionCode`.
  ///   - type: `locationType`: `AWS Region`, `AWS Local Zone`, `AWS Wavelength Zone`, `AWS Outposts`.
  ///   - usage: `usagetype`, whose prefix names a Local Zone: `LAX1-BoxUsage:c5.large`.
  package static func code(_ code: String, type: String?, location: String?, usage: String) -> String {
    guard let type, type != "AWS Region", code.split(separator: "-").count <= 3 else { return code }
    let prefix = usage.prefix { $0 != "-" }
    let letters = prefix.prefix { $0.isLetter }
    let number = prefix.dropFirst(letters.count)
    if type == "AWS Local Zone", letters.count == 3, !number.isEmpty, number.allSatisfy(\.isNumber) {
      return "\(code)-\(letters.lowercased())-\(number)"
    }
    return "\(code) \(location ?? type)"
  }
}
