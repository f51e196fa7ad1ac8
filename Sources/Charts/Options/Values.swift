import Base
import Domain

/// A colour in a spec: by meaning, which a theme resolves, or literal.
enum Ink: Equatable, Sendable {
  case token(Token)
  case color(Color)

  init?(_ text: String) {
    if let token = Token(rawValue: text) {
      self = .token(token)
    } else if let color = Color(text, theme: .light) {
      self = .color(color)
    } else {
      return nil
    }
  }

  func color(_ theme: Theme) -> Color {
    switch self {
    case .token(let token): theme[token]
    case .color(let color): color
    }
  }
}

extension Reader<Ink> {
  static var color: Reader {
    Reader("a colour") { json, path throws(FigureError) in
      guard let text = json.string else { return nil }
      if let ink = Ink(text) { return ink }
      let hint = Spelling.hint(text, among: Token.allCases.map(\.rawValue))
      throw FigureError(
        path, "no colour \"\(text)\"\(hint); use a token, #rrggbb or a common CSS name")
    }
  }
}

/// A constant in a spec whose type depends on its use: a number, a text, a dash.
indirect enum Constant: Equatable, Sendable {
  case null
  case number(Double)
  case text(String)
  case boolean(Bool)
  case numbers([Double])
  /// `{"year": 2026, "month": 10}`
  case time(CivilTime)

  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var text: String? { if case .text(let text) = self { text } else { nil } }

  /// As a table cell.
  var value: Cell {
    switch self {
    case .number(let number): .real(number)
    case .text(let text): .text(text)
    case .boolean(let boolean): .boolean(boolean)
    case .null, .numbers, .time: .null
    }
  }
}

extension Reader<Constant> {
  static var constant: Reader {
    Reader("a number, a text or a date") { json, path throws(FigureError) in
      switch json {
      case .null: .null
      case .number(let number): .number(number)
      case .string(let text): .text(text)
      case .boolean(let boolean): .boolean(boolean)
      case .array(let items): .numbers(items.compactMap(\.number))
      case .object: try CivilTime(DateOptions(json, path), path).map { .time($0) }
      }
    }
  }
}

/// `{"year": 2026, "month": 10, "date": 28, "hours": 5}`: months count from 1, as in Vega-Lite.
struct DateOptions: Options {
  var year, quarter, date, hours, minutes, seconds, milliseconds: Double?
  var month: Constant?
  var utc: Bool?

  static let fields: [Field<Self>] = [
    Field("year", \.year, .number), Field("quarter", \.quarter, .number),
    Field("month", \.month, .numberOrText),
    Field("date", \.date, .number), Field("hours", \.hours, .number),
    Field("minutes", \.minutes, .number),
    Field("seconds", \.seconds, .number), Field("milliseconds", \.milliseconds, .number),
    Field("utc", \.utc, .boolean),
  ]
}

extension Reader<Constant> {
  static var numberOrText: Reader {
    Reader("a number or a text") { json, _ in
      json.number.map { .number($0) } ?? json.string.map { .text($0) }
    }
  }
}

extension CivilTime {
  /// - Throws: if there is no month of that name.
  init?(_ options: DateOptions, _ path: String) throws(FigureError) {
    var month = options.quarter.map { (Int(bounded: $0) - 1) * 3 } ?? 0
    switch options.month {
    case .number(let number)?: month = Int(bounded: number) - 1
    case .text(let name)?:
      guard
        let found = TimeFormat.months.firstIndex(where: {
          $0.lowercased().hasPrefix(name.lowercased().prefix(3))
        })
      else { throw FigureError("\(path).month", "there is no month \"\(name)\"") }
      month = found
    default: break
    }
    let part = { (number: Double?) in number.map { Int(bounded: $0) } }
    self.init(
      year: part(options.year) ?? 2012, month: month, day: part(options.date) ?? 1,
      hour: part(options.hours) ?? 0,
      minute: part(options.minutes) ?? 0, second: part(options.seconds) ?? 0,
      millisecond: part(options.milliseconds) ?? 0)
  }
}

/// The weight of text: 400 is regular, 700 bold.
struct Weight: Equatable, Sendable {
  var number: Int

  static let plain = Weight(number: 400)
}

extension Reader<Weight> {
  static var weight: Reader {
    Reader("a number, \"normal\", \"bold\", \"bolder\", \"lighter\"") {
      json, path throws(FigureError) in
      if let number = json.number { return Weight(number: Int(bounded: number)) }
      return try Reader.word(["normal", "bold", "bolder", "lighter"]) { word in
        Weight(
          number: word == "bold" ? 700 : word == "bolder" ? 800 : word == "lighter" ? 300 : 400)
      }.read(json, path)
    }
  }
}

/// A title: text, which may be wrapped, or lines of text, which are not changed.
enum TitleText: Equatable, Sendable {
  case text(String)
  case lines([String])

  var words: String {
    switch self {
    case .text(let text): text
    case .lines(let lines): lines.joined(separator: " ")
    }
  }
}

extension Reader<TitleText> {
  static var title: Reader {
    Reader("a text or a list of texts") { json, path throws(FigureError) in
      if let text = json.string { return .text(text) }
      return try Reader<[String]>.list(.string).read(json, path).map { .lines($0) }
    }
  }
}

/// A number of ticks, or an interval of time.
enum TickCount: Equatable, Sendable {
  case count(Double)
  case interval(TimeInterval)
  /// An unknown interval, which Vega-Lite treats as none.
  case other
}

/// `{"interval": "month", "step": 3}`
struct IntervalOptions: Options {
  var interval: String?
  var step: Double?

  static let fields: [Field<Self>] = [
    Field("interval", \.interval, .string), Field("step", \.step, .number),
  ]
}

extension Reader<TickCount> {
  static var tickCount: Reader {
    Reader("a number, a text or an object") { json, path throws(FigureError) in
      if let number = json.number { return .count(number) }
      if let name = json.string { return TimeInterval(name, 1).map { .interval($0) } ?? .other }
      guard json.members != nil else { return nil }
      let options = try IntervalOptions(json, path)
      return TimeInterval(options.interval ?? "", Int(bounded: options.step ?? 1)).map {
        .interval($0)
      } ?? .other
    }
  }
}
