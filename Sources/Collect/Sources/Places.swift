/// Accounts and regions in documents.
extension Page {
  /// The account and region of an ARN; if the text is not an ARN, those that the caller knows.
  mutating func accountRegion(_ arn: JSONText?) -> Int {
    if let arn, let place = ARN(arn)?.place { return reference(.accountRegion, place) }
    return reference(.accountRegion, fallbackPlace)
  }

  /// A reference by ARN; if a document has only the name, the ARN is constructed.
  mutating func named(_ kind: Reference.Kind, _ text: JSONText, resource: StaticString, _ place: Int) -> Int {
    if text.hasPrefix("arn:") { return reference(kind, text) }
    let region = String(decoding: references.text(references.list[place]), as: UTF8.self)
    return reference(kind, "arn:aws:batch:\(region):\(resource)/\(text.string)")
  }

  /// The reference for a separate account and region.
  mutating func place(region: String, account: String) -> Int { reference(.accountRegion, "\(region):\(account)") }
}

/// `eu-west-1` for `eu-west-1b`, and also for the local zone `us-west-2-lax-1a`: everything up to the first number.
func region(ofZone zone: String) -> String {
  guard let digit = zone.firstIndex(where: \.isNumber) else { return zone }
  let end = zone[digit...].firstIndex { !$0.isNumber } ?? zone.endIndex
  return String(zone[..<end])
}
