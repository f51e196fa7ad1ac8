/// The CSV of a price list: some lines about the list, a line of names, then a line for each price.
struct OfferCSV {
  /// Where each column is that is read, by its name without spaces and capitals.
  private var columns: [String: Int] = [:]
  private var fields: [Range<Int>] = []

  /// Attributes by their names in GetProducts.
  private static let attributes: KeyValuePairs<String, String> = [
    "servicecode": "servicecode", "location": "location", "locationtype": "locationType",
    "instancetype": "instanceType", "tenancy": "tenancy", "operatingsystem": "operatingSystem",
    "licensemodel": "licenseModel",
    "usagetype": "usagetype", "capacitystatus": "capacitystatus", "preinstalledsw": "preInstalledSw",
    "marketoption": "marketoption", "regioncode": "regionCode",
  ]

  /// - Returns: how many bytes were read: whole lines.
  mutating func read(
    _ bytes: UnsafeRawBufferPointer, isEnd: Bool, _ documents: OfferDocuments, into page: inout Page
  ) -> Int {
    var start = 0
    while start < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
      guard let length = rest.firstIndex(of: UInt8(ascii: "\n")) ?? (isEnd ? rest.count : nil) else { break }
      read(line: UnsafeRawBufferPointer(rebasing: rest[..<length]), documents, into: &page)
      start += length + 1
    }
    if isEnd, columns.isEmpty {
      page.findings.add(.missingField, "OfferTermCode", "is missing: the price list has no line of column names")
    }
    return min(start, bytes.count)
  }

  private mutating func read(line: UnsafeRawBufferPointer, _ documents: OfferDocuments, into page: inout Page) {
    split(line)
    if columns.isEmpty {
      let names = fields.map { String(decoding: line[$0], as: UTF8.self).filter(\.isLetter).lowercased() }
      guard names.contains("offertermcode") else { return }
      columns = Dictionary(zip(names, names.indices)) { first, _ in first }
      return
    }
    guard fields.count > 1, text("termtype", line) == "OnDemand" else { return }
    let attributes = Self.attributes.compactMap { name, key in text(name, line).map { "\(quoted(key)):\(quoted($0))" } }
    let product =
      "{\"productFamily\":\(quoted(text("productfamily", line) ?? "")),\"attributes\":{\(attributes.joined(separator: ","))}}"
    let day = text("effectivedate", line) ?? ""
    let terms = """
      {"":{"effectiveDate":\(quoted(day.utf8.count == 10 ? "\(day)T00:00:00Z" : day)),"priceDimensions":{"":{\
      "unit":\(quoted(text("unit", line) ?? "")),"beginRange":\(quoted(text("startingrange", line) ?? "0")),\
      "pricePerUnit":{\(quoted(text("currency", line) ?? "")):\(quoted(text("priceperunit", line) ?? ""))}}}}}
      """
    documents.add(product.utf8, terms.utf8, to: &page)
  }

  /// Nil if the column is missing or empty.
  private func text(_ column: String, _ line: UnsafeRawBufferPointer) -> String? {
    guard let place = columns[column], place < fields.count, !fields[place].isEmpty else { return nil }
    return String(decoding: line[fields[place]], as: UTF8.self).replacing("\"\"", with: "\"")
  }

  /// Finds the fields of a line, without the quotes around them.
  private mutating func split(_ line: UnsafeRawBufferPointer) {
    fields.removeAll(keepingCapacity: true)
    let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
    let end = line.last == UInt8(ascii: "\r") ? line.count - 1 : line.count
    var index = 0
    while index <= end {
      let isQuoted = index < end && line[index] == quote
      let start = isQuoted ? index + 1 : index
      var isOpen = isQuoted
      index = start
      while index < end, isOpen || line[index] != comma {
        if line[index] == quote { isOpen.toggle() }
        index += 1
      }
      fields.append(start..<(isQuoted && index > start && line[index - 1] == quote ? index - 1 : index))
      index += 1
    }
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      if character == "\"" || character == "\\" { result += "\\" }
      result.unicodeScalars.append(character.value < 0x20 ? " " : character)
    }
    return result + "\""
  }
}
