import Testing

@testable import Accounting

/// Who took a host that jobs lost, and what proves it.
@Suite struct LostHostTests {
  @Test(
    "The lifecycle of a lost host says who took it; ECS may say that it was unhealthy",
    arguments: [
      ("capacity-block", "Host EC2 (instance i-1) terminated.", "block ended"),
      ("interruptible-capacity-reservation", "Host EC2 (instance i-1) terminated.", "reservation reclaimed"),
      ("spot", "Host EC2 (instance i-1) terminated.", "host lost"),
      ("spot", "InfrastructureHealth: the container instance was impaired", "unhealthy host"),
    ])
  func causes(lifecycle: String, reason: String, cause: String) throws {
    var account = SmallAccount()
    account.instance = ",\"InstanceLifecycle\":\"\(lifecycle)\""
    account.status = "FAILED"
    account.attempts =
      #"{"container":{CI,"taskArn":"TASK/11111111111111111111111111111111"},"startedAt":1777889700000,"stoppedAt":1777893300000,"statusReason":"\#(reason)"}"#
    let database = try account.built()
    #expect(
      try database.lines(
        "SELECT DISTINCT o.name FROM daily_cost d JOIN outcome o ON o.id = d.outcome WHERE d.attempts > 0") == [cause])
  }

  @Test(
    "A Spot request whose status names the reclaim is proof, so the first hour is free; other statuses are not",
    arguments: [
      ("instance-terminated-no-capacity", "0|1|1"), ("instance-terminated-by-price", "0|1|1"),
      ("instance-terminated-capacity-oversubscribed", "0|1|1"), ("marked-for-termination", "0|1|1"),
      ("instance-terminated-by-user", "50000000|0|0"), ("fulfilled", "50000000|0|0"),
      // A status without a time is proof too.
      ("instance-terminated-no-capacity, untimed", "0|1|1"), ("marked-for-stop, untimed", "0|1|1"),
      ("instance-terminated-by-user, untimed", "50000000|0|0"),
    ])
  func spotRequests(code: String, expected: String) throws {
    let name = code.replacing(", untimed", with: "")
    let updated = name == code ? #","UpdateTime":"2026-05-04T10:50:00Z""# : ""
    var account = SmallAccount()
    account.instance = nil
    account.environment = "SPOT"
    account.status = "FAILED"
    // Registered at 10:00, lost at 10:50: 50 minutes at $0.06 are $0.05.
    account.attempts =
      #"{"container":{CI,"taskArn":"TASK/11111111111111111111111111111111"},"startedAt":1777889400000,"stoppedAt":1777891800000,"statusReason":"Host EC2 (instance i-1) terminated."}"#
    account.others = [
      SmallAccount.spotPrice("us-west-2a", "c5.xlarge", "0.06"),
      """
      {"SpotInstanceRequests":[{"SpotInstanceRequestId":"sir-1","InstanceId":"i-1","State":"closed","Status":{
        "Code":"\(name)"\(updated)},"CreateTime":"2026-05-04T09:59:50Z",
        "LaunchedAvailabilityZone":"us-west-2a"}]}
      """,
    ]
    let database = try account.built()
    #expect(try database.lines("SELECT cost, free, interrupted FROM resource") == [expected])
    let cause = expected.hasSuffix("1") ? "interrupted" : "host lost"
    #expect(
      try database.lines(
        "SELECT DISTINCT o.name FROM daily_cost d JOIN outcome o ON o.id = d.outcome WHERE d.attempts > 0")
        == [cause])
    try database.expectConsistent()
  }
}
