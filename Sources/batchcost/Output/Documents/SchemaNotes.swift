import Queries

/// What the migrations' comments say about tables, views and columns, for tools that show it.
struct SchemaNotes {
  struct Notes: Equatable {
    var text = ""
    var columns: [String: String] = [:]
  }

  /// By table or view; a later migration's comment replaces an earlier one's.
  private(set) var notes: [String: Notes] = [:]

  init(_ texts: [String] = migrations.map(\.text)) {
    for text in texts { read(text) }
  }

  private mutating func read(_ text: String) {
    var comment: [Substring] = []
    var table: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("--") {
        comment.append(line.dropFirst(2))
      } else if let made = Self.made(line) {
        notes[made] = Self.notes(comment)
        table = made
        comment = []
      } else if let name = table, line.hasPrefix("  "), let (column, note) = Self.column(line) {
        notes[name]?.columns[column] = note
      } else if line.isEmpty || line.hasPrefix(")") {
        (comment, table) = ([], nil)
      }
    }
  }

  /// The name in `CREATE TABLE name (` or `CREATE VIEW name AS`.
  private static func made(_ line: Substring) -> String? {
    let words = line.split(separator: " ")
    guard words.count > 2, words[0] == "CREATE", ["TABLE", "VIEW"].contains(words[1]) else { return nil }
    return String(words[2])
  }

  /// `  zone TEXT,   -- the zone's name`, in a table.
  private static func column(_ line: Substring) -> (String, String)? {
    guard let mark = line.firstRange(of: "--"), let name = line.split(separator: " ").first else { return nil }
    let note = line[mark.upperBound...].drop { $0 == " " }
    return note.isEmpty || name.hasPrefix("--") ? nil : (String(name), String(note))
  }

  /// The lines of a comment. Those indented by three spaces describe columns: `name, name  meaning;  name meaning`.
  private static func notes(_ comment: [Substring]) -> Notes {
    var notes = Notes()
    var last: [String] = []
    for line in comment {
      guard line.hasPrefix("   ") else {
        notes.text += (notes.text.isEmpty ? "" : " ") + line.drop { $0 == " " }
        continue
      }
      let isNew = !line.hasPrefix("      ")
      for (index, part) in line.drop(while: { $0 == " " }).split(separator: ";  ").enumerated() {
        if index == 0, !isNew {
          for name in last { notes.columns[name, default: ""] += " " + part }
          continue
        }
        // Names end at two spaces, or where no comma follows.
        let gap = index == 0 ? part.firstRange(of: "  ") : part.firstRange(of: " ")
        guard let gap else { continue }
        last = part[..<gap.lowerBound].split(separator: ", ").map(String.init)
        let meaning = String(part[gap.upperBound...].drop { $0 == " " })
        for name in last { notes.columns[name] = meaning }
      }
    }
    return notes
  }
}
