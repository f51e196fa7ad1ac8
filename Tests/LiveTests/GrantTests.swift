import Testing

@testable import AWS
@testable import Collect

/// What an IAM policy must allow.
struct GrantTests {
  @Test func eventsAreGrantedWhereTheyAre() throws {
    let texts = ["s3://bucket/events/", "https://sqs.eu-west-1.amazonaws.com/111122223333/batch-events"]
    let grants = LiveEvents().grants(texts.compactMap(EventPlace.init))
    #expect(
      grants.map(\.actions) == [["s3:ListBucket"], ["s3:GetObject"], ["sqs:DeleteMessage", "sqs:ReceiveMessage"]])
    #expect(
      grants.map(\.resources) == [
        ["arn:*:s3:::bucket"], ["arn:*:s3:::bucket/events/*"], ["arn:*:sqs:eu-west-1:111122223333:batch-events"],
      ])
    #expect(LiveEvents().grants([]).isEmpty)
  }

  @Test("Every operation that a source sends is granted; all of them only read, except on the queue")
  func everyOperation() {
    let place = EventPlace.queue(url: "https://sqs.eu-west-1.amazonaws.com/111122223333/q")
    for source in LiveCollector.sources {
      let granted = Set(source.grants([place, .bucket("b", prefix: "")]).flatMap(\.actions))
      #expect(granted == Set(source.operations.flatMap(\.permissions)), "\(source.name)")
      let verbs = ["Describe", "List", "Get", "Lookup", "StartQuery", "ReceiveMessage", "DeleteMessage"]
      #expect(granted.allSatisfy { action in verbs.contains { action.contains(":\($0)") } }, "\(granted)")
    }
  }
}
