import Foundation
import TestSupport
import Testing

@testable import Collect

@Suite struct CSVReading {
  private func rows(_ text: String, size: Int = 1 << 16, limit: Int = 1 << 24) throws -> (
    rows: [[String]], fault: String?
  ) {
    let folder = try TemporaryFolder()
    let reader = CSVReader(try ByteInput(path: try folder.add("a.csv", text)), size: size, limit: limit)
    var rows: [[String]] = []
    while reader.next() { rows.append((0..<reader.count).map { reader.text($0) }) }
    return (rows, reader.fault)
  }

  @Test func fields() throws {
    let text = "a,b,c\r\n1,,3\n\n\"x,y\",\"he said \"\"no\"\"\",\"two\nlines\"\r\nlast,row,"
    #expect(
      try rows(text).rows == [
        ["a", "b", "c"], ["1", "", "3"], ["x,y", "he said \"no\"", "two\nlines"], ["last", "row", ""],
      ])
  }

  @Test func brokenFilesSayWhere() throws {
    #expect(try rows("a,b\n\"never closed,1\n").fault == "row 2 breaks off inside quotes")
    #expect(
      try rows(String(repeating: "x", count: 9000), size: 1 << 10, limit: 1 << 12).fault?.contains("longer") == true)
    #expect(
      try rows(String(repeating: ",", count: 5000)).fault == "row 1 has more than 4096 columns")
  }

  @Test("The rows are the same however small the buffer: 300 seeds")
  func anyBuffer() throws {
    for seed in UInt64(1)...300 {
      var random = SeededGenerator(seed: seed)
      let expected = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        (0..<Int.random(in: 2...6, using: &random)).map { _ in
          String(
            (0..<Int.random(in: 0...9, using: &random)).map { _ in "ab\",\n\r é".randomElement(using: &random) ?? "a" })
        }
      }
      let text = expected.map { row in
        row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
      }.joined()
      let result = try rows(text, size: Int.random(in: 4...64, using: &random))
      #expect(result.rows == expected, "seed \(seed)")
      #expect(result.fault == nil, "seed \(seed)")
    }
  }

  @Test("A combining mark after a quote makes one character of both; quotes are still undone by bytes")
  func combiningMarks() throws {
    #expect(try rows("\"a\"\"\u{301}b\",\"\"\"\u{301}\"\"\"\n").rows == [["a\"\u{301}b", "\"\u{301}\""]])
  }
}
