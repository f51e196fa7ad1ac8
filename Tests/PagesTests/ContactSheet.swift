import Foundation
import TestSupport
import Testing

@testable import Reporting

/// Pictures of every page of every account on one sheet, to look at: `make pages`. `BATCHCOST_PAGES_SEEDS` and
/// `BATCHCOST_PAGES_FIRST` choose accounts, as in `PagesTests`.
@Suite struct ContactSheet {
  private static let folder = ProcessInfo.processInfo.environment["BATCHCOST_PAGES_SHEET"]

  @Test(.enabled(if: folder != nil)) func everyPage() throws {
    let folder = try #require(Self.folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let environment = ProcessInfo.processInfo.environment
    let seeds = environment["BATCHCOST_PAGES_SEEDS"].flatMap { UInt64($0) } ?? 24
    let first = environment["BATCHCOST_PAGES_FIRST"].flatMap { UInt64($0) } ?? 1
    var rows: [String] = []
    func draw(_ account: PagesAccount, _ words: String) throws {
      for report in PagesAccount.reports {
        let document = try account.document(report)
        var renderer = try account.renderer
        renderer.scale = 0.8
        let pages = try renderer.render(document, as: .png).filter { $0.name.contains("-page-") }
        let name = "\(account.name) \(report)".replacing(" ", with: "-")
        for (index, page) in pages.enumerated() {
          let file = RenderedFile(name: "\(name)-\(index + 1).png", bytes: page.bytes)
          try file.write(to: "\(folder)/\(file.name)")
          rows.append("<img src=\"\(file.name)\" title=\"\(name)\">")
        }
        rows.append("<p>\(account.name), \(report): \(words)</p>")
      }
    }
    try draw(.sample(), "the bundled sample")
    for name in PagesTests.zoo { try draw(.zoo(name), "of the zoo") }
    for seed in first..<first + max(1, seeds) {
      let account = AccountGenerator.account(seed)
      try draw(PagesAccount(account), account.traits.joined(separator: "; "))
    }
    let style = "<style>img{width:23%;border:1px solid #ccc;margin:2px}p{font:13px sans-serif}</style>"
    let html =
      "<!doctype html><meta charset=\"utf-8\"><title>Every page</title>\(style)\n\(rows.joined(separator: "\n"))\n"
    try RenderedFile(name: "index.html", bytes: Array(html.utf8)).write(to: "\(folder)/index.html")
  }
}
