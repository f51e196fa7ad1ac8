@testable import Base
@testable import Configuration
@testable import Domain

/// Times, numbers and names; settings.
let textTargets = [
  FuzzTarget(name: "times") { bytes in
    guard let milliseconds = ISO8601.milliseconds(Array(bytes)[...]) else { return }
    precondition(ISO8601.milliseconds(ISO8601.text(milliseconds)) == milliseconds, "a time that reads otherwise again")
  },
  FuzzTarget(name: "decimals") { bytes in
    let text = bytes.text
    for places in [0, 3, 9, 18] {
      guard let value = parseDecimal(text, places: places) else { continue }
      precondition(parseDecimal(decimalString(value, places: places), places: places) == value, "another number again")
    }
    _ = Rate(decimal: text)
  },
  FuzzTarget(name: "shown") { bytes in
    let text = bytes.text
    let shown = text.shownInLine
    precondition(shown.shownInLine == shown, "what may be shown changes when it is shown again")
    precondition(!shown.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f }, "a control character")
    _ = Spelling.hint(String(text.prefix(64)), among: ["weights", "budgets", "accounts"])
  },
  FuzzTarget(name: "yaml") { bytes in
    guard let reader = try? SettingsReader(yaml: bytes.text, file: "f", firstLine: 1, what: nil) else { return }
    read(reader, depth: 0)
  },
]

/// Reads a settings file in every way, whatever it holds.
private func read(_ reader: SettingsReader, depth: Int) {
  try? reader.allow(["weights", "accounts"])
  for name in reader.properties.keys.prefix(20) {
    _ = try? reader.string(name)
    _ = try? reader.integer(name)
    _ = try? reader.double(name)
    _ = try? reader.bool(name)
    _ = try? reader.strings(name)
    _ = try? reader.texts(name)
    _ = reader.line(name)
    guard depth < 8 else { continue }
    if let readers = try? reader.readers(name) { for inner in readers.prefix(8) { read(inner, depth: depth + 1) } }
    if let inner = try? reader.reader(name) { read(inner, depth: depth + 1) }
  }
}
