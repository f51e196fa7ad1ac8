import Configuration

/// A report as written: Markdown with front matter. Nothing is computed yet.
package struct Report: Sendable {
  /// The path, for errors.
  package var file: String
  /// The name on the command line: `weekly` for `weekly.md`.
  package var name: String
  /// The whole file, front matter included.
  package var text: String
  /// Whether it is part of the program rather than a user's file.
  package var isBuiltIn = false
  /// Where the figures are that it names.
  package var library = ReportLibrary(folders: [])

  package init(file: String, name: String, text: String) {
    self.file = file
    self.name = name
    self.text = text
  }

  package var title: String { get throws { try parts().frontMatter.title } }
  /// One line for `batchcost report`.
  ///
  /// - Throws: `ReportError` or `SettingError` if the front matter is wrong; so do the others.
  package var summary: String { get throws { try parts().frontMatter.summary } }
  /// Whether it is about jobs chosen by `--where`.
  package var needsChoice: Bool { get throws { try parts().frontMatter.needsChoice } }
  /// What it covers unless the command line says otherwise.
  package var period: ReportPeriod { get throws { try parts().frontMatter.period } }

  /// The front matter, and the lines of the body with the number of the first one.
  func parts() throws -> (frontMatter: FrontMatter, body: [String], firstLine: Int) {
    let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    guard lines.first?.trimmed == "---" else {
      throw ReportError(file: file, line: 1, "a report begins with front matter: a line `---`, then `title: …`")
    }
    guard let end = lines.dropFirst().firstIndex(where: { $0.trimmed == "---" }) else {
      throw ReportError(file: file, line: 1, "the front matter is never closed by a line `---`")
    }
    let yaml = lines[1..<end].joined(separator: "\n")
    let reader = try SettingsReader(yaml: yaml, file: file, firstLine: 2, what: "front matter")
    return (try FrontMatter(reader), Array(lines[(end + 1)...]), end + 2)
  }
}
