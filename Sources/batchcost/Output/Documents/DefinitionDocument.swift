import Domain
import Foundation
import Insights

/// A `register-job-definition` document with the advised size, and the changes it makes.
struct DefinitionDocument {
  let advice: SizeAdvice
  let currency: Currency
  private let template: [String: Any]

  /// - Parameter template: the registered definition; without it the document has only sizes, to be completed.
  init(_ advice: SizeAdvice, in currency: Currency, template: DefinitionTemplate?) {
    self.currency = currency
    self.advice = advice
    let registered = template?.latest(named: advice.group.definition)
    self.template = registered ?? ["jobDefinitionName": advice.group.definition, "type": "container"]
  }

  /// What `aws batch register-job-definition --cli-input-json` reads.
  var json: String {
    var document = template
    // Added by describe-job-definitions, but refused by register-job-definition.
    for key in ["jobDefinitionArn", "revision", "status", "containerOrchestrationType"] { document[key] = nil }
    var container = document["containerProperties"] as? [String: Any] ?? [:]
    var requirements = (container["resourceRequirements"] as? [[String: Any]] ?? []).filter {
      $0["type"] as? String != "VCPU" && $0["type"] as? String != "MEMORY"
    }
    requirements.append(["type": "VCPU", "value": decimalString(advice.advised.milliVCPUs, places: 3)])
    requirements.append(["type": "MEMORY", "value": String(advice.advised.memoryMiB)])
    container["resourceRequirements"] = requirements
    container["vcpus"] = nil
    container["memory"] = nil
    document["containerProperties"] = container
    let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? JSONSerialization.data(withJSONObject: document, options: options) else { return "{}\n" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  var diff: String {
    let (old, new) = (advice.requested, advice.advised)
    var lines = ["--- \(advice.group.definition), as most jobs request", "+++ \(advice.group.definition), advised"]
    lines += change("VCPU", decimalString(old.milliVCPUs, places: 3), decimalString(new.milliVCPUs, places: 3))
    lines += change("MEMORY", String(old.memoryMiB), String(new.memoryMiB))
    lines.append(
      "# \(advice.status.rawValue), confidence \(advice.confidence.rawValue), \(advice.samples) measured jobs, \(saving)"
    )
    return lines.joined(separator: "\n") + "\n"
  }

  /// For the days on which its jobs ran; per week only if it was seen for long enough.
  private var saving: String {
    guard !advice.isUnpriced else { return "cost unknown" }
    let days =
      "\(currency.symbol)\(Money(nanodollars: advice.total.net)) on \(advice.daysSeen) day\(advice.daysSeen == 1 ? "" : "s")"
    return advice.netPerWeek.map { "\(days), \(currency.symbol)\(Money(nanodollars: $0)) in an average week" } ?? days
  }

  private func change(_ name: String, _ old: String, _ new: String) -> [String] {
    old == new ? ["  \(name) \(old)"] : ["- \(name) \(old)", "+ \(name) \(new)"]
  }
}

/// Output of `aws batch describe-job-definitions`.
struct DefinitionTemplate {
  private let definitions: [[String: Any]]

  init(path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let document = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    definitions = document?["jobDefinitions"] as? [[String: Any]] ?? []
  }

  func latest(named name: String) -> [String: Any]? {
    definitions.filter { $0["jobDefinitionName"] as? String == name }.max {
      ($0["revision"] as? Int ?? 0) < ($1["revision"] as? Int ?? 0)
    }
  }
}
