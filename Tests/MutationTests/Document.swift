import Foundation

/// A JSON value that can be taken apart and put together wrongly: members keep their order and may repeat.
indirect enum Document: Sendable {
  case null
  case flag(Bool)
  /// As written.
  case number(String)
  case text(String)
  case list([Document])
  case object([(name: String, value: Document)])

  init(_ text: String) throws {
    self.init(try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed))
  }

  private init(_ value: Any) {
    switch value {
    case let object as [String: Any]:
      self = .object(object.sorted { $0.key < $1.key }.map { (name: $0.key, value: Document($0.value)) })
    case let list as [Any]: self = .list(list.map { Document($0) })
    case let text as String: self = .text(text)
    case let number as NSNumber: self = Self.isFlag(number) ? .flag(number.boolValue) : .number("\(number)")
    default: self = .null
    }
  }

  private static func isFlag(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }

  var json: String {
    switch self {
    case .null: "null"
    case .flag(let flag): flag ? "true" : "false"
    case .number(let number): number
    case .text(let text): Self.quoted(text)
    case .list(let list): "[\(list.map(\.json).joined(separator: ","))]"
    case .object(let members):
      "{\(members.map { "\(Self.quoted($0.name)):\($0.value.json)" }.joined(separator: ","))}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20: result += "\\u" + String(format: "%04x", scalar.value)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// How many values it holds, itself included.
  var count: Int {
    switch self {
    case .list(let list): list.reduce(1) { $0 + $1.count }
    case .object(let members): members.reduce(1) { $0 + $1.value.count }
    default: 1
    }
  }

  /// Calls `change` on the value at a place in a walk through all values; nil drops it from its list or object.
  mutating func change(_ place: inout Int, _ change: (Document) -> Document?) {
    switch self {
    case .list(var list):
      for index in list.indices {
        if place == 0 {
          place = -1
          if let changed = change(list[index]) { list[index] = changed } else { list.remove(at: index) }
          break
        }
        place -= 1
        list[index].change(&place, change)
        if place < 0 { break }
      }
      self = .list(list)
    case .object(var members):
      for index in members.indices {
        if place == 0 {
          place = -1
          if let changed = change(members[index].value) {
            members[index].value = changed
          } else {
            members.remove(at: index)
          }
          break
        }
        place -= 1
        members[index].value.change(&place, change)
        if place < 0 { break }
      }
      self = .object(members)
    default: break
    }
  }
}
