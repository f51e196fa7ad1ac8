import Store

/// Answers whose further pages are in none of the files that were collected.
///
/// A page names the next one by a token that the next one does not repeat. So pages belong together if their files lie in
/// one folder, have names that differ in digits only (`prices-1.json`, `prices-2.json`), and hold the same list of the
/// same accounts and regions. If one of them ends without a token, the answer is whole.
extension Connection {
  /// Writes a finding for each file that ends with a token, in place of those of earlier collections.
  ///
  /// - Returns: their number.
  func reportMissingPages() throws -> Int {
    let files = try FilePosition.all(self)
    let parts = files.flatMap { path, file in
      file.lists.tokens.map { Part(path: path, list: $0.list, token: $0.token, places: file.places) }
    }
    let series = Dictionary(grouping: parts, by: \.series)
    let open = series.values.flatMap { parts in
      let ends = parts.filter { $0.token == nil }
      return parts.filter { part in part.token != nil && !ends.contains { $0.belongs(to: part) } }
    }
    try bookkeeping {
      try forgetMissingPages(of: files)
      let insert = try prepare(
        """
        INSERT INTO collection_finding (check_name, severity, subject, place, message) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """)
      for part in open {
        let finding = Finding(check: .missingPages, place: part.list, message: part.message)
        insert.bind(finding.check.rawValue, finding.severity, part.path, finding.place, finding.message)
        try insert.run()
      }
    }
    return open.count
  }

  private func forgetMissingPages(of files: [String: FilePosition]) throws {
    let check = Finding.Check.missingPages.rawValue
    let delete = try prepare("DELETE FROM collection_finding WHERE check_name = ? AND subject = ?")
    let subjects = try column(
      "SELECT DISTINCT subject FROM collection_finding WHERE check_name = ?", check, of: String.self)
    for subject in subjects where files[subject] != nil {
      delete.bind(check, subject)
      try delete.run()
    }
  }
}

/// A list in a file: a page, or several.
private struct Part {
  let path: String
  let list: String
  let token: String?
  let places: Set<String>

  /// What its file has in common with those of the other pages: the folder, and the name without digits.
  var series: String {
    let name = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    return "\(list) \(path[..<name])\(path[name...].filter { !$0.isNumber })"
  }

  func belongs(to other: Part) -> Bool {
    places.isEmpty || other.places.isEmpty || !places.isDisjoint(with: other.places)
  }

  var message: String {
    "ends with a \(token ?? ""): the answer has more pages, which are neither in this file nor in one of the same name with "
      + "another number. Collect all of them: the AWS CLI saves them all without --max-items and --no-paginate"
  }
}
