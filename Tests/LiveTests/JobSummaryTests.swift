import Domain
import Testing

@testable import Collect

struct JobSummaryTests {
  @Test func kindsAndChildren() throws {
    let answer = """
      {"jobSummaryList":[
        {"jobId":"a","status":"RUNNING","createdAt":1000},
        {"jobId":"b","status":"PENDING","createdAt":1000,"arrayProperties":{"size":3}},
        {"jobId":"c","status":"FAILED","createdAt":1000,"stoppedAt":2000,"nodeProperties":{"numNodes":2}},
        {"status":"RUNNING"}]}
      """
    let jobs = try JobSummary.list(Array(answer.utf8))
    #expect(jobs.map(\.id) == ["a", "b", "c"])
    #expect(jobs.map(\.children) == [0, 3, 2])
    #expect(jobs[1].child(2) == "b:2")
    #expect(jobs[2].child(1) == "c#1")
    #expect(jobs[2].matters(since: Instant(milliseconds: 2000)))
    #expect(!jobs[2].matters(since: Instant(milliseconds: 2001)))
    #expect(jobs[0].matters(since: Instant(milliseconds: 2001)))
  }

  @Test func brokenAnswer() {
    #expect(throws: CollectionError.self) { try JobSummary.list(Array("{\"jobSummaryList\":[".utf8)) }
  }
}
