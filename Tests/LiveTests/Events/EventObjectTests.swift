import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import AWS
@testable import Collect

/// Event objects that are large or many.
@Suite struct EventObjectTests {
  @Test func smallObjectsAreFetchedTogetherAndLargeOnesAlone() {
    let mib: Int64 = 1 << 20
    func batches(_ sizes: [Int64]) -> [[String]] {
      LiveEvents.batches(sizes.enumerated().map { (key: "\($0)", bytes: $1 * mib) })
    }
    #expect(batches([]) == [])
    #expect(batches([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).map(\.count) == [8, 2])
    #expect(batches([60, 4, 1]) == [["0", "1"], ["2"]])
    #expect(batches([1, 200, 1]) == [["0"], ["1"], ["2"]])
    #expect(batches([200, 200]) == [["0"], ["1"]])
  }

  /// Twenty-one MiB take more than one part.
  private func events(_ count: Int) -> [UInt8] {
    let padding = String(repeating: "x", count: 1 << 20)
    return Array(
      (0..<count).map { number in
        #"{"detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","account":"111122223333","#
          + #""region":"eu-west-1","time":"2026-11-01T00:00:00Z","padding":"\#(padding)","#
          + #""detail":{"instance-id":"i-\#(number)","state":"running"}}"#
      }.joined(separator: "\n").utf8)
  }

  @Test func aLargeObjectIsReadInParts() throws {
    let database = try Database(path: ":memory:")
    var ingestor = try Ingestor(database: database)
    let checkpoint = Checkpoint(source: "s", scope: "p", position: "k", at: Instant(milliseconds: 1))
    try ingestor.ingest(ByteInput(events(21), named: "o"), named: "o", checkpoint: checkpoint)
    let counts = try database.read { connection in
      [
        try connection.integer("SELECT count(*) FROM instance_event"),
        try connection.integer("SELECT count(*) FROM checkpoint"),
      ]
    }
    #expect(counts == [21, 1])
  }

  @Test func anOversizedObjectIsNotKept() throws {
    let database = try Database(path: ":memory:")
    var ingestor = try Ingestor(database: database)
    let checkpoint = Checkpoint(source: "s", scope: "p", position: "k", at: Instant(milliseconds: 1))
    let error = #expect(throws: CollectionError.self) {
      try ingestor.ingest(
        ByteInput(events(21), named: "o"), named: "o", mostBytes: 20 << 20, checkpoint: checkpoint)
    }
    #expect(error?.description == "o: holds more than 20 MiB")
    let rows = try database.read { try $0.integer("SELECT count(*) FROM instance_event") }
    #expect(rows == 0)
  }
}
