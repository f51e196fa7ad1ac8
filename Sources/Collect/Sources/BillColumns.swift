/// Where the columns of an export stand. Exports differ in order, in case and in spelling: CUR 2.0 writes
/// `line_item_usage_start_date` where legacy CUR writes `lineItem/UsageStartDate`. Names are compared without case and
/// without what is no letter or digit, so that both are one.
struct BillColumns {
  private var positions: [String: Int] = [:]
  /// The header as written.
  let names: [String]

  init(_ reader: CSVReader) {
    names = (0..<reader.count).map { reader.text($0).trimmingBOM() }
    for (position, name) in names.enumerated() {
      let key = Self.key(name)
      if positions[key] == nil { positions[key] = position }
    }
  }

  static func key(_ name: String) -> String {
    String(decoding: name.lowercased().utf8.filter { (97...122).contains($0) || (48...57).contains($0) }, as: UTF8.self)
  }

  /// The position of the first of these names that there is; −1 for none, which reads as an empty field.
  func position(_ names: String...) -> Int {
    for name in names { if let position = positions[Self.key(name)] { return position } }
    return -1
  }

  func has(_ name: String) -> Bool { positions[Self.key(name)] != nil }

  /// Columns that hold one tag each, with the tag's key: `resourceTags/user:Team`, `tag_team`.
  var tags: [(position: Int, key: String)] {
    names.enumerated().compactMap { position, name in
      for prefix in ["resourceTags/", "resource_tags_", "resourcetags_", "tag_"]
      where name.lowercased().hasPrefix(prefix.lowercased()) && name.count > prefix.count {
        return (position, String(name.dropFirst(prefix.count)))
      }
      return nil
    }
  }
}

extension String {
  func trimmingBOM() -> String { unicodeScalars.first == "\u{FEFF}" ? String(unicodeScalars.dropFirst()) : self }
}
