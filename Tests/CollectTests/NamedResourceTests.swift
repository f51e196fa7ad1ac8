import Domain
import Store
import Testing

@testable import Collect

/// What jobs and job definitions say about their log group and file systems.
@Suite struct NamedResourceTests {
  private static func arn(_ rest: String) -> String { "arn:aws:batch:eu-west-1:111122223333:\(rest)" }

  private func lines(_ documents: String...) throws -> [String] {
    let database = try Database(path: ":memory:")
    try ingest(documents, into: database)
    return try database.lines(
      """
      SELECT f.name, f.revision, k.name, r.name, r.region FROM job_definition_resource r
      JOIN job_definition f ON f.id = r.job_definition JOIN around_kind k ON k.id = r.kind ORDER BY 1, 2, 3, 4
      """)
  }

  private static func job(_ definition: String, _ members: String) -> String {
    """
    {"jobs":[{"jobArn":"\(arn("job/j1"))","jobId":"j1","jobName":"one","jobQueue":"\(arn("job-queue/q"))",
      "jobDefinition":"\(arn("job-definition/\(definition)"))","status":"RUNNABLE","createdAt":1777888860000,\(members)}]}
    """
  }

  private static func definition(_ members: String) -> String {
    """
    {"jobDefinitions":[{"jobDefinitionName":"d","revision":2,"jobDefinitionArn":"\(arn("job-definition/d:2"))",\(members)}]}
    """
  }

  @Test("A container without a log configuration writes to Batch's own group")
  func byDefault() throws {
    #expect(try lines(Self.job("d:1", #""container":{"volumes":[]}"#)) == ["d|1|logs|/aws/batch/job|"])
    #expect(
      try lines(Self.definition(#""containerProperties":{"logConfiguration":{"logDriver":"awslogs","options":{}}}"#))
        == ["d|2|logs|/aws/batch/job|"])
  }

  @Test("A log group, its region and EFS file systems, from a job or its definition; host volumes name nothing")
  func named() throws {
    let container = """
      {"logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/my/jobs","awslogs-region":"eu-central-1"}},
        "volumes":[{"name":"a","efsVolumeConfiguration":{"fileSystemId":"fs-0a","rootDirectory":"/x"}},
          {"name":"b","efsVolumeConfiguration":{"fileSystemId":"fs-0b"}},{"name":"c","host":{"sourcePath":"/fsx"}}]}
      """
    func told(_ revision: Int) -> [String] {
      ["d|\(revision)|efs|fs-0a|", "d|\(revision)|efs|fs-0b|", "d|\(revision)|logs|/my/jobs|eu-central-1"]
    }
    #expect(try lines(Self.job("d:1", #""container":\#(container)"#)) == told(1))
    #expect(try lines(Self.definition(#""containerProperties":\#(container)"#)) == told(2))
    #expect(
      try lines(Self.definition(#""nodeProperties":{"nodeRangeProperties":[{"container":\#(container)}]}"#)) == told(2))
    // Stated twice, kept once.
    #expect(
      try lines(
        Self.job("d:2", #""container":\#(container)"#), Self.definition(#""containerProperties":\#(container)"#))
        == told(2))
  }

  @Test("A public address on Fargate, from a job or its definition, of one container or several")
  func address() throws {
    let enabled = #"{"networkConfiguration":{"assignPublicIp":"ENABLED"}}"#
    for document in [
      Self.job("d:1", #""container":\#(enabled)"#), Self.definition(#""containerProperties":\#(enabled)"#),
      Self.job("d:1", #""ecsProperties":{"taskProperties":[\#(enabled)]}"#),
      Self.definition(#""ecsProperties":{"taskProperties":[\#(enabled)]}"#),
    ] {
      #expect(try collected(document).lines("SELECT count(*) FROM job_definition_address") == ["1"], "\(document)")
    }
    let disabled = Self.job("d:1", #""container":{"networkConfiguration":{"assignPublicIp":"DISABLED"}}"#)
    #expect(try collected(disabled).lines("SELECT count(*) FROM job_definition_address") == ["0"])
  }

  @Test("Other log drivers write to no log group, nor do pods")
  func elsewhere() throws {
    #expect(try lines(Self.job("d:1", #""container":{"logConfiguration":{"logDriver":"splunk"}}"#)) == [])
    #expect(
      try lines(Self.job("d:1", #""eksProperties":{"podProperties":{"containers":[{"name":"a"}]}}"#)) == [])
    #expect(try lines(Self.job("d:1", #""nodeProperties":{"numNodes":2}"#)) == [])
  }

  @Test("A task of several containers: a log group each, the volumes shared")
  func task() throws {
    let properties = """
      "ecsProperties":{"taskProperties":[{"containers":[{"name":"a"},
        {"name":"b","logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/my/jobs"}}}],
        "volumes":[{"name":"v","efsVolumeConfiguration":{"fileSystemId":"fs-0a"}}]}]}
      """
    let told = ["efs|fs-0a|", "logs|/aws/batch/job|", "logs|/my/jobs|"]
    #expect(try lines(Self.job("d:1", properties)) == told.map { "d|1|\($0)" })
    #expect(try lines(Self.definition(properties)) == told.map { "d|2|\($0)" })
  }

  @Test("Buckets of a command, an environment and parameters, each once; names that are composed are not known")
  func buckets() throws {
    let database = try Database(path: ":memory:")
    let members = """
      "parameters":{"in":"s3://genomes/b","n":"3"},
      "container":{"command":["sh","-c","aws s3 cp s3://genomes/a . && cp x s3://out-bucket; s3://$B/x s3://pre-${B}/x s3://Up s3://ab"],
        "environment":[{"name":"W","value":"s3://work.dir/x"},{"name":"N","value":"s3:/none"}]}
      """
    try ingest([Self.job("d:1", members)], into: database)
    #expect(
      try database.lines("SELECT job_id, name FROM job_bucket ORDER BY name") == [
        "j1|genomes", "j1|out-bucket", "j1|work.dir",
      ])
  }
}
