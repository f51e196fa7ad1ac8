import Store
import Testing

@testable import Insights

/// Every job is in one part of a partition by tag: values differ if their bytes do, and can be empty.
@Suite struct ExactTagTests {
  /// Four jobs of an hour at $0.20: `team` is é in one character, é in two, empty, and missing.
  private static func account() throws -> FactBase {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T00:00:00Z")
    try facts.execute(
      """
      INSERT INTO tag_set (id, tags) VALUES (1, '{"team":"\u{E9}"}'), (2, '{"team":"e\u{301}"}'), (3, '{"team":""}');
      """)
    for (job, tags) in [1, 2, 3, nil].enumerated() {
      let (start, stop) = ("2026-10-19T1\(job):00:00Z", "2026-10-19T1\(job + 1):00:00Z")
      try facts.instance(job + 1, spot: false, start, stop)
      try facts.job(tagSet: tags, [.init(on: job + 1, start, stop)])
    }
    try facts.build()
    return facts
  }

  @Test func aPartitionHasAPartForEach() throws {
    let parts = try Self.account().database.read { try LensPartition(by: "tag:team", $0) }.parts
    #expect(parts.map { $0.value.map { Array($0.utf8) } } == [[], [0x65, 0xCC, 0x81], [0xC3, 0xA9], nil])
    #expect(
      parts.map(\.lens.words) == ["tag:team=\"\"", "tag:team=e\u{301}", "tag:team=\u{E9}", "jobs without tag:team"])
  }

  @Test(
    arguments: [
      ("tag:team=\u{E9}", "é"), ("tag:team=e\u{301}", "e\u{301}"), (#"tag:team="""#, ""), (#"tag:team=x\,"#, "x,"),
    ])
  func conditionsCompareBytes(condition: String, text: String) throws {
    let value = try LensParser.condition(condition).values[0]
    #expect(value.matches(text))
    #expect(!value.isEmpty)
  }

  @Test func withoutQuotesItIsTheJobsWithoutTheTag() throws {
    #expect(try LensParser.condition("tag:team=").values[0].isEmpty)
    #expect(try LensParser.condition(#"queue="""#).values[0].isEmpty)
  }
}
