/// Which batchcost this is.
enum Release {
  static let version = "0.1.0"

  /// The commit that it was built from; nil for what was built from a work tree. `git archive` puts it in here.
  static let commit: String? = {
    let name = "$Format:%h$"
    return name.hasPrefix("$") ? nil : name
  }()

  /// What `--version` prints.
  static var description: String { "\(version) (\(commit.map { "commit \($0)" } ?? "built from a work tree"))" }
}
