import Base
import Foundation
import Reports

/// The available reports and figures: the user's own folders first, in order, then those built in.
package struct ReportLibrary: Sendable {
  /// For example `Reports` in the current folder, then `Reports` in the configuration folder.
  package var folders: [String]

  /// - Parameter folders: those that do not exist are passed over.
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
  /// - Throws: `UnknownReport`, or `ReportError` if the file cannot be read.
  package func report(named name: String) throws -> Report {
    if name.hasSuffix(".md") || name.contains("/") {
      let file = URL(fileURLWithPath: name).lastPathComponent
      let beside = URL(fileURLWithPath: name).deletingLastPathComponent().relativePath
      return try report(at: name, as: file.hasSuffix(".md") ? String(file.dropLast(3)) : file, figures: [beside])
    }
    for folder in folders {
      let path = "\(folder)/\(name).md"
      if FileManager.default.fileExists(atPath: path) { return try report(at: path, as: name) }
    }
    guard let found = builtIn(named: name) else {
      throw UnknownReport(name: name, hint: Spelling.hint(name, among: names))
    }
    return found
  }

  /// The built-in report with this name, whatever the user has.
  package func builtIn(named name: String) -> Report? {
    guard let found = embeddedReports.first(where: { $0.name == name }) else { return nil }
    var report = Report(file: "Reports/\(name).md", name: name, text: found.text)
    report.isBuiltIn = true
    report.library = self
    return report
  }

  /// The figure of a name: `figures/NAME.yaml` in the folder of a report.
  ///
  /// - Returns: its path, for errors, and its text; nil if there is none.
  func figure(named name: String) throws -> (file: String, text: String)? {
    guard !name.contains("/") else { return nil }
    for folder in folders {
      let path = "\(folder)/figures/\(name).yaml"
      if FileManager.default.fileExists(atPath: path) { return (path, try read(path)) }
    }
    return embeddedFigures[name].map { ("Reports/figures/\(name).yaml", $0) }
  }

  /// Names of figures, sorted.
  var figureNames: [String] {
    let own = folders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: "\($0)/figures")) ?? [] }
      .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(".yaml".count)) }
    return Set(own).union(embeddedFigures.keys).sorted()
  }

  private func report(at path: String, as name: String, figures: [String] = []) throws -> Report {
    var report = Report(file: path, name: name, text: try read(path))
    report.library = ReportLibrary(folders: figures + folders)
    return report
  }

  private func read(_ path: String) throws -> String {
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      guard data.count <= 4 << 20 else {
        throw ReportError(file: path, "is larger than 4 MiB, which is too large for a report")
      }
      guard let text = String(data: data, encoding: .utf8) else { throw ReportError(file: path, "is not UTF-8") }
      return text.shown
    } catch let error as ReportError {
      throw error
    } catch {
      throw ReportError(file: path, "cannot be read: \(error.localizedDescription)")
    }
  }
}
