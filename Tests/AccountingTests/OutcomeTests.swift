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
}
