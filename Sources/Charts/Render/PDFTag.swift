/// The tag of a group in a PDF.
struct PDFTag: Equatable {
  var name: String
  var attributes: String

  /// Outermost first: the target, the structure, the link.
  static func tags(of group: Group) -> [PDFTag] {
    var tags: [PDFTag] = []
    if let anchor = group.anchor {
      tags.append(PDFTag(name: "cairo.dest", attributes: "name='\(name(ofAnchor: anchor))'"))
    }
    if let name = group.role.flatMap(name(of:)) { tags.append(PDFTag(name: name, attributes: "")) }
    if let link = group.link {
      let target = link.hasPrefix("#") ? "dest='\(name(ofAnchor: String(link.dropFirst())))'" : "uri='\(quoted(link))'"
      tags.append(PDFTag(name: "Link", attributes: target))
    }
    return tags
  }

  /// Nil for content that is not read aloud.
  static func name(of role: Role) -> String? {
    switch role {
    case .heading(let level): "H\(max(1, min(6, level)))"
    case .paragraph: "P"
    case .list: "L"
    case .listItem: "LI"
    case .table: "Table"
    case .tableRow: "TR"
    case .tableHeader: "TH"
    case .tableCell: "TD"
    case .figure: "Figure"
    case .artifact: nil
    }
  }

  /// The text within the single quotes of Cairo's attribute strings.
  static func quoted(_ text: String) -> String {
    var quoted = ""
    for character in text {
      if character == "'" || character == "\\" { quoted.append("\\") }
      quoted.append(character)
    }
    return quoted
  }

  /// A destination's name: letters and digits stay, every other byte becomes `_` and its two digits.
  static func name(ofAnchor anchor: String) -> String {
    let digits = Array("0123456789abcdef")
    var name = ""
    for byte in anchor.utf8 {
      let character = Character(Unicode.Scalar(byte))
      if character.isASCII, character.isLetter || character.isNumber || character == "-" {
        name.append(character)
      } else {
        name += "_\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return name
  }
}

extension Node {
  /// Whether a tagged PDF has an element for this group or one within it.
  var isTagged: Bool {
    guard case .group(let group) = self else { return false }
    return !PDFTag.tags(of: group).isEmpty || group.nodes.contains(where: \.isTagged)
  }
}
