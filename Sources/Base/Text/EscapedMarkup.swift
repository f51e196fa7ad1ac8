extension StringProtocol {
  /// As the text of an HTML or XML element, or the value of an attribute: no tag, attribute or script can begin in it.
  /// XML 1.0 has no place for most control characters and for some others, so U+FFFD stands for treacherous ones.
  package var escapedForMarkup: String {
    var escaped = ""
    escaped.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case let scalar where scalar.isTreacherous && scalar != "\n" && scalar != "\t": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
