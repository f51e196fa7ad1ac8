import AWS
import Collect
import Domain
import Store

/// An account in a region: our identity there, AWS's clock, and each permission.
struct AccountCheckups {
  let target: LiveTarget
  /// Names as in `--source`; empty: all.
  let sources: [String]
  /// The time that counts as now.
  let now: Instant

  /// AWS refuses signatures that are five minutes off. Half of that is worth a warning.
  private static let mostSkew = 150.0

  func all() async -> [Checkup] {
    let identity: CallerIdentity
    do throws(AWSError) { identity = try await target.client.callerIdentity() } catch {
      let status: Checkup.Status = if case .transport = error.kind { .untested } else { .missing }
      return [Checkup(status, "identity", target.name, "\(error)")]
    }
    let permissions = await PermissionCheck(target, now: now).findings(sources: sources)
    return [Checkup(.ok, "identity", target.name, identity.arn), clock()] + permissions.map(permission)
  }

  private func clock() -> Checkup {
    guard let skew = target.client.clockSkew else {
      return Checkup(.untested, "clock", target.name, "AWS's answer had no time")
    }
    let seconds = Int(skew.magnitude.rounded())
    if seconds <= 1 { return Checkup(.ok, "clock", target.name, "agrees with AWS's to the second") }
    let text = "\(seconds) s \(skew > 0 ? "behind" : "ahead of") AWS's"
    return skew.magnitude < Self.mostSkew
      ? Checkup(.ok, "clock", target.name, text)
      : Checkup(
        .missing, "clock", target.name, "\(text): set the machine's clock; AWS refuses requests that are 300 s off")
  }

  private func permission(_ finding: PermissionFinding) -> Checkup {
    let subject = "\(target.name) \(finding.action)"
    switch finding.verdict {
    case .granted: return Checkup(.ok, "permission", subject, "granted (\(finding.source))")
    case .denied: return Checkup(.denied, "permission", subject, "denied (\(finding.source)): \(finding.absence)")
    case .untested(let reason):
      return Checkup(.untested, "permission", subject, "untested (\(finding.source)): \(reason)")
    }
  }
}

/// Sources that are off or have no data, and what that costs in confidence.
enum SourceCheckups {
  static func all(_ sources: [String], targets: [LiveTarget], health: DatabaseHealth?) -> [Checkup] {
    var checkups: [Checkup] = []
    for source in LiveCollector.absences {
      let reason: String? =
        if !sources.isEmpty, !sources.contains(source.name) {
          "left out by --source"
        } else if source.name == "events", targets.allSatisfy(\.events.isEmpty) {
          "no bucket or queue for events is configured"
        } else if source.name == "usage", health?.hasUsage == false {
          "nothing was measured: Container Insights is off, or no task has run since"
        } else {
          nil
        }
      if let reason { checkups.append(Checkup(.off, "source", source.name, "\(reason): \(source.absence)")) }
    }
    if health?.hasBill == false {
      checkups.append(
        Checkup(
          .off, "source", "bill",
          "no bill was imported: commitments and negotiated discounts are unknown; run `batchcost reconcile --bill`"))
    }
    return checkups
  }
}
