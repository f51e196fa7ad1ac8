extension String {
  /// The text with `***` in place of user names and passwords in URLs.
  package var withoutPasswords: String {
    guard contains("@"), contains("://") else { return self }
    var result = ""
    var rest = self[...]
    while let start = rest.firstRange(of: "://") {
      result += rest[..<start.upperBound]
      rest = rest[start.upperBound...]
      // A password may hold an @; a path or a blank ends it.
      let authority = rest.prefix { !"/ \t\n\"'<>".contains($0) }
      if let end = authority.lastIndex(of: "@") {
        result += "***"
        rest = rest[end...]
      }
    }
    return result + rest
  }
}
