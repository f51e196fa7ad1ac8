import Store

/// A workflow client described by a user: rows of the table `workflow_client` that come before the built-in ones.
package struct WorkflowClient: Equatable, Sendable {
  /// One value to read, as the user wrote it.
  package struct Reading: Equatable, Sendable {
    /// One of `ClientRule.Source.words`.
    package var reads: String
    /// The tag, the parameter or the pattern.
    package var what: String
    /// Nil for patterns, whose fields have their own meaning, and for readings that are only required.
    package var gives: ClientField?
    /// Without this value the client is not recognised.
    package var isNeeded: Bool

    package init(reads: String, what: String, gives: ClientField? = nil, isNeeded: Bool = false) {
      (self.reads, self.what, self.gives, self.isNeeded) = (reads, what, gives, isNeeded)
    }

    /// The fields that it gives for a job.
    package var fields: [ClientField] {
      (ClientRule.Source(reads: reads, what: what)?.pattern?.fields ?? []) + [gives].compactMap(\.self)
    }
  }

  /// As the user calls it, in reports too.
  package var name: String
  package var readings: [Reading]

  package init(_ name: String, _ readings: [Reading]) { (self.name, self.readings) = (name, readings) }

  /// A tag whose value names a run, for any client.
  package static func runs(byTag tag: String) -> WorkflowClient {
    WorkflowClient("tag", [Reading(reads: "tag", what: tag, gives: .run, isNeeded: true)])
  }

  /// Replaces the users' rules in the table.
  static func write(_ clients: [WorkflowClient], _ connection: Connection) throws {
    try connection.execute("DELETE FROM workflow_client WHERE rule < 0")
    let writer = try RowWriter(connection, "workflow_client", columns: 7)
    for (index, client) in clients.enumerated() {
      for (place, reading) in client.readings.enumerated() {
        try writer.write(
          .integer(index - clients.count), .integer(place + 1), .text(client.name), .text(reading.reads),
          .text(reading.what), .text(reading.gives?.rawValue ?? ""), .flag(reading.isNeeded))
      }
    }
  }
}
