/// Where a list price applies: a region, a Local Zone or a Wavelength Zone, identified by its code in the price list.
package enum PricePlace {
  /// The codes under which the prices of an availability zone may be listed: the region's code for its own zones; for
  /// other zones the codes of their group, and never the region's.
  ///
  /// - Parameter zone: `us-west-2a`, `us-west-2-lax-1a`, `us-east-1-wl1-bos-wlz-1`; nil where unknown.
  package static func codes(ofZone zone: String?, region: String) -> [String] {
    guard let zone, zone.hasPrefix(region + "-") else { return [region] }
    let group = zone.last?.isLetter == true ? String(zone.dropLast()) : zone
    // A Wavelength Zone's group has only the carrier's region in its name.
    let carrier = zone.dropFirst(region.utf8.count + 1).prefix { $0 != "-" }
    return carrier.hasPrefix("wl") ? [group, "\(region)-\(carrier)"] : [group]
  }

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
