import ArgumentParser
import Base
import Domain
import Foundation
import Insights
import Reporting
import Store

/// One report for each value of something that jobs have, in one folder, with a page that links to them.
struct ReportSeries {
  let report: Report
  /// `tag:team`
  let subject: String
  let lens: Lens
  let database: DatabaseOptions
  let queries: QueryLibrary
  let period: PeriodOptions
  let formats: [ReportFormat]

  private struct Part {
    /// Nil: of the jobs that have none.
    var value: String?
    var files: [RenderedFile]
    var headline: String
    var cost: Double
  }

  /// - Returns: what was written, one line each.
  /// - Throws: `ValidationError` if no job has what the reports should be about.
  func write(to folder: String) throws -> [String] {
    // A condition that no job meets is an error, not an account in which nothing ran.
    let chosen = try LensOptions.open(database, through: lens)
    let partition: LensPartition
    do {
      partition = try database.openForReading().read { connection in
        try LensPartition(by: subject, connection, pseudonyms: lens.pseudonyms)
      }
    } catch let error as LensError { throw ValidationError(error.message) }
    var names: Set<String> = ["index"]
    var (parts, empty): ([Part], [String?]) = ([], [])
    for (value, own) in partition.parts {
      let narrowed = lens.and(own)
      // Other conditions may leave nothing.
      do { _ = try database.reading { try narrowed.open($0) } } catch is LensError { continue }
      let writer = try ReportWriter(
        report, of: LensOptions.open(database, through: narrowed), queries: queries, period: period)
      let totals = try writer.renderer.source.rows("totals", parameters: writer.days)
      guard totals[0, "attempts"]?.isTrue ?? false || totals[0, "cost_usd"]?.isTrue ?? false else {
        empty.append(value)
        continue
      }
      let name = Self.name(value, beside: &names)
      parts.append(
        Part(
          value: value,
          files: try formats.map { RenderedFile(name: "\(name).\($0.rawValue)", bytes: try writer.file($0).bytes) },
          headline: writer.document.headline, cost: totals[0, "cost_usd"]?.number ?? 0))
    }
    guard !parts.isEmpty else { throw ValidationError("--each \(subject): nothing ran in this period") }
    parts.sort { ($1.cost, $0.value ?? "") < ($0.cost, $1.value ?? "") }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var lines: [String] = []
    let index = try index(parts, empty, partition, chosen)
    for file in parts.flatMap(\.files) + [index] {
      try file.write(to: "\(folder)/\(file.name)")
      lines.append("\(folder)/\(file.name)")
    }
    return lines
  }

  /// A file name that any system and any browser accepts, and that no other value has.
  private static func name(_ value: String?, beside names: inout Set<String>) -> String {
    let kept = (value ?? "").unicodeScalars.map { scalar -> Character in
      let isPlain = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      return isPlain || "._-".unicodeScalars.contains(scalar) ? Character(scalar) : "-"
    }
    var stem = String(String(kept.prefix(80)).drop { $0 == "." || $0 == "-" })
    if stem.isEmpty { stem = value == nil ? "none" : value == "" ? "empty" : "other" }
    var name = stem
    var number = 2
    // Some file systems ignore case.
    while !names.insert(name.lowercased()).inserted {
      name = "\(stem)-\(number)"
      number += 1
    }
    return name
  }

  // MARK: The page

  private func index(
    _ parts: [Part], _ empty: [String?], _ partition: LensPartition, _ chosen: LensOptions.Opened
  ) throws -> RenderedFile {
    let whole = try ReportWriter(
      Report(file: "index", name: "index", text: text(parts.count, partition)), of: chosen, queries: queries,
      period: period)
    var document = whole.document
    document.blocks.append(.list(start: nil, items: parts.map { [.paragraph(words($0), .body)] }))
    if !empty.isEmpty {
      let names = empty.map(Self.label).joined(separator: ", ")
      document.blocks.append(.paragraph([.text("Nothing ran in this period of \(names).")], .body))
    }
    let file = try whole.renderer.render(document, as: .html)
    guard let page = file.first else { throw ReportError(file: "index", "gave no page") }
    return RenderedFile(name: "index.html", bytes: page.bytes)
  }

  /// Values are in the document, not in its Markdown text, so a name is never taken for Markdown.
  private func text(_ count: Int, _ partition: LensPartition) throws -> String {
    let (title, words) = (try report.title, partition.words)
    let isOfPlaces = partition.parts.allSatisfy(\.lens.isOfPlaces)
    let cost = isOfPlaces ? "totals.cost_usd" : "headline.work_usd"
    return """
      ---
      title: \("\(title) by \(words)".quotedJSON)
      page: A4
      period: \(try report.period.rawValue)
      ---

      # {{#known(\(cost))}}{{usd(\(cost))}} in {{/known(\(cost))}}\(count) report\(count == 1 ? "" : "s") by \(words)

      {{#known(\(cost))}}\(isOfPlaces ? Self.wordsOfPlaces : Self.wordsOfJobs)\
      {{/known(\(cost))}}{{^known(\(cost))}}Nothing that ran has a price, so the cost is unknown.{{/known(\(cost))}}
      """
  }

  private static let wordsOfPlaces = "All that ran cost {{usd(totals.cost_usd)}}; the reports below add up to that."
  private static let wordsOfJobs = """
    Jobs cost {{usd(totals.attempt_usd)}}{{#some(totals.startup_usd)}}, and {{usd(totals.startup_usd)}} while they \
    started{{/some(totals.startup_usd)}}; the reports below add up to \
    that. {{#totals.unused_usd}}Unused cost, {{usd(totals.unused_usd)}}, belongs to no job and is in none of \
    them.{{/totals.unused_usd}}
    """

  private func words(_ part: Part) -> [Inline] {
    var words: [Inline] = []
    for (index, file) in part.files.enumerated() {
      let label =
        index == 0 ? Self.label(part.value) : file.name.split(separator: ".").last.map { $0.uppercased() } ?? ""
      words += [index == 0 ? .strong([.link([.text(label)], url: file.name)]) : .link([.text(label)], url: file.name)]
      words.append(.text(index + 1 < part.files.count ? " · " : " — "))
    }
    return words + [.text(part.headline)]
  }

  private static func label(_ value: String?) -> String {
    switch value {
    case nil: "without one"
    case "": "(empty)"
    case let value?: value.shownInLine
    }
  }
}
