/// The positions of an export's columns. Exports differ in order, case and spelling: CUR 2.0 writes
/// `line_item_usage_start_date` where legacy CUR writes `lineItem/UsageStartDate`. Names are compared without case, and
/// without characters other than letters and digits, so that both match.
struct BillColumns {
  private var positions: [String: Int] = [:]
  private let asked = Asked()
  /// The header as written.
  let names: [String]

  /// The current row of `reader` must be the header.
  init(_ reader: CSVReader) { self.init(names: (0..<reader.count).map { reader.text($0).trimmingBOM() }) }

  init(names: [String]) {
    self.names = names
    for (position, name) in names.enumerated() {
      let key = Self.key(name)
      if positions[key] == nil { positions[key] = position }
    }
  }

  static func key(_ name: String) -> String {
    String(decoding: name.lowercased().utf8.filter { (97...122).contains($0) || (48...57).contains($0) }, as: UTF8.self)
  }

  /// The position of the first of these names that exists; −1 for none, which reads as an empty field.
  func position(_ names: String...) -> Int {
    for name in names {
      guard let position = positions[Self.key(name)] else { continue }
      asked.positions.insert(position)
      return position
    }
    return -1
  }

  func has(_ name: String) -> Bool { position(name) >= 0 }

  /// The positions that were asked for so far, and those of tags: a reader needs no others.
  var needed: [Int] { asked.positions.union(tags.map(\.position)).sorted() }

  /// Shared by copies, since readers only look columns up.
  private final class Asked {
    var positions: Set<Int> = []
  }

  /// What separates the names in the first line, if neither commas nor tabs do: semicolons, as in spreadsheets of locales
  /// with a decimal comma. Such a spreadsheet may have read 0.306 as 306.
  var foreignSeparator: String? {
    guard names.count == 1 else { return nil }
    return [("semicolons", UInt8(ascii: ";")), ("bars", UInt8(ascii: "|"))]
      .first { separator in names[0].utf8.count { $0 == separator.1 } > 3 }?.0
  }

  /// Columns that contain one tag each, with the tag's key: `resourceTags/user:Team`, `tag_team`.
  var tags: [(position: Int, key: String)] {
    names.enumerated().compactMap { position, name in Self.tagKey(name).map { (position, $0) } }
  }

  /// The key of the tag in a column of this name.
  static func tagKey(_ name: String) -> String? {
    for prefix in ["resourcetags/", "resource_tags_", "resourcetags_", "tag_"]
    where name.lowercased().hasPrefix(prefix) && name.count > prefix.count {
      return String(name.dropFirst(prefix.count))
    }
    return nil
  }
}

extension String {
  func trimmingBOM() -> String { unicodeScalars.first == "\u{FEFF}" ? String(unicodeScalars.dropFirst()) : self }
}
