import Store

/// The user's settings for tags: which keys name the team, the project, the user, a workflow's run.
package struct TagRoles: Equatable, Sendable {
  /// What a tag's value names. Raw values are those of `tag_role.role`.
  package enum Role: String, CaseIterable, Sendable {
    case team, project, user, workflow
  }

  /// Keys, in the order in which they are tried.
  package var keys: [Role: [String]]

  /// - Parameter keys: a role without any has no tag.
  package init(_ keys: [Role: [String]] = [:]) { self.keys = keys }

  /// Replaces the table `tag_role`.
  func write(_ connection: Connection) throws {
    try connection.execute("DELETE FROM tag_role")
    let writer = try RowWriter(connection, "tag_role", columns: 3)
    for role in Role.allCases {
      for (index, key) in (keys[role] ?? []).enumerated() {
        try writer.write(.text(role.rawValue), .integer(index + 1), .text(key))
      }
    }
  }
}
