/// The version of batchcost.
enum Release {
  static let version = "0.1.0"

  /// The commit it was built from; nil for a build from a work tree. `git archive` fills it in.
  static let commit: String? = {
    let name = "$Format:%h$"
    return name.hasPrefix("$") ? nil : name
  }()

  /// What `--version` prints.
  static var description: String { "\(version) (\(commit.map { "commit \($0)" } ?? "built from a work tree"))" }
}
