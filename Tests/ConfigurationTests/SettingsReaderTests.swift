import Configuration
import Foundation
import Testing

@Suite struct SettingsReaderTests {
  private func reader(_ yaml: String, what: String? = nil) throws -> SettingsReader {
    try SettingsReader(yaml: yaml, file: "x.yaml", firstLine: 1, what: what)
  }

  @Test func aMissingFileIsNotABrokenLink() {
    let error = #expect(throws: SettingError.self) { try SettingsReader(file: "/nowhere/x.yaml") }
    #expect(error?.description == "/nowhere/x.yaml: does not exist")
  }

  @Test func aMisspeltSettingIsNamedWithItsLine() throws {
    let reader = try reader("database: d\nwieghts: cpu-only\n")
    let error = #expect(throws: SettingError.self) { try reader.allow(["database", "weights"]) }
    #expect(error?.description == "x.yaml:2: no setting \"wieghts\" (did you mean \"weights\"?)")
  }

  @Test func aMisspeltPropertyOfAnEntry() throws {
    let entry = try #require(try reader("accounts:\n  - name: a\n    role_am: b\n").readers("accounts").first)
    let error = #expect(throws: SettingError.self) { try entry.allow(["name", "role_arn"]) }
    #expect(error?.description == "x.yaml:3: accounts has no property \"role_am\" (did you mean \"role_arn\"?)")
  }

  @Test(
    "Values of other types are errors",
    arguments: [
      ("a: 3", "x.yaml:1: \"a\" must be a list"), ("\na: {b: 1}", "x.yaml:2: \"a\" must be a list"),
      ("a:\n  - 1", "x.yaml:2: a: an entry must have properties, such as `name: …`"),
    ])
  func types(yaml: String, message: String) throws {
    let reader = try reader(yaml)
    let error = #expect(throws: SettingError.self) { try reader.readers("a") }
    #expect(error?.description == message)
  }

  @Test func anEntryForSeveral() throws {
    let reader = try reader("columns: [a, {fields: [b, c: C, {field: d, sum: no}], sum: yes}, {bars: [e]}]\n")
    let entries = try reader.readers(
      "columns", short: ("field", "label"), known: ["field", "bar", "label", "sum"],
      lists: ["fields": "field", "bars": "bar"])
    let texts = try entries.map { entry in
      try ["field", "bar", "label", "sum"].map { try entry.string($0) ?? "–" }.joined(separator: " ")
    }
    #expect(texts == ["a – – –", "b – – yes", "c – C yes", "d – – no", "– e – –"])
    let wrong = try self.reader("columns:\n  - a\n  - {fields: b, sum: yes}\n")
    let error = #expect(throws: SettingError.self) {
      try wrong.readers("columns", short: ("field", "label"), known: ["field"], lists: ["fields": "field"])
    }
    #expect(error?.description == "x.yaml:3: columns: \"fields\" must be a list")
  }

  @Test func valuesOutOfRange() throws {
    let reader = try reader("a: [1]\nb: x\nc: maybe\nd: inf\n")
    #expect(throws: SettingError(file: "x.yaml", line: 1, "\"a\" must be text")) { try reader.string("a") }
    #expect(throws: SettingError(file: "x.yaml", line: 2, "\"b\" is \"x\", and must be a whole number")) {
      try reader.integer("b")
    }
    #expect(throws: SettingError(file: "x.yaml", line: 3, "\"c\" is \"maybe\", and must be true or false")) {
      try reader.bool("c")
    }
    #expect(throws: SettingError(file: "x.yaml", line: 4, "\"d\" is \"inf\", and must be a number")) {
      try reader.double("d")
    }
  }

  @Test(arguments: ["a: [", "a: 1\na: 2", "\tb: 1"])
  func invalidYAMLIsAnError(yaml: String) {
    #expect(throws: SettingError.self) { try reader(yaml) }
  }

  @Test("A file in another encoding is refused by name")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "x.yaml").path
    func message() -> String {
      do { return "\(try SettingsReader(file: path).properties.keys.sorted())" } catch { return "\(error)" }
    }
    try Data("\u{FEFF}a: 1".utf8).write(to: URL(fileURLWithPath: path))
    #expect(message() == "[\"a\"]")
    try Data([0xFF, 0xFE, 0x61, 0]).write(to: URL(fileURLWithPath: path))
    #expect(message() == "\(path): is UTF-16; save it as UTF-8")
    try Data([0x61, 0x3A, 0xE9]).write(to: URL(fileURLWithPath: path))
    #expect(message() == "\(path): is not UTF-8; save it as UTF-8")
    try Data("just words".utf8).write(to: URL(fileURLWithPath: path))
    #expect(message() == "\(path):1: must hold settings, such as `weights: cpu-only`")
  }
}
