import Testing

@testable import Collect

/// S3 listings, which say when checkpoints were made.
@Suite struct ListedObjectTests {
  @Test("As the AWS CLI prints them, even in part; an object without key or time is a finding")
  func listing() throws {
    let database = try collected(
      #"{"Contents":[{"Key":"ck/a/1.pt","LastModified":"2026-10-26T10:45:00+00:00","Size":10},{"Key":"ck/a/2.pt"}],"RequestCharged":null,"Prefix":"ck/"}"#,
      #"{"Contents":[{"Key":"ck/a/1.pt","LastModified":"2026-10-26T10:45:00Z"}]}"#)
    #expect(try database.lines("SELECT key, modified_at_ms FROM listed_object") == ["ck/a/1.pt|1793011500000"])
    #expect(
      try database.findings == [
        "missing-field|Contents[1].Key|is missing, or LastModified is: the object is left out"
      ])
  }
}
