import Insights
import Testing

/// Names in settings that nothing collected has.
@Suite struct MisspeltNamesTests {
  private let settings = InsightSettings(
    tags: TagRoles([.team: ["tema", "taem"], .user: []]),
    checkpoints: [
      CheckpointRule(queue: "on-demnd", times: .every(600_000)),
      CheckpointRule(queue: "spot-first", definition: "three", times: .every(600_000)),
      CheckpointRule(definition: "two", times: .every(600_000)), CheckpointRule(times: .every(600_000)),
    ])

  @Test func eachIsNamedWithWhatThereIs() throws {
    var base = try FactBase()
    try base.job([])
    let names = try base.database.read(settings.unknownNames)
    #expect(
      names == [
        #"tags: team: no job has a tag "tema" or "taem""#,
        #"checkpoints: no queue "on-demnd" (did you mean "on-demand"?)"#,
        #"checkpoints: no job definition "three"; there are one, two"#,
      ])
    #expect(try base.database.read(InsightSettings().unknownNames) == [])
  }

  @Test("Before the first job nothing is said")
  func empty() throws { #expect(try FactBase().database.read(settings.unknownNames) == []) }
}
