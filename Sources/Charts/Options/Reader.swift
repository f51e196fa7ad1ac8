import Base

/// Converts a JSON value to one of our types.
struct Reader<Value: Sendable>: Sendable {
  /// `a number`, for errors.
  let expected: String
  /// Nil if the JSON has another type.
  let read: @Sendable (JSON, _ path: String) throws(FigureError) -> Value?

  init(_ expected: String, _ read: @escaping @Sendable (JSON, String) throws(FigureError) -> Value?) {
    self.expected = expected
    self.read = read
  }

  func value(_ json: JSON, _ path: String) throws(FigureError) -> Value {
    guard let value = try read(json, path) else { throw FigureError(path, "expected \(expected)") }
    return value
  }
}

extension Reader {
  static func orNull<Wrapped>(_ reader: Reader<Wrapped>) -> Reader where Value == Nullable<Wrapped> {
    Reader("\(reader.expected) or null") { json, path throws(FigureError) in
      json == .null ? .null : try reader.read(json, path).map { .some($0) }
    }
  }

  /// The value, or `{"condition": {"test": …, "value": …}, "value": …}`.
  static func conditional<Wrapped>(_ reader: Reader<Wrapped>) -> Reader where Value == Conditional<Wrapped> {
    Reader("\(reader.expected) or an object") { json, path throws(FigureError) in
      guard json.members != nil else { return try reader.read(json, path).map { Conditional(otherwise: $0) } }
      let options = try ConditionOptions<Wrapped>(json, path, reader)
      return Conditional(clauses: options.clauses, otherwise: options.otherwise)
    }
  }
}

/// The parts of a conditional value.
private struct ConditionOptions<Value: Equatable & Sendable> {
  var clauses: [Conditional<Value>.Clause] = []
  var otherwise: Value?

  init(_ json: JSON, _ path: String, _ reader: Reader<Value>) throws(FigureError) {
    for member in json.members ?? [] {
      let place = "\(path).\(member.name)"
      switch member.name {
      case "value": otherwise = try reader.value(member.value, place)
      case "condition":
        let list = member.value.array ?? [member.value]
        for (index, clause) in list.enumerated() {
          let place = member.value.array == nil ? place : "\(place)[\(index)]"
          clauses.append(try Self.clause(clause, place, reader))
        }
      default: throw FigureError(place, unknown: member.name, among: ["condition", "value"])
      }
    }
  }

  private static func clause(
    _ json: JSON, _ path: String, _ reader: Reader<Value>
  ) throws(FigureError) -> Conditional<Value>.Clause {
    guard let members = json.members else { throw FigureError(path, "expected an object") }
    for member in members where !["test", "value"].contains(member.name) {
      throw FigureError("\(path).\(member.name)", unknown: member.name, among: ["test", "value"])
    }
    guard let value = json["value"] else {
      throw FigureError(path, "a condition needs a \"value\"")
    }
    return .init(
      test: try Reader<Expression>.predicate.value(json["test"] ?? "true", "\(path).test"),
      value: try reader.value(value, "\(path).value"))
  }
}

extension Reader {
  static func list<Item>(_ item: Reader<Item>) -> Reader where Value == [Item] {
    Reader("a list of \(item.expected.dropFirst(item.expected.hasPrefix("a ") ? 2 : 0))") {
      json, path throws(FigureError) in
      guard let array = json.array else { return nil }
      var items: [Item] = []
      for (index, json) in array.enumerated() {
        items.append(try item.value(json, "\(path)[\(index)]"))
      }
      return items
    }
  }

  /// One of an enumeration's words.
  static func word() -> Reader where Value: RawRepresentable<String> & CaseIterable {
    word(Value.allCases.map(\.rawValue)) { Value(rawValue: $0) }
  }

  static func word(_ words: [String], _ make: @escaping @Sendable (String) -> Value?) -> Reader {
    Reader(words.map { "\"\($0)\"" }.joined(separator: ", ")) { json, path throws(FigureError) in
      guard let text = json.string else { return nil }
      if words.contains(text), let value = make(text) { return value }
      let list = words.count < 12 ? "; use \(words.joined(separator: ", "))" : ""
      throw FigureError(path, "\"\(text)\" is not supported\(Spelling.hint(text, among: words))\(list)")
    }
  }

  static func options() -> Reader where Value: Options {
    Reader("an object") { json, path throws(FigureError) in
      json.members == nil ? nil : try Value(json, path)
    }
  }
}

extension Reader<Double> {
  static var number: Reader { Reader("a number") { json, _ in json.number } }
}

extension Reader<Bool> {
  /// Any value.
  static var any: Reader { Reader("a value") { _, _ in true } }

  static var boolean: Reader { Reader("true or false") { json, _ in json.boolean } }
}

extension Reader<String> {
  static var string: Reader { Reader("a text") { json, _ in json.string } }

  /// A d3 format for numbers or times.
  static var format: Reader {
    Reader("a format") { json, path throws(FigureError) in
      guard let text = json.string else { return nil }
      if NumberFormat(text) == nil, !(text.contains("%") && TimeFormat.isValid(text)) {
        throw FigureError(
          path,
          "\"\(text)\" is neither a number format (\",.2f\") nor a time format (\"%-d %b\") of d3")
      }
      return text
    }
  }
}
