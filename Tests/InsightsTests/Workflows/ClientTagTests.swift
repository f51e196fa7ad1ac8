import Domain
import Insights
import Testing

/// How users vary the tags of a client's jobs, and what clients leave out.
@Suite struct ClientTagTests {
  @Test(
    "A tag key matches whatever its letter case and separators",
    arguments: [
      ["dag_id", "run_id", "task_id"], ["Dag_Id", "Run_Id", "Task_Id"], ["dag-id", "run-id", "task-id"],
      ["DagId", "RunID", "TaskId"],
    ])
  func keys(_ keys: [String]) throws {
    var story = try ClientStory()
    func task(_ dag: String, _ step: String, _ from: String, _ to: String) throws {
      try story.job(
        "job", from, to,
        tags: "{\"\(keys[0])\":\"\(dag)\",\"\(keys[1])\":\"daily\",\"\(keys[2])\":\"\(step)\"}")
    }
    try task("etl", "align", "09:00", "09:30")
    try task("report", "merge", "09:01", "09:30")
    try task("etl", "merge", "09:31", "09:40")
    #expect(try story.runs() == ["airflow etl daily 2 2 0 0", "airflow report daily 1 1 0 0"])
  }

  @Test func theClientsOwnSpellingTakesPrecedence() throws {
    var story = try ClientStory()
    try story.job("a", "09:00", "09:30", tags: "{\"Run_Id\":\"other\",\"run-id\":\"mine\"}")
    try story.job("b", "10:00", "10:30", tags: "{\"Run-Id\":\"other\",\"run-id\":\"\"}")
    #expect(try story.runs() == ["tag - mine 1 1 0 0", "tag - other 1 1 0 0"])
  }

  @Test func aTagNamesTheRunAndTheClientItsSteps() throws {
    var story = try ClientStory()
    func call(_ name: String, _ from: String, _ to: String, _ end: FactBase.Attempt.End = .succeeded) throws {
      try story.job(name, from, to, end, definition: name, tags: "{\"run-id\":\"nightly\"}")
    }
    try call("align-0-a1-jzczbtt2", "09:00", "09:20")
    try call("align-1-b2-jzczbtt3", "09:00", "09:10", .hostLost)
    try call("align-1-b2-try2-jzczbtt4", "09:12", "09:30")
    // Three hours later: by time it would be another run.
    try call("merge-jzczbtt5", "12:30", "12:40")
    #expect(try story.runs() == ["miniwdl - nightly 2 4 1 1"])
    #expect(try story.reruns() == ["align-1-b2-jzczbtt3 align-1-b2-try2-jzczbtt4 sure"])
    #expect(try story.steps() == ["align 3", "merge 1"])
  }

  /// Tasks that run at once share the outer index.
  @Test func aScatterOfMiniwdlWithinAnother() throws {
    var story = try ClientStory()
    func call(_ name: String, _ from: String, _ to: String, _ end: FactBase.Attempt.End = .succeeded) throws {
      try story.job(name, from, to, end, definition: name)
    }
    try call("align-0-0-jzczbtt2", "09:00", "09:20")
    try call("align-0-1-jzczbtt3", "09:01", "09:10", .exitCode)
    try call("align-0-2-jzczbtt4", "09:01", "09:20")
    try call("align-1-0-jzczbtt5", "09:02", "09:20")
    try call("align-0-1-try2-jzczbtt6", "09:12", "09:25")
    try call("merge-jzczbtt7", "09:27", "09:30")
    #expect(try story.runs() == ["miniwdl - - 2 6 1 1"])
    #expect(try story.reruns() == ["align-0-1-jzczbtt3 align-0-1-try2-jzczbtt6 sure"])
  }

  @Test func redunWithoutTagsIsRecognisedByDefinitionAndTime() throws {
    var story = try ClientStory()
    for (from, to, day) in [("09:00", "09:20", 19), ("09:22", "09:30", 19), ("09:00", "09:20", 20)] {
      try story.job(
        "redun-job-c6e50df2e5a3863e1f525265c8b007ee4d82feac", from, to, day: day, definition: "genomics-redun-jd")
    }
    #expect(try story.runs() == ["redun - - 1 2 0 0", "redun - - 1 1 0 0"])
    #expect(try story.steps() == ["genomics-redun-jd 3"])
  }

  @Test func airflowWithoutRunIDsIsSeparatedByGraphAndTime() throws {
    var story = try ClientStory()
    func task(_ dag: String, _ step: String, _ from: String, _ to: String, _ end: FactBase.Attempt.End = .succeeded)
      throws
    {
      try story.job("job", from, to, end, tags: "{\"dag_id\":\"\(dag)\",\"task_id\":\"\(step)\"}")
    }
    try task("etl", "align", "09:00", "09:20", .exitCode)
    try task("report", "merge", "09:01", "09:20")
    try task("etl", "align", "09:25", "09:40")
    try task("etl", "align", "12:00", "12:20")
    #expect(try story.runs() == ["airflow etl - 1 2 1 1", "airflow report - 1 1 0 0", "airflow etl - 1 1 0 0"])
  }
}
