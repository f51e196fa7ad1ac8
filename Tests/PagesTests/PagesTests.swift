import Charts
import Foundation
import ReportSamples
import TestSupport
import Testing

@testable import Reporting

/// The critic reads every page of every account: the sample, the zoo, and accounts from seeds.
@Suite struct PagesTests {
  static let zoo = ["weekday", "tiny", "fargate", "multi", "zero", "proj", "dst"]

  @Test func theSampleHasNoFault() throws {
    let faults = try PagesAccount.sample().faults()
    #expect(faults == [])
  }

  @Test(arguments: zoo) func theZooHasNoFault(_ name: String) throws {
    let faults = try PagesAccount.zoo(name).faults()
    #expect(faults == [])
  }

  /// As many as two cores manage in about a minute. `BATCHCOST_PAGES_SEEDS=2000` tries that many,
  /// `BATCHCOST_PAGES_FIRST=501` starts there.
  private static let groups: [ClosedRange<UInt64>] = {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["BATCHCOST_PAGES_SEEDS"].flatMap { UInt64($0) } ?? 300
    let first = environment["BATCHCOST_PAGES_FIRST"].flatMap { UInt64($0) } ?? 1
    return stride(from: first, to: first + count, by: 12).map { $0...min($0 + 11, first + count - 1) }
  }()

  @Test(arguments: groups) func accountsOfAllKindsHaveNoFault(_ seeds: ClosedRange<UInt64>) throws {
    var found: [Fault.Kind: Int] = [:]
    for seed in seeds {
      let account = AccountGenerator.account(seed)
      let faults = try PagesAccount(account).faults()
      for fault in faults { found[fault.kind, default: 0] += 1 }
      if let fault = faults.first {
        Issue.record(
          "seed \(seed) (\(account.traits.joined(separator: "; "))): \(faults.count) faults, such as \(fault)\n  \(faults.dropFirst().prefix(6).map(\.description).joined(separator: "\n  "))"
        )
      }
    }
    if !found.isEmpty {
      Issue.record("by kind: \(found.map { "\($0.key.rawValue): \($0.value)" }.sorted().joined(separator: "; "))")
    }
  }

  /// Accounts with a fault that none of the first 300 had. 833: its jobs start after the collection. 1209: numbers too
  /// long for their tiles. 1520, 1866: two axes side by side that begin with the same label.
  @Test(arguments: [833, 1209, 1520, 1866] as [UInt64]) func accountsThatHadFaults(_ seed: UInt64) throws {
    let faults = try PagesAccount(AccountGenerator.account(seed)).faults()
    #expect(faults == [])
  }

  @Test func aSeedIsAnAccount() {
    #expect(AccountGenerator.account(7).facts == AccountGenerator.account(7).facts)
    #expect(AccountGenerator.account(7).facts != AccountGenerator.account(8).facts)
  }

  @Test func savingsStayVisibleOnAPhone() throws {
    let account = try PagesAccount.sample()
    let files = try account.renderer.render(account.document("right-sizing"), as: .html)
    let html = String(decoding: files[0].bytes, as: UTF8.self)
    #expect(html.contains("<th class=\"r keep\" scope=\"col\"><button type=\"button\">Saves</button></th>"))
  }

  @Test func whatWasChosenIsCutBeforeAccountAndRegion() throws {
    let account = try PagesAccount.zoo("tiny")
    let id = "43d87a97-38b0-49e1-b711-b7573b164943"
    var subject = try account.subject
    subject.narrowing = .init(words: "run=\(id),\(id)", note: "Only these", leavesUnusedOut: true)
    let renderer = ReportRenderer(source: StoreSource(database: account.database), subject: subject)
    let document = try renderer.document(
      Report(file: "Reports/weekly.md", name: "weekly", text: PagesAccount.text("weekly")))
    let pages = try PageScenes(document, charts: .vegaLite).pages
    let texts = PageReader(measure: TextMeasure()).texts(pages[0]).map(\.string)
    let head = texts.first { $0.hasPrefix("Only run=43d8") }
    #expect(head?.hasSuffix("… · Account 222233334444 · eu-central-1") == true)
  }

  /// An account with three jobs fits on one or two pages, not eight mostly blank ones.
  @Test(arguments: ["tiny", "fargate"]) func pagesFollowContent(_ name: String) throws {
    let document = try PagesAccount.zoo(name).document("weekly")
    #expect(try PageScenes(document, charts: .vegaLite).pages.count <= 2)
  }
}
