import Store
import Testing

@testable import Collect

/// Jobs on EKS, their nodes and their environments.
@Suite struct KubernetesTests {
  private static func job(_ id: String, status: String = "SUCCEEDED", _ members: String) -> String {
    let arn = "arn:aws:batch:us-east-1:111122223333"
    return """
      {"jobs":[{"jobArn":"\(arn):job/\(id)","jobId":"\(id)","jobName":"n","jobQueue":"\(arn):job-queue/q",
        "jobDefinition":"\(arn):job-definition/d:1","status":"\(status)","createdAt":1793352000000,"attempts":[],
        "container":null,"platformCapabilities":["EC2"],\(members)}]}
      """
  }

  private static func pod(_ containers: String..., initial: String = "") -> String {
    func list(_ all: [String]) -> String { all.map { "{\"resources\":{\($0)}}" }.joined(separator: ",") }
    return
      "\"eksProperties\":{\"podProperties\":{\"podName\":\"aws-batch.p\",\"nodeName\":\"ip-10-0-1-2.ec2.internal\","
      + "\"containers\":[\(list(containers))],\"initContainers\":[\(initial.isEmpty ? "" : list([initial]))]}}"
  }

  @Test(
    "A pod's resources: containers add up, an init container counts if it asks for more; requests before limits",
    arguments: [
      (pod(#""requests":{"cpu":"1","memory":"2048Mi"},"limits":{"cpu":"4","memory":"2048Mi"}"#), "1000|2048|0"),
      (pod(#""limits":{"cpu":"250m","memory":"2Gi","nvidia.com/gpu":"2"}"#), "250|2048|2"),
      (pod(#""requests":{"cpu":0.5,"memory":"536870912"}"#), "500|512|0"),
      (
        pod(#""requests":{"cpu":1,"memory":"1048576Ki"}"#, #""requests":{"cpu":"1500m","memory":"1.5Gi"}"#),
        "2500|2560|0"
      ),
      (
        pod(#""requests":{"cpu":"1","memory":"1G"}"#, initial: #""requests":{"cpu":"3","memory":"64Mi"}"#), "3000|953|0"
      ),
      (pod(#""requests":{"memory":"512e6"}"#), "0|488|0"),
    ])
  func podResources(pod: String, expected: String) throws {
    let attempt = #""eksAttempts":[{"podName":"aws-batch.p","startedAt":1793353000000,"stoppedAt":1793353060000}]"#
    let database = try collected(Self.job("j", "\(attempt),\(pod)"))
    #expect(try database.lines("SELECT milli_vcpus, memory_mib, gpus FROM attempt") == [expected])
    #expect(try database.findings == [])
  }

  @Test("An impossible amount is a finding")
  func absurd() throws {
    let database = try collected(
      Self.job("j", status: "RUNNING", #""startedAt":1793353000000,"# + Self.pod(#""requests":{"memory":"two"}"#)))
    #expect(
      try database.findings == [
        "absurd-value|jobs[0].podProperties.containers.resources.memory|two is not a plausible amount of memory"
      ])
  }

  @Test("The running pod is in the job's own members, and is not counted again once listed among the attempts")
  func current() throws {
    let pod = Self.pod(#""requests":{"cpu":"1"}"#)
    let running = try collected(
      Self.job("j", status: "RUNNING", "\"startedAt\":1793353000000,\(pod),\"eksAttempts\":[]"))
    #expect(
      try running.lines("SELECT task_id, node, started_at_ms, stopped_at_ms FROM attempt")
        == ["aws-batch.p|ip-10-0-1-2.ec2.internal|1793353000000|-"])
    let attempts = """
      "startedAt":1793353000000,"stoppedAt":1793353060000,"eksAttempts":[
        {"podName":"aws-batch.o","nodeName":"i-0123456789abcdef0.us-east-2.compute.internal","startedAt":1793352500000,
         "stoppedAt":1793352600000,"containers":[{"name":"Default"}],
         "initContainers":[{"name":"fetch","exitCode":7,"reason":"Error"}]},
        {"podName":"aws-batch.p","nodeName":"ip-10-0-1-2.ec2.internal","startedAt":1793353000000,
         "stoppedAt":1793353060000,"containers":[{"name":"Default","exitCode":0}]}]
      """
    let ended = try collected(Self.job("j", "\(attempts),\(pod)"))
    #expect(
      try ended.lines("SELECT ordinal, task_id, instance_id, exit_code, container_reason FROM attempt ORDER BY 1")
        == ["1|aws-batch.o|i-0123456789abcdef0|7|Error", "2|aws-batch.p|-|0|-"])
  }

  @Test("An ECS job with an empty list of EKS attempts is not on EKS; a multi-node job's parent and nodes are")
  func platforms() throws {
    let database = try collected(
      Self.job("ecs", #""eksAttempts":[],"eksProperties":{},"startedAt":1793353000000"#),
      Self.job(
        "m",
        #""nodeProperties":{"numNodes":2,"mainNode":0,"nodeRangeProperties":[{"targetNodes":"0:1","eksProperties":{"podProperties":{"containers":[]}}}]}"#
      ),
      Self.job("m#0", "\"nodeDetails\":{\"nodeIndex\":0,\"isMainNode\":true},\(Self.pod())"))
    #expect(
      try database.lines("SELECT job_id, p.name FROM job j JOIN job_platform p ON p.id = j.platform ORDER BY 1")
        == ["ecs|EC2", "m|EKS", "m#0|EKS"])
  }

  private static let node = """
    {"apiVersion":"v1","kind":"Node","metadata":{"name":"ip-10-0-1-2.ec2.internal","uid":"u","resourceVersion":"812",
      "creationTimestamp":"2026-10-05T10:01:00Z","labels":{"node.kubernetes.io/instance-type":"c5.xlarge",
      "topology.kubernetes.io/zone":"us-east-1a","batch.amazonaws.com/compute-environment-uuid":"5c19160b"}},
      "spec":{"providerID":"aws:///us-east-1a/i-0123456789abcdef0"},"status":{"capacity":{"cpu":"4"},
      "allocatable":{"cpu":"3920m","memory":"7053248Ki","pods":"58","ephemeral-storage":"76224326324","hugepages-2Mi":"0"}}}
    """

  @Test("Nodes: as a list printed by kubectl, alone, and in a bare list")
  func nodes() throws {
    let list = #"{"apiVersion":"v1","items":[\#(Self.node)],"kind":"List","metadata":{"resourceVersion":""}}"#
    for document in [list, Self.node, "[\(Self.node)]"] {
      let database = try collected(document)
      #expect(try database.findings == [])
      #expect(
        try database.lines(
          """
          SELECT instance_id, name, region, instance_type, zone, environment_uuid, created_at_ms, milli_vcpus, memory_mib, gpus
          FROM kubernetes_node
          """) == [
            "i-0123456789abcdef0|ip-10-0-1-2.ec2.internal|us-east-1|c5.xlarge|us-east-1a|5c19160b|1791194460000|3920|6887|-"
          ])
      #expect(
        try database.lines("SELECT * FROM instance_host_name")
          == ["ip-10-0-1-2.ec2.internal|us-east-1|i-0123456789abcdef0"])
    }
  }

  @Test("Fargate hosts and other objects are skipped; a node without an instance is a finding")
  func others() throws {
    func node(_ spec: String) -> String {
      #"{"apiVersion":"v1","kind":"Node","metadata":{"name":"n"},"spec":{\#(spec)},"status":{}}"#
    }
    let database = try collected(
      """
      {"apiVersion":"v1","kind":"List","items":[\(node(#""providerID":"aws:///us-east-1a/1f2e/fargate-ip-10-0-0-1""#)),
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}},\(node(""))]}
      """)
    #expect(try database.lines("SELECT count(*) FROM kubernetes_node") == ["0"])
    #expect(
      try database.findings.map { $0.split(separator: "|").suffix(2).joined(separator: "|") } == [
        "items[2].spec.providerID|is missing: its instance is unknown, so the node is left out"
      ])
  }

  @Test("An environment on EKS: its cluster and its namespace")
  func environment() throws {
    let database = try collected(
      """
      {"computeEnvironments":[{"computeEnvironmentName":"kube","computeEnvironmentArn":
        "arn:aws:batch:us-east-1:111122223333:compute-environment/kube","uuid":"5c19160b","type":"MANAGED",
        "eksConfiguration":{"eksClusterArn":"arn:aws:eks:us-east-1:111122223333:cluster/main",
        "kubernetesNamespace":"batch"},"computeResources":{"type":"SPOT","minvCpus":0,"maxvCpus":64}}]}
      """)
    #expect(
      try database.lines(
        "SELECT orchestration, resource_type, eks_cluster_arn, kubernetes_namespace FROM compute_environment")
        == ["EKS|SPOT|arn:aws:eks:us-east-1:111122223333:cluster/main|batch"])
  }
}
