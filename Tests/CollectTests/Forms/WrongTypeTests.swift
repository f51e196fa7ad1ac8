import Store
import Testing

@testable import Collect

/// A value of the wrong type is a finding with its place; the rest of the document is kept.
@Suite struct WrongTypeTests {
  private static let instance =
    #"{"InstanceId":"i-1","InstanceType":"c5.xlarge","Placement":{"AvailabilityZone":"us-west-2a"}}"#

  @Test(
    "Reservations with unreadable instances are findings; good ones beside them are kept",
    arguments: [
      (#"{"OwnerId":"111122223333","Instances":{}}"#, "wrong-type|Reservations[0].Instances|is not a list"),
      (#"{"OwnerId":"111122223333","Instances":"i-2"}"#, "wrong-type|Reservations[0].Instances|is not a list"),
      (
        #"{"OwnerId":"111122223333"}"#,
        "missing-field|Reservations[0].Instances|is missing: the reservation's instances are lost"
      ),
      ("[]", "wrong-type|Reservations[0]|is not an object: its instances are lost"),
      ("7", "wrong-type|Reservations[0]|is not an object: its instances are lost"),
      (
        #"{"OwnerId":"111122223333","Instances":[7]}"#,
        "missing-field|Reservations[0].Instances.InstanceId|is missing: the instance is left out"
      ),
      (
        #"{"OwnerId":"111122223333","Instances":[{"InstanceId":8}]}"#,
        "missing-field|Reservations[0].Instances.InstanceId|is missing: the instance is left out"
      ),
      (
        #"{"OwnerId":"111122223333","Instances":null}"#,
        "unknown-document|Reservations[0]|has nothing that batchcost uses"
      ),
    ])
  func reservations(_ spoiled: String, finding: String) throws {
    let good = #"{"OwnerId":"111122223333","Instances":[\#(Self.instance)]}"#
    let database = try collected(#"{"Reservations":[\#(spoiled),\#(good)]}"#)
    #expect(try database.lines("SELECT instance_id, instance_type FROM instance_description") == ["i-1|c5.xlarge"])
    #expect(try database.findings == [finding])
  }

  @Test("Reservations that are not a list, beside volumes that are")
  func noList() throws {
    let volume = #"{"VolumeId":"vol-1","Size":30,"VolumeType":"gp3"}"#
    let database = try collected(#"{"Reservations":{},"Volumes":[\#(volume)]}"#)
    #expect(try database.lines("SELECT volume_id FROM volume") == ["vol-1"])
    #expect(try database.findings == ["wrong-type|Reservations|is not a list"])
  }

  private static let batch = "arn:aws:batch:us-west-2:111122223333"
  private static let ecs = "arn:aws:ecs:us-west-2:111122223333"

  /// Each document has a member of the wrong type; the query shows the row that remains.
  private static let documents: [(document: String, finding: String, row: String, kept: String)] = [
    (
      #"{"Instances":[{"InstanceId":"i-1","InstanceType":5,"Placement":{"AvailabilityZone":"us-west-2a"}}]}"#,
      "wrong-type|Instances[0].InstanceType|is not text",
      "SELECT instance_id, instance_type, zone FROM instance_description", "i-1|-|us-west-2a"
    ),
    (
      #"{"Instances":[{"InstanceId":"i-1","InstanceType":"c5.xlarge","Placement":"us-west-2a"}]}"#,
      "wrong-type|Instances[0].Placement|is not an object",
      "SELECT instance_id, instance_type, zone FROM instance_description", "i-1|c5.xlarge|-"
    ),
    (
      #"{"Volumes":[{"VolumeId":"vol-1","Size":30,"VolumeType":["gp3"],"Attachments":{}}]}"#,
      "wrong-type|Volumes[0].Attachments|is not a list,wrong-type|Volumes[0].VolumeType|is not text",
      "SELECT volume_id, size_gib, volume_type, instance_id FROM volume", "vol-1|30|-|-"
    ),
    (
      #"{"InstanceTypes":[{"InstanceType":"g5.xlarge","VCpuInfo":{"DefaultVCpus":4},"MemoryInfo":{"SizeInMiB":16384},"GpuInfo":{"Gpus":1}}]}"#,
      "wrong-type|InstanceTypes[0].GpuInfo.Gpus|is not a list",
      "SELECT name, milli_vcpus, gpus FROM instance_type", "g5.xlarge|4000|0"
    ),
    (
      #"{"containerInstances":[{"containerInstanceArn":"\#(ecs):container-instance/c/1","ec2InstanceId":true,"attributes":{},"registeredResources":"CPU","status":"ACTIVE"}]}"#,
      "wrong-type|containerInstances[0].attributes|is not a list,wrong-type|containerInstances[0].ec2InstanceId|is not text,"
        + "wrong-type|containerInstances[0].registeredResources|is not a list",
      "SELECT name, status, instance_id FROM container_instance", "1|ACTIVE|-"
    ),
    (
      #"{"tasks":[{"taskArn":"\#(ecs):task/c/t","clusterArn":"\#(ecs):cluster/c","lastStatus":"RUNNING","launchType":{},"attributes":7}]}"#,
      "wrong-type|tasks[0].attributes|is not a list,wrong-type|tasks[0].launchType|is not text",
      "SELECT task_id, status, launch_type FROM task", "t|RUNNING|-"
    ),
    (
      #"{"jobQueues":[{"jobQueueArn":"\#(batch):job-queue/q","state":1,"computeEnvironmentOrder":{"order":1}}]}"#,
      "wrong-type|jobQueues[0].computeEnvironmentOrder|is not a list,wrong-type|jobQueues[0].state|is not text",
      "SELECT name, state, environments FROM job_queue", "q|-|[]"
    ),
    (
      #"{"computeEnvironments":[{"computeEnvironmentArn":"\#(batch):compute-environment/e","type":"MANAGED","computeResources":{"type":2,"instanceTypes":"optimal","maxvCpus":64}}]}"#,
      "wrong-type|computeEnvironments[0].computeResources.instanceTypes|is not a list,"
        + "wrong-type|computeEnvironments[0].computeResources.type|is not text",
      "SELECT name, management, resource_type, maximum_vcpus FROM compute_environment", "e|MANAGED|-|64"
    ),
    (
      #"{"jobDefinitions":[{"jobDefinitionArn":"\#(batch):job-definition/d:1","type":9,"containerProperties":{"resourceRequirements":{},"memory":512}}]}"#,
      "wrong-type|jobDefinitions[0].containerProperties.resourceRequirements|is not a list,"
        + "wrong-type|jobDefinitions[0].type|is not text",
      "SELECT name, revision, memory_mib FROM job_definition", "d|1|512"
    ),
    (
      #"{"jobs":[{"jobArn":"\#(batch):job/a","jobId":"a","jobQueue":"\#(batch):job-queue/q","jobDefinition":"\#(batch):job-definition/d:1","status":"FAILED","createdAt":1777889640000,"startedAt":1777889650000,"stoppedAt":1777889660000,"attempts":[{"startedAt":1777889650000,"stoppedAt":1777889660000,"container":"c"},{"startedAt":1777889650000,"stoppedAt":1777889660000,"container":{"taskArn":1,"containerInstanceArn":[]}}]}]}"#,
      "wrong-type|jobs[0].attempts.container|is not an object,"
        + "wrong-type|jobs[0].attempts.container.containerInstanceArn|is not text,"
        + "wrong-type|jobs[0].attempts.container.taskArn|is not text",
      "SELECT COUNT(*), COUNT(container_instance) FROM attempt", "2|0"
    ),
  ]

  @Test("Members of the wrong type", arguments: documents.indices)
  func members(_ index: Int) throws {
    let (document, finding, row, kept) = Self.documents[index]
    let database = try collected(document)
    #expect(try database.lines(row) == [kept])
    #expect(try database.findings.joined(separator: ",") == finding)
  }
}
