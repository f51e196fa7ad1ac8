import Testing

/// Tags by which people name runs: those that come back, or hold no value, name none.
@Suite struct LabelTests {
  private func night(_ story: inout ClientStory, _ label: String, day: Int, at hour: String = "09") throws {
    let tags = "{\"run-id\":\"\(label)\"}"
    for name in ["align-1", "align-2"] {
      try story.job(name, "\(hour):00", "\(hour):20", day: day, definition: "align", tags: tags)
    }
    try story.job("merge", "\(hour):22", "\(hour):30", day: day, definition: "merge", tags: tags)
  }

  @Test func aLabelThatNeverChangesNamesAWorkflow() throws {
    var story = try ClientStory()
    try night(&story, "nightly", day: 19)
    try night(&story, "nightly", day: 20)
    #expect(try story.runs() == ["tag nightly - 2 3 0 0", "tag nightly - 2 3 0 0"])
    #expect(
      try story.lines("SELECT name FROM workflow_run ORDER BY id")
        == ["nightly@2026-10-19T08:59:00Z", "nightly@2026-10-20T08:59:00Z"])
  }

  @Test func labelsThatTellRunsApart() throws {
    var story = try ClientStory()
    try night(&story, "a17", day: 19)
    try night(&story, "a18", day: 20)
    // A search that went on after a pause.
    try night(&story, "a18", day: 20, at: "13")
    #expect(try story.runs() == ["tag - a17 2 3 0 0", "tag - a18 2 6 0 0"])
  }

  @Test func twoLabelsOfWhichOneComesBack() throws {
    var story = try ClientStory()
    for hour in ["09", "12", "15"] { try night(&story, "hourly", day: 19, at: hour) }
    try night(&story, "once", day: 20)
    #expect(
      try story.runs() == [
        "tag hourly - 2 3 0 0", "tag hourly - 2 3 0 0", "tag hourly - 2 3 0 0", "tag - once 2 3 0 0",
      ])
  }

  @Test func aClientsRunsUnderOneLabelAreToldByTime() throws {
    var story = try ClientStory()
    for day in [19, 20] {
      for step in ["align", "merge"] {
        let uuid = "9a2ef80f-58ee-4571-b499-0000000000\(day)"
        let (from, to) = step == "align" ? ("09:00", "09:20") : ("09:22", "09:30")
        try story.job(
          "snakejob-\(step)-\(uuid)", from, to, day: day, definition: "snakejob-def-\(step)-\(uuid)",
          tags: "{\"run-id\":\"prod\"}")
      }
    }
    #expect(try story.runs() == ["snakemake prod - 2 2 0 0", "snakemake prod - 2 2 0 0"])
  }

  /// Outside Seqera's platform `System.getenv("TOWER_WORKFLOW_ID")` is null.
  @Test func nullNamesNoRun() throws {
    var story = try ClientStory()
    for day in [19, 20] {
      for (process, from, to) in [("ALIGN", "09:00", "09:20"), ("MERGE", "09:22", "09:30")] {
        try story.job(
          "\(process)_1", from, to, day: day, definition: "nf-bwa",
          tags: "{\"pipelineProcess\":\"\(process)\",\"uniqueRunId\":\"null\"}")
      }
    }
    try story.job("other", "15:00", "15:10", tags: "{\"run-id\":\"None\"}")
    #expect(try story.runs() == ["nextflow - - 2 2 0 0", "nextflow - - 2 2 0 0"])
    #expect(try story.steps() == ["ALIGN 2", "MERGE 2", "d 1"])
  }
}
