import Base

/// A JSON value whose objects keep their order: a figure's spec before it is interpreted.
package indirect enum JSON: Equatable, Sendable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  /// Names may repeat: the last counts.
  case object([Member])

  package struct Member: Equatable, Sendable {
    package var name: String
    package var value: JSON

    package init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// Nil if this is no object, or has no such member.
  package subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// Nil if it is anything else; so are the others below.
  package var string: String? {
    guard case .string(let string) = self else { return nil }
    return string
  }

  package var number: Double? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  package var boolean: Bool? {
    guard case .boolean(let boolean) = self else { return nil }
    return boolean
  }

  package var array: [JSON]? {
    guard case .array(let array) = self else { return nil }
    return array
  }

  package var members: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// The object with this member added or replaced.
  package func setting(_ name: String, to value: JSON) -> JSON {
    var members = (self.members ?? []).filter { $0.name != name }
    members.append(Member(name, value))
    return .object(members)
  }

  /// `other` merged over this: objects merge by name, everything else is replaced.
  package func merging(_ other: JSON) -> JSON {
    guard case .object(var mine) = self, case .object(let theirs) = other else { return other }
    for member in theirs {
      if let index = mine.firstIndex(where: { $0.name == member.name }) {
        mine[index].value = mine[index].value.merging(member.value)
      } else {
        mine.append(member)
      }
    }
    return .object(mine)
  }
}

extension JSON {
  /// On one line, as in RFC 8259.
  package var text: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number(let number): !number.isFinite ? "null" : Int64(exactly: number).map { String($0) } ?? String(number)
    case .string(let string): string.quotedJSON
    case .array(let items): "[\(items.map(\.text).joined(separator: ","))]"
    case .object(let members):
      "{\(members.map { "\($0.name.quotedJSON):\($0.value.text)" }.joined(separator: ","))}"
    }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(integerLiteral value: Int) { self = .number(Double(value)) }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member($0.0, $0.1) }) }
  package init(nilLiteral: ()) { self = .null }
}
