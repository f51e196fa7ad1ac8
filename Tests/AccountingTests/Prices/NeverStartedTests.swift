import Testing

@testable import Accounting

/// Attempts that never started.
@Suite struct NeverStartedTests {
  @Test("A Fargate task that never started is charged from pull to stop: 2 vCPU and 4 GB for 10 min, $0.016456667")
  func fargateNeverStarted() throws {
    var account = SmallAccount()
    account.environment = "FARGATE"
    account.attempts = """
      {"container":{"taskArn":"TASK/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","reason":"CannotPullContainerError: no space"},
        "statusReason":"Task failed to start","stoppedAt":1777889400000},
      {"container":{"taskArn":"TASK/11111111111111111111111111111111","exitCode":0},"startedAt":1777889700000,
        "stoppedAt":1777893300000}
      """
    account.products = [
      SmallAccount.fargatePrice("Fargate-vCPU-Hours:perCPU", "0.04048"),
      SmallAccount.fargatePrice("Fargate-GB-Hours", "0.004445"),
    ]
    account.others = [
      """
      {"tasks":[{"taskArn":"arn:aws:ecs:us-west-2:111122223333:task/AWSBatch-ce1-0000/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "launchType":"FARGATE","pullStartedAt":"2026-05-04T10:00:00Z","stoppedAt":"2026-05-04T10:10:00Z",
        "lastStatus":"STOPPED"}]}
      """
    ]
    let database = try account.built()
    #expect(
      try database.lines("SELECT name, cost FROM resource ORDER BY name") == [
        "11111111111111111111111111111111|98740000", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|16456667",
      ])
    // That task's attempt never began: one attempt of one job did.
    #expect(try database.lines("SELECT SUM(attempts), SUM(jobs), SUM(cost) FROM daily_cost") == ["1|1|115196667"])
    try database.expectConsistent()
  }

  @Test("A first attempt that never started: its job begins with the second attempt")
  func neverStarted() throws {
    var account = SmallAccount()
    account.attempts = """
      {"container":{CI,"taskArn":"TASK/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","reason":"CannotStartContainerError: x"},
        "statusReason":"Task failed to start","stoppedAt":1777889400000},
      {"container":{CI,"taskArn":"TASK/11111111111111111111111111111111","exitCode":0},"startedAt":1777889700000,
        "stoppedAt":1777893300000}
      """
    let database = try account.built()
    #expect(try database.lines("SELECT SUM(attempts), SUM(jobs), SUM(cost) FROM daily_cost") == ["1|1|340000000"])
    try database.expectConsistent()
  }
}
