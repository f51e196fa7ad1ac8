import Base
import Foundation
import Reports

/// The available reports: the user's own folders first, in order, then the built-in reports.
package struct ReportLibrary: Sendable {
  /// For example `Reports` in the current folder, then `Reports` in the configuration folder.
  package var folders: [String]

  package init(folders: [String] = ["Reports"]) { self.folders = folders }

  /// Names, the built-in ones first, in the order in which `batchcost report` lists them.
  package var names: [String] {
    var names = embeddedReports.map(\.name)
    for folder in folders {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      names += files.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
        .filter { !names.contains($0) }
    }
    return names
  }

  /// The report with this name, or at this path to a Markdown file.
  package func report(named name: String) throws -> Report {
    if name.hasSuffix(".md") || name.contains("/") {
      let file = URL(fileURLWithPath: name).lastPathComponent
      return try read(name, as: file.hasSuffix(".md") ? String(file.dropLast(3)) : file)
    }
    for folder in folders {
      let path = "\(folder)/\(name).md"
      if FileManager.default.fileExists(atPath: path) { return try read(path, as: name) }
    }
    guard let found = builtIn(named: name) else {
      throw ReportError(file: "batchcost report", "no report named \"\(name)\"" + Spelling.hint(name, among: names))
    }
    return found
  }

  /// The built-in report with this name, whatever the user has.
  package func builtIn(named name: String) -> Report? {
    guard let found = embeddedReports.first(where: { $0.name == name }) else { return nil }
    var report = Report(file: "Reports/\(name).md", name: name, text: found.text)
    report.isBuiltIn = true
    return report
  }

  private func read(_ path: String, as name: String) throws -> Report {
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      guard data.count <= 4 << 20 else {
        throw ReportError(file: path, "is larger than 4 MiB, which is too large for a report")
      }
      guard let text = String(data: data, encoding: .utf8) else { throw ReportError(file: path, "is not UTF-8") }
      return Report(file: path, name: name, text: text.shown)
    } catch let error as ReportError {
      throw error
    } catch {
      throw ReportError(file: path, "cannot be read: \(error.localizedDescription)")
    }
  }
}
