/// Dates in d3-time-format's syntax, in UTC. Languages other than English have only short names.
enum TimeFormat {
  static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// Whether every directive is known.
  static func isValid(_ specifier: String) -> Bool {
    var characters = Array(specifier)[...]
    while let character = characters.popFirst() {
      guard character == "%" else { continue }
      guard var letter = characters.popFirst() else { return false }
      if "-_0".contains(letter) {
        guard let next = characters.popFirst() else { return false }
        letter = next
      }
      if !"aAbBcdefgGHIjLmMpqQsSuUVwWxXyYZ%".contains(letter) { return false }
    }
    return true
  }

  /// An invalid time gives what JavaScript makes of it: "NaN" for numbers, an empty text for names.
  static func string(_ time: Double, _ specifier: String) -> String {
    let civil = CivilTime(time)
    let isTime = abs(time) <= 8.64e15
    var text = ""
    var characters = Array(specifier)[...]
    while let character = characters.popFirst() {
      guard character == "%", var letter = characters.popFirst() else {
        text.append(character)
        continue
      }
      var pad: Character? = letter == "e" ? " " : "0"
      if "-_0".contains(letter) {
        pad = letter == "-" ? nil : letter == "_" ? " " : "0"
        letter = characters.popFirst() ?? "%"
      }
      text += isTime ? directive(letter, civil, time, pad) : withoutTime(letter, pad)
    }
    return text
  }

  private static func withoutTime(_ letter: Character, _ pad: Character?) -> String {
    switch letter {
    case "a", "A", "b", "B": return ""
    case "p": return "AM"
    case "%": return "%"
    default:
      let width = letter == "Y" || letter == "G" ? 4 : letter == "f" ? 6 : 3
      return (pad.map { String(repeating: $0, count: width - 3) } ?? "") + "NaN"
    }
  }

  private static func directive(_ letter: Character, _ civil: CivilTime, _ time: Double, _ pad: Character?) -> String {
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(abs(value))
      let fill = pad.map { String(repeating: $0, count: max(0, width - digits.count)) } ?? ""
      return (value < 0 ? "-" : "") + fill + digits
    }
    switch letter {
    case "a": return ChartLocale.current.weekdays[civil.weekday]
    case "A": return ChartLocale.current.isEnglish ? days[civil.weekday] : ChartLocale.current.weekdays[civil.weekday]
    case "b": return ChartLocale.current.months[civil.month]
    case "B": return ChartLocale.current.isEnglish ? months[civil.month] : ChartLocale.current.months[civil.month]
    case "c": return string(time, "%-m/%-d/%Y, %-I:%M:%S %p")
    case "d", "e": return padded(civil.day, 2)
    case "f": return padded(civil.millisecond * 1000, 6)
    case "g": return padded(civil.calendarDay.isoWeek.year % 100, 2)
    case "G": return padded(civil.calendarDay.isoWeek.year, 4)
    case "H": return padded(civil.hour, 2)
    case "I": return padded((civil.hour + 11) % 12 + 1, 2)
    case "j": return padded(civil.dayOfYear + 1, 3)
    case "L": return padded(civil.millisecond, 3)
    case "m": return padded(civil.month + 1, 2)
    case "M": return padded(civil.minute, 2)
    case "p": return civil.hour < 12 ? "AM" : "PM"
    case "q": return String(civil.month / 3 + 1)
    case "Q": return Decimals.plain(time)
    case "s": return Decimals.plain((time / 1000).rounded(.down))
    case "S": return padded(civil.second, 2)
    case "u": return String(civil.weekday == 0 ? 7 : civil.weekday)
    case "U": return padded((civil.dayOfYear + 7 - civil.weekday) / 7, 2)
    case "V": return padded(civil.calendarDay.isoWeek.week, 2)
    case "w": return String(civil.weekday)
    case "W": return padded((civil.dayOfYear + 7 - (civil.weekday + 6) % 7) / 7, 2)
    case "x": return string(time, "%-m/%-d/%Y")
    case "X": return string(time, "%-I:%M:%S %p")
    case "y": return padded(civil.year % 100, 2)
    case "Y": return padded(civil.year, 4)
    case "Z": return "+0000"
    default: return "%"
    }
  }

  /// The label of a tick that names only what changes there: ":15", "03 PM", "Wed 28", "November", "2026".
  static func tick(_ time: Double) -> String {
    let specifier =
      TimeInterval(.second).floor(time) < time
      ? ".%L"
      : TimeInterval(.minute).floor(time) < time
        ? ":%S"
        : TimeInterval(.hour).floor(time) < time
          ? "%I:%M"
          : TimeInterval(.day).floor(time) < time
            ? "%I %p"
            : TimeInterval(.month).floor(time) < time
              ? (TimeInterval(.week).floor(time) < time ? "%a %d" : "%b %d")
              : TimeInterval(.year).floor(time) < time ? "%B" : "%Y"
    return string(time, specifier)
  }
}
