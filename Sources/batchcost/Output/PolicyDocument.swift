import Collect

/// The least that an IAM role must allow, as a policy document.
enum PolicyDocument {
  /// - Parameter sources: names of sources; empty: all of them.
  static func text(sources: [String]) -> String {
    let wanted = LiveCollector.permissions.filter { sources.isEmpty || sources.contains($0.source) }
    let statements = wanted.map { source, actions in
      let name = source.split(separator: "-").map(\.capitalized).joined()
      let list = actions.map { "        \"\($0)\"" }.joined(separator: ",\n")
      return """
            {
              "Sid": "\(name)",
              "Effect": "Allow",
              "Action": [
        \(list)
              ],
              "Resource": "*"
            }
        """
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
}
