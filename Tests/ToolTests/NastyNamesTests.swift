import Base
import Foundation
import Store
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Names that people or attackers may give to queues and environments, in everything printed.
@Suite struct NastyNamesTests {
  /// One for each queue of the sample.
  private static let queues = [
    "a\"\u{301}b,c", "a|\u{301}b", "=HYPERLINK(\"http://evil\",\"x\")", "esc\u{1B}[2J\u{9B}31m\u{7}",
    "rlo\u{202E}gpj.exe",
    "bad" + scalar(0xFFFF) + scalar(0xFDD0) + scalar(0x1FFFE), "[x](javascript:alert(1)) ![y](z) `c` _d_ *e* #f",
  ]
  /// One for each environment.
  private static let environments = [
    "<script>alert(1)</script>&amp;", "two\nlines\r\u{2028}three", "-1+1", "@SUM(A1)", "'quoted' \\ back\\|slash",
    "\u{2066}isolate\u{2069}\u{200F}", "日本語 żółć e\u{301} 👩‍🔬 שלום", "{{usd(totals.cost_usd)}} %s ]]> -->",
  ]

  private static func scalar(_ code: UInt32) -> String { Unicode.Scalar(code).map { String($0) } ?? "" }

  private static func tool() async throws -> Tool {
    let tool = try await CollectedSample.tool()
    try Store.Database(path: tool.database).write { connection in
      for (table, names) in [("job_queue", queues), ("compute_environment", environments)] {
        for (index, name) in names.enumerated() {
          let update = try connection.prepare(
            "UPDATE \(table) SET name = ? WHERE id = (SELECT id FROM \(table) ORDER BY id LIMIT 1 OFFSET \(index))")
          update.bind(name)
          try update.run()
        }
      }
      for (index, name) in (queues + environments).enumerated() {
        let insert = try connection.prepare("INSERT INTO collection_finding VALUES ('unreadable', 'note', ?, ?, ?)")
        insert.bind(name, "\(index)", name)
        try insert.run()
      }
    }
    return tool
  }

  /// Whether no character would control a terminal or fool a reader.
  private func isTame(_ text: String) -> Bool {
    !text.unicodeScalars.contains { $0.isTreacherous && $0 != "\n" && $0 != "\t" }
  }

  private func output(_ tool: Tool, _ arguments: [String]) async throws -> String {
    let run = try await tool.run(arguments)
    #expect(run.status == 0, "\(arguments): \(run)")
    #expect(isTame(run.err))
    return run.out
  }

  private static let tables = [
    ["query", "cost-by-queue"], ["query", "cost-by-compute-environment"], ["query", "findings"],
  ]

  @Test("Tables and Markdown make every name harmless")
  func reading() async throws {
    let tool = try await Self.tool()
    defer { tool.remove() }
    for table in Self.tables {
      #expect(isTame(try await output(tool, table)))
      let markdown = try await output(tool, table + ["--format", "markdown"])
      #expect(isTame(markdown))
      let counts = Set(markdown.split(separator: "\n").map { bars(String($0)) })
      #expect(counts.count == 1, "\(markdown)")
      for forbidden in ["<script", "](javascript", "![y]"] {
        #expect(!unescaped(markdown).contains(forbidden), "\(markdown)")
      }
    }
    #expect(isTame(try await output(tool, ["ledger", "explain", "i-0a9aafaaef2889d0e"])))
  }

  /// Without escaped characters, which are not markup.
  private func unescaped(_ markdown: String) -> String { markdown.replacing(/\\./, with: "") }

  /// Bars that separate cells: those without a backslash before them.
  private func bars(_ line: String) -> Int {
    var count = 0
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if scalar == "|", !isEscaped { count += 1 }
      isEscaped = scalar == "\\" && !isEscaped
    }
    return count
  }

  @Test("CSV and JSON keep each name as it is")
  func data() async throws {
    let tool = try await Self.tool()
    defer { tool.remove() }
    let names = Set((Self.queues + Self.environments).map { Array($0.utf8) })
    let findings = ["query", "findings", "--format"]
    let csv = csvFields(try await output(tool, findings + ["csv"]))
    #expect(Set(csv.flatMap(\.self)).isSuperset(of: names))
    #expect(Set(csv.map(\.count)).count == 1)
    let safe = csvFields(try await output(tool, findings + ["csv", "--safe"])).flatMap(\.self)
    for formula in ["=", "@", "-1", "+"] { #expect(!safe.contains { $0.starts(with: Array(formula.utf8)) }) }
    #expect(safe.contains(Array("'-1+1".utf8)))
    let json = try await output(tool, findings + ["json"])
    #expect(isTame(json))
    let objects = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    #expect(texts(of: objects).isSuperset(of: names))
    let lines = try await output(tool, findings + ["ndjson"])
    #expect(isTame(lines))
    let parsed = try lines.split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(texts(of: parsed).isSuperset(of: names))
  }

  private func texts(of objects: [[String: Any]]) -> Set<[UInt8]> {
    Set(objects.flatMap(\.values).compactMap { ($0 as? String).map { Array($0.utf8) } })
  }

  /// RFC 4180, by bytes.
  private func csvFields(_ text: String) -> [[[UInt8]]] {
    var rows: [[[UInt8]]] = [[[]]]
    var isQuoted = false
    var before: UInt8 = 0
    for byte in text.utf8 {
      let last = rows[rows.count - 1].count - 1
      switch (byte, isQuoted) {
      case (0x22, true): isQuoted = false
      case (0x22, false):
        // Inside quotes, a quote is written twice.
        if before == 0x22 { rows[rows.count - 1][last].append(byte) }
        isQuoted = true
      case (0x2C, false): rows[rows.count - 1].append([])
      case (0x0A, false): rows.append([[]])
      default: rows[rows.count - 1][last].append(byte)
      }
      before = byte
    }
    return rows.dropLast()
  }

  @Test("FOCUS disarms spreadsheet formulas unless told not to")
  func focus() async throws {
    let tool = try await Self.tool()
    defer { tool.remove() }
    let export = ["export", "--format", "focus", "--output", "-"]
    let safe = try await output(tool, export)
    #expect(safe.contains("\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\""))
    #expect(!safe.contains(",=") && !safe.contains(",\"="))
    #expect(try await output(tool, export + ["--no-safe"]).contains("\"=HYPERLINK("))
  }

  @Test("Reports are well-formed in every format", arguments: ["html", "svg", "md", "json", "pdf"])
  func reports(format: String) async throws {
    let tool = try await Self.tool()
    defer { tool.remove() }
    let run = try await tool.run(["report", "weekly", "--output", "weekly.\(format)"])
    #expect(run.status == 0, "\(run)")
    let bytes = try Data(contentsOf: tool.folder.appending(path: "weekly.\(format)"))
    if format == "pdf" { return #expect(bytes.starts(with: Array("%PDF".utf8)) && bytes.count > 10_000) }
    let text = try #require(String(data: bytes, encoding: .utf8))
    #expect(isTame(text))
    let marks = format == "md" ? unescaped(text) : text
    for forbidden in ["<script>alert", "href=\"javascript"] + (format == "md" ? ["](<javascript", "](javascript"] : [])
    {
      #expect(!marks.contains(forbidden))
    }
    if format == "svg" { #expect(XMLParser(data: bytes).parse()) }
    if format == "json" { _ = try JSONSerialization.jsonObject(with: bytes) }
  }
}
