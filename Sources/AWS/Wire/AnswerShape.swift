/// How the elements of an XML answer become members of a JSON document.
///
/// Read from `Shapes/<Operation>.shape`: a line a member (`xmlName JSONName type`), indented under its parent. Types: a
/// string (nothing), `integer`, `number`, `boolean`, `{}` for a structure, `[item]` for a list of what follows, whose
/// elements are called `item`, and `[]` for a list without an element around it.
struct AnswerShape: Sendable {
  indirect enum Kind: Sendable {
    case string, integer, number, boolean
    case structure(AnswerShape)
    /// `item` is nil if the elements are among the structure's other members.
    case list(item: String?, Kind)
  }

  struct Member: Sendable {
    let name: String
    let kind: Kind
  }

  /// By XML name.
  let members: [String: Member]

  init(_ text: String) {
    var lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }[...]
    self.init(&lines, depth: 0)
  }

  /// Takes the lines at this depth and below.
  private init(_ lines: inout ArraySlice<Substring>, depth: Int) {
    var members: [String: Member] = [:]
    while let line = lines.first, line.prefix(while: { $0 == " " }).count == depth * 2 {
      lines.removeFirst()
      let words = line.split(separator: " ")
      guard words.count >= 2 else { continue }
      members[String(words[0])] = Member(
        name: String(words[1]), kind: Self.kind(words[2...], &lines, depth: depth))
    }
    self.members = members
  }

  private static func kind(
    _ words: ArraySlice<Substring>, _ lines: inout ArraySlice<Substring>, depth: Int
  ) -> Kind {
    switch words.first {
    case "integer": return .integer
    case "number": return .number
    case "boolean": return .boolean
    case "{}": return .structure(AnswerShape(&lines, depth: depth + 1))
    case let word? where word.hasPrefix("["):
      let item = word.dropFirst().dropLast()
      return .list(item: item.isEmpty ? nil : String(item), kind(words.dropFirst(), &lines, depth: depth))
    default: return .string
    }
  }
}
