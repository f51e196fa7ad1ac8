import AWS
import Domain

/// Whether a permission is granted, and what is lost without it.
package struct PermissionFinding: Sendable, Equatable {
  /// What AWS answered.
  package enum Verdict: Sendable, Equatable {
    case granted
    case denied
    /// Not tried, or the answer is inconclusive: why.
    case untested(String)
  }

  /// The source that needs it, as `--source` names it.
  package let source: String
  /// An IAM action, such as `batch:ListJobs`.
  package let action: String
  package let verdict: Verdict
  /// What the numbers lack without it, as the end of a sentence.
  package let absence: String
}

/// Finds out what credentials may do, with calls that change nothing, cost nothing and return almost nothing.
///
/// Most calls ask for something that does not exist: AWS checks the permission first, so an empty answer or "not found"
/// means granted.
package struct PermissionCheck: Sendable {
  let client: AWSClient
  let events: [EventPlace]
  /// The time that counts as now.
  let now: Instant

  package init(_ target: LiveTarget, now: Instant) {
    (client, events, self.now) = (target.client, target.events, now)
  }

  /// What the named sources need, in their order; by default all sources.
  package func findings(sources names: [String] = []) async -> [PermissionFinding] {
    let scene = await scene()
    var verdicts = scene.verdicts
    var findings: [PermissionFinding] = []
    for source in LiveCollector.sources where names.isEmpty || names.contains(source.name) {
      let wanted = Set(source.grants(events).flatMap(\.actions))
      for operation in source.operations {
        for action in operation.permissions where wanted.contains(action) {
          let verdict: PermissionFinding.Verdict
          if let known = verdicts[operation] {
            verdict = known
          } else if operation == S3.getObjectOperation, verdicts[S3.listObjectsOperation] == .denied {
            verdict = .untested("without s3:ListBucket, S3 answers the same for missing objects and for denied ones")
          } else {
            verdict = await judge(operation, scene)
          }
          verdicts[operation] = verdict
          findings.append(
            PermissionFinding(source: source.name, action: action, verdict: verdict, absence: source.absence))
        }
      }
    }
    return findings
  }

  /// What later calls need to name: requested by the calls that test the permission for it.
  private func scene() async -> PermissionScene {
    var scene = PermissionScene(events: events, now: now)
    func ask(_ call: Call, _ read: (JSONValue) -> Void) async {
      do throws(AWSError) {
        let answer = try await client.send(call)
        scene.verdicts[call.operation] = .granted
        try? LiveAnswer.read(answer.body, read)
      } catch {
        scene.verdicts[call.operation] = Self.verdict(error)
      }
    }
    await ask(Batch.describeJobQueues()) { document in
      for queue in document.elements(of: "jobQueues") {
        guard let name = queue["jobQueueName"]?.text?.string else { continue }
        if queue["jobQueueType"]?.text?.string == "SAGEMAKER_TRAINING" {
          scene.serviceQueue = scene.serviceQueue ?? name
        } else {
          scene.queue = scene.queue ?? name
        }
      }
    }
    await ask(Batch.describeComputeEnvironments()) { document in
      for environment in document.elements(of: "computeEnvironments") {
        scene.cluster = scene.cluster ?? environment["ecsClusterArn"]?.text?.string
      }
    }
    return scene
  }

  private func judge(_ operation: Operation, _ scene: PermissionScene) async -> PermissionFinding.Verdict {
    switch scene.probe(operation) {
    case .unasked(let reason): return .untested(reason)
    case .call(let call):
      do throws(AWSError) {
        _ = try await client.send(call)
        return .granted
      } catch { return Self.verdict(error) }
    }
  }

  private static func verdict(_ error: AWSError) -> PermissionFinding.Verdict {
    switch error.kind {
    case .permissionDenied: .denied
    case .service(let code) where absences.contains(code): .granted
    default: .untested("\(error)")
    }
  }

  /// Errors of services for something that does not exist, once the caller is allowed in.
  private static let absences: Set<String> = [
    "ClusterNotFoundException", "NoSuchKey", "ReceiptHandleIsInvalid", "ResourceNotFoundException",
  ]
}
