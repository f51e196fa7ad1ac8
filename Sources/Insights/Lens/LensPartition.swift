import Base
import Store

/// An account's jobs divided by a common property: a lens for each value, and one for jobs that have none.
package struct LensPartition: Sendable {
  /// `tag:team`; with a pseudonym if names are replaced.
  package let words: String
  /// In the order of their values as shown; the jobs that have none, nil, last.
  package let parts: [(value: String?, lens: Lens)]

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
      let text = value.text
      let shown = text.map { text in everything.subject.kind.flatMap { pseudonyms?.name($0, text) } ?? text }
      return (shown, Lens(everything.subject, text, source: "\(subject)=\(text.map(Self.written) ?? "")"))
    }.sorted { first, second in
      guard let a = first.0, let b = second.0 else { return first.0 != nil && second.0 == nil }
      return a.utf8.lexicographicallyPrecedes(b.utf8)
    }
  }

  /// A value as written in a condition.
  private static func written(_ value: String) -> String {
    let isPlain = !value.isEmpty && !value.contains { "\"\\,".contains($0) }
    return isPlain ? value : "\"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  /// A value, or none. Values are the same if their bytes are: a letter with its accent and the letter followed by the
  /// accent are two tags to AWS, though one text to Swift.
  private struct ExactValue: Hashable {
    let bytes: [UInt8]?

    init(_ text: String?) { bytes = text.map { Array($0.utf8) } }

    var text: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
  }

  private static func values(_ condition: LensCondition, _ connection: Connection) throws -> Set<ExactValue> {
    if condition.subject == .environment {
      let names = try connection.column(
        """
        SELECT DISTINCT NULLIF(n.name, '') FROM main.resource r
        LEFT JOIN main.named_environment n ON n.id = r.compute_environment
        """, of: String?.self)
      return Set(names.map(ExactValue.init))
    }
    var values: Set<ExactValue> = []
    for domain in try LensDomain.all(condition, connection) {
      for number in try domain.column.used(connection) {
        let texts = domain.texts[number] ?? []
        values.insert(ExactValue(texts.first))
      }
    }
    return values
  }
}

extension LensDomain.Column {
  /// The numbers that jobs have.
  fileprivate func used(_ connection: Connection) throws -> Set<Int64> {
    if case .identity(let numbers) = self {
      var used: Set<Int64> = []
      try connection.each("SELECT job FROM main.job_identity") { (job: Int64) in used.insert(Int64(numbers[Int(job)])) }
      return used
    }
    guard let expression else { return [] }
    return Set(try connection.column("SELECT DISTINCT \(expression) FROM \(Self.source)", of: Int64.self))
  }
}
