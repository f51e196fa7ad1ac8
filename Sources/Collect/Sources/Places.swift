/// Accounts and regions as documents name them.
extension Page {
  /// The account and region of an ARN; what the caller knows where the text is no ARN.
  mutating func accountRegion(_ arn: JSONText?) -> Int {
    if let arn, let place = ARN(arn)?.place { return reference(.accountRegion, place) }
    return reference(.accountRegion, fallbackPlace)
  }

  /// A reference by ARN; where a document has the bare name, the ARN is put together.
  mutating func named(_ kind: Reference.Kind, _ text: JSONText, resource: StaticString, _ place: Int) -> Int {
    if text.hasPrefix("arn:") { return reference(kind, text) }
    let region = String(decoding: references.text(references.list[place]), as: UTF8.self)
    return reference(kind, "arn:aws:batch:\(region):\(resource)/\(text.string)")
  }

  /// The reference of an account and a region that stand apart.
  mutating func place(region: String, account: String) -> Int { reference(.accountRegion, "\(region):\(account)") }
}

/// `eu-west-1` of `eu-west-1b`, and of the local zone `us-west-2-lax-1a`: all up to the first number.
func region(ofZone zone: String) -> String {
  guard let digit = zone.firstIndex(where: \.isNumber) else { return zone }
  let end = zone[digit...].firstIndex { !$0.isNumber } ?? zone.endIndex
  return String(zone[..<end])
}
