import Foundation
import Testing

/// Every link on every page resolves.
@Suite struct LinkTests {
  @Test(arguments: try Pages.all()) func linksResolve(_ page: String) throws {
    let text = try Pages.text(page)
    let prose = Pages.lines(text).filter { !$0.isCode }.map(\.line).joined(separator: "\n")
    for match in prose.matches(of: /\]\(([^)\s]+)\)/) {
      let target = String(match.1)
      if target.hasPrefix("http") { continue }
      let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let folder = Pages.root.appending(path: page).deletingLastPathComponent()
      let file = parts[0].isEmpty ? Pages.root.appending(path: page) : folder.appending(path: parts[0])
      #expect(FileManager.default.fileExists(atPath: file.path), "\(page): \(target)")
      if parts.count > 1, let there = try? String(contentsOf: file, encoding: .utf8) {
        #expect(Pages.anchors(there).contains(parts[1]), "\(page): \(target)")
      }
    }
    let names = Set(try Pages.all().map { $0.split(separator: "/").last.map(String.init) ?? $0 })
    for match in prose.matches(of: /<doc:([^>#]+)>/) {
      #expect(names.contains("\(match.1).md"), "\(page): \(match.0)")
    }
  }

  @Test("The catalogue's table of contents lists every page")
  func contents() throws {
    let contents = try Pages.text("Sources/batchcost/batchcost.docc/batchcost.md")
    for page in try Pages.all() where page.contains(".docc/") && !page.hasSuffix("/batchcost.md") {
      let name = page.split(separator: "/").last.map { $0.dropLast(3) } ?? ""
      #expect(contents.contains("<doc:\(name)>"), "\(name)")
    }
  }
}
