/// A mark by its name, or with properties.
struct MarkGiven: Equatable, Sendable {
  var type: MarkType
  var options: MarkOptions
  /// Points on a line or an area, drawn as a separate mark.
  var point: Overlay?
  /// The line on an area.
  var line: Overlay?

  enum Overlay: Equatable, Sendable {
    case off
    case on(MarkOptions)
    case transparent
  }
}

extension Reader<MarkGiven> {
  static var mark: Reader {
    Reader("a text or an object") { json, path throws(FigureError) in
      if let name = json.string {
        return MarkGiven(type: try type(name, path), options: MarkOptions())
      }
      guard json.members != nil else { return nil }
      var (type, point, line): (MarkType?, MarkGiven.Overlay?, MarkGiven.Overlay?)
      var own: [JSON.Member] = []
      for member in json.members ?? [] {
        let place = "\(path).\(member.name)"
        switch member.name {
        case "type":
          type = try Self.type(try Reader<String>.string.value(member.value, place), place)
        case "point": point = try overlay(member.value, place, isPoint: true)
        case "line": line = try overlay(member.value, place, isPoint: false)
        default: own.append(member)
        }
      }
      guard let type else { throw FigureError("\(path).type", "a mark needs a type") }
      return MarkGiven(
        type: type, options: try MarkOptions(.object(own), path), point: point, line: line)
    }
  }

  private static func type(_ name: String, _ path: String) throws(FigureError) -> MarkType {
    if let type = MarkType(rawValue: name) { return type }
    let known = MarkType.allCases.map(\.rawValue).joined(separator: ", ")
    let hint = name == "arc" ? "use a bar: lengths compare better than angles" : "use \(known)"
    throw FigureError(path, "no mark \"\(name)\" (\(hint))")
  }

  private static func overlay(_ json: JSON, _ path: String, isPoint: Bool) throws(FigureError)
    -> MarkGiven.Overlay
  {
    if let flag = json.boolean { return flag ? .on(MarkOptions()) : .off }
    if isPoint, json.string == "transparent" { return .transparent }
    guard json.members != nil else {
      throw FigureError(
        path, "expected true or false\(isPoint ? " or \"transparent\"" : "") or an object")
    }
    return .on(try MarkOptions(json, path))
  }
}
