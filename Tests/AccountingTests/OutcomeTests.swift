import Testing

@testable import Accounting

/// Why an attempt came to nothing, by what Batch and ECS wrote of it.
@Suite struct OutcomeTests {
  @Test(
    "Errors of tasks that could not be started",
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
}
