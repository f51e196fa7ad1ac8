import Testing

@testable import Accounting

/// Why an attempt failed, judged by what Batch and ECS wrote about it.
@Suite struct OutcomeTests {
  @Test(
    "Errors of tasks that could not start",
    arguments: [
      ("Task failed to start", "CannotPullContainerError: x", Outcome.imagePull),
      ("CannotPullImageManifestError: Error response from daemon: manifest unknown", "", .imagePull),
      ("Task failed to start", "CannotStartContainerError: x", .containerStart),
      ("CannotStartContainerError: ResourceInitializationError: failed to create task", "", .containerStart),
      ("Task failed to start", "DockerTimeoutError: Could not transition to created", .containerStart),
      ("ResourceInitializationError: unable to pull secrets or registry auth", "", .containerStart),
      ("Task failed to start", "ContainerRuntimeTimeoutError: Could not transition to running", .containerStart),
      ("Task failed to start", "CannotInspectContainerError: Could not transition to inspecting", .containerStart),
      ("Task failed to start", "", .containerStart),
      ("Essential container in task exited", "OutOfMemoryError: Container killed due to memory usage", .outOfMemory),
      ("Essential container in task exited", "", .other),
    ])
  func start(status: String, container: String, cause: Outcome) {
    #expect(Outcome(statusReason: status, containerReason: container.isEmpty ? nil : container, exitCode: nil) == cause)
  }

  /// A pod's termination reason, as Kubernetes writes it into a container's state.
  @Test(
    "Reasons of pods on EKS",
    arguments: [
      ("OOMKilled", 137, Outcome.outOfMemory), ("ImagePullBackOff", nil, .imagePull), ("ErrImagePull", nil, .imagePull),
      ("InvalidImageName", nil, .imagePull), ("CreateContainerConfigError", nil, .containerStart),
      ("StartError", 128, .containerStart), ("ContainerCannotRun", 127, .containerStart),
      ("DeadlineExceeded", nil, .timeout), ("NodeLost", nil, .hostLost), ("Evicted", 137, .evicted),
      ("Preempted", 143, .preempted), ("UnexpectedAdmissionError", nil, .containerStart), ("Error", 1, .exitCode),
      ("Completed", nil, .other),
    ] as [(String, Int64?, Outcome)])
  func pod(reason: String, exitCode: Int64?, cause: Outcome) {
    #expect(Outcome(statusReason: nil, containerReason: reason, exitCode: exitCode) == cause)
  }

  @Test(
    "A pod's reason inside the status text",
    arguments: [
      ("Back-off: ImagePullBackOff", Outcome.imagePull), ("Evicted", .evicted),
      ("The node was low on resource: ephemeral-storage. Container main was using 72Ki", .evicted),
      ("EvictionByEvictionAPI", .evicted), ("Preempting", .preempted), ("PreemptionByScheduler", .preempted),
      ("NodeLost", .hostLost), ("Pod was terminated in response to imminent node shutdown.", .hostLost),
      ("DeletionByPodGC", .hostLost), ("Unschedulable", .noCapacity),
      ("FailedScheduling: 0/3 nodes are available: 3 Insufficient memory.", .noCapacity), ("OutOfcpu", .noCapacity),
      ("DeadlineExceeded", .timeout), ("CreateContainerConfigError: secret not found", .containerStart),
      ("OOMKilled", .outOfMemory),
    ])
  func podStatus(status: String, cause: Outcome) {
    #expect(Outcome(statusReason: status, containerReason: nil, exitCode: nil) == cause)
  }

  @Test(
    "Of a reason, words of the same outcome are kept, without names",
    arguments: [
      ("Host EC2 (instance i-0decea5356087d3e9) terminated.", "Host EC2", Outcome.hostLost),
      ("Pod p-1 was terminated in response to imminent node shutdown.", "NodeLost", .hostLost),
      ("TaskFailedToStart: InfrastructureHealthEvent on i-1", "InfrastructureHealth", .unhealthyHost),
      ("Your Spot Task was interrupted.", "Your Spot Task was interrupted", .interrupted),
      ("Preempted by job zebra", "Preempted", .preempted), ("OOMKilled: zebra", "OOMKilled", .outOfMemory),
      ("The node was low on resource: memory. Container zebra was using 72Ki", "Evicted", .evicted),
      ("Job attempt duration exceeded timeout", "DeadlineExceeded", .timeout),
      ("CannotPullContainerError: zebra/image", "CannotPull", .imagePull),
      ("ResourceInitializationError: secret zebra", "CannotStartContainer", .containerStart),
      ("CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - zebra", "Unschedulable", .noCapacity),
      ("MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - zebra", "MISCONFIGURATION:", .misconfiguration),
      ("Terminated by user zebra", "Canceled", .cancelled), ("zebra", "", .other),
    ])
  func keptWords(status: String, kept: String, cause: Outcome) {
    #expect(Outcome.words(ofStatus: status) == kept)
    #expect(Outcome(statusReason: status, containerReason: nil, exitCode: nil) == cause)
    #expect(Outcome(statusReason: kept, containerReason: nil, exitCode: nil) == cause)
  }

  @Test(
    "and of a container's reason",
    arguments: [
      ("OutOfMemoryError: Container zebra killed due to memory usage", "OOMKilled", Outcome.outOfMemory),
      ("NodeLost", "NodeLost", .hostLost), ("Preempting", "Preempted", .preempted),
      ("Evicted: zebra", "Evicted", .evicted), ("DeadlineExceeded", "DeadlineExceeded", .timeout),
      ("ErrImagePull: zebra", "CannotPull", .imagePull),
      ("DockerTimeoutError: zebra", "CannotStartContainer", .containerStart),
      ("OutOfcpu", "Unschedulable", .noCapacity), ("zebra OOMKilled", "", .other),
    ])
  func keptContainerWords(container: String, kept: String, cause: Outcome) {
    #expect(Outcome.words(ofContainer: container) == kept)
    #expect(Outcome(statusReason: nil, containerReason: container, exitCode: nil) == cause)
    #expect(Outcome(statusReason: nil, containerReason: kept, exitCode: nil) == cause)
  }
}
