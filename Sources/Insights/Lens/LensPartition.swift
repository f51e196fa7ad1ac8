import Base
import Store

/// An account's jobs divided by a common property: a lens for each value, and one for jobs that have none.
package struct LensPartition: Sendable {
  /// `tag:team`; with a pseudonym if names are replaced.
  package let words: String
  /// In the order of their values as shown; the empty one last.
  package let parts: [(value: String, lens: Lens)]

  /// - Parameters:
  ///   - subject: the part of a condition before the `=`, such as `queue` or `tag:team`.
  ///   - pseudonyms: replace the values.
  /// - Throws: `LensError` for an invalid subject, and for one that every job has to itself.
  package init(by subject: String, _ connection: Connection, pseudonyms: Pseudonyms? = nil) throws {
    let everything = try LensParser.condition("\(subject)~*", place: "--each \(subject)")
    guard everything.subject != .job, everything.subject != .name, everything.values.count == 1 else {
      throw LensError(
        message: "--each \(subject): each of these is a job; name what many have, such as tag:team or queue")
    }
    let values = try Self.values(everything, connection)
    words = pseudonyms.map(everything.subject.word) ?? subject
    parts = values.map { value in
      let shown = everything.subject.kind.flatMap { kind in pseudonyms?.name(kind, value) } ?? value
      return (shown, Lens(everything.subject, value, source: "\(subject)=\(Self.written(value))"))
    }.sorted { ($0.0.isEmpty ? 1 : 0, $0.0) < ($1.0.isEmpty ? 1 : 0, $1.0) }
  }

  /// A value as written in a condition.
  private static func written(_ value: String) -> String {
    let isPlain = !value.contains { "\"\\,".contains($0) }
    return isPlain ? value : "\"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  private static func values(_ condition: LensCondition, _ connection: Connection) throws -> Set<String> {
    if condition.subject == .environment {
      return try texts(
        """
        SELECT DISTINCT COALESCE(n.name, '') FROM main.resource r
        LEFT JOIN main.named_environment n ON n.id = r.compute_environment
        """, connection)
    }
    var values: Set<String> = []
    for domain in try LensDomain.all(condition, connection) {
      for number in try domain.column.used(connection) {
        let texts = domain.texts[number] ?? []
        values.formUnion(texts.isEmpty ? [""] : texts.prefix(1))
      }
    }
    return values
  }

  private static func texts(_ sql: String, _ connection: Connection) throws -> Set<String> {
    let rows = try connection.prepare(sql)
    var texts: Set<String> = []
    while try rows.step() { texts.insert(rows.text(0)) }
    return texts
  }
}

extension LensDomain.Column {
  /// The numbers that jobs have.
  fileprivate func used(_ connection: Connection) throws -> Set<Int64> {
    if case .identity(let numbers) = self {
      let rows = try connection.prepare("SELECT job FROM main.job_identity")
      var used: Set<Int64> = []
      while try rows.step() { used.insert(Int64(numbers[Int(rows.integer(0))])) }
      return used
    }
    guard let expression else { return [] }
    let rows = try connection.prepare("SELECT DISTINCT \(expression) FROM \(Self.source)")
    var used: Set<Int64> = []
    while try rows.step() { used.insert(rows.integer(0)) }
    return used
  }
}
