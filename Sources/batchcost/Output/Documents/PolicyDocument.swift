import Collect

/// The minimum permissions of an IAM role, as a policy document.
enum PolicyDocument {
  /// - Parameters:
  ///   - sources: names of sources; empty: all of them.
  ///   - events: where events are read from.
  static func text(sources: [String], events: [EventPlace]) -> String {
    let wanted = LiveCollector.grants(events: events).filter { sources.isEmpty || sources.contains($0.source) }
    let statements = wanted.flatMap { source, grants in
      let name = source.split(separator: "-").map(\.capitalized).joined()
      return grants.enumerated().map { index, grant in
        """
            {
              "Sid": "\(name)\(grants.count > 1 ? String(index + 1) : "")",
              "Effect": "Allow",
              "Action": \(list(grant.actions)),
              "Resource": \(list(grant.resources))
            }
        """
      }
    }
    return """
      {
        "Version": "2012-10-17",
        "Statement": [
      \(statements.joined(separator: ",\n"))
        ]
      }

      """
  }

  private static func list(_ texts: [String]) -> String {
    if texts.count == 1 { return "\"\(texts[0])\"" }
    return "[\n\(texts.map { "        \"\($0)\"" }.joined(separator: ",\n"))\n      ]"
  }
}
