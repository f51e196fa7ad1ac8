import Testing

@testable import Accounting

@Suite struct RetriedAttemptTests {
  @Test("An attempt that another followed is told apart from the last one; the job counts once, where it began")
  func toldApart() throws {
    var account = SmallAccount()
    // From 10:15 to 10:45, then to 11:15.
    account.attempts = [
      #"{"container":{CI,"taskArn":"TASK/11111111111111111111111111111111","exitCode":1},"startedAt":1777889700000,"stoppedAt":1777891500000}"#,
      #"{"container":{CI,"taskArn":"TASK/22222222222222222222222222222222","exitCode":0},"startedAt":1777891500000,"stoppedAt":1777893300000}"#,
    ].joined(separator: ",")
    // Half of the instance at $0.17 for half an hour each.
    #expect(
      try account.built().lines(
        "SELECT retried, SUM(attempts), SUM(jobs), SUM(cost) FROM daily_cost WHERE attempts > 0 GROUP BY 1 ORDER BY 1")
        == ["0|1|0|42500000", "1|1|1|42500000"])
  }
}
