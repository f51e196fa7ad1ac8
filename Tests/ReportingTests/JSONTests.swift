import Charts
import ReportSamples
import Testing

@testable import Reporting

/// A figure's block is YAML, which includes JSON.
@Suite struct JSONTests {
  @Test func keepsItsValues() throws {
    let json = try JSON(parsing: " {\"a\": [1, -2.5e3, true, null, \"\\u00e9\\n\\U0001F9EC\", \"1\"], \"b\": {}} ")
    #expect(json == ["a": [1, -2500, true, nil, "é\n🧬", "1"], "b": [:]])
    #expect(json.text == "{\"a\":[1,-2500,true,null,\"é\\n🧬\",\"1\"],\"b\":{}}")
    #expect(JSON.number(0.5).text == "0.5")
    #expect(JSON.number(.infinity).text == "null")
  }

  @Test func readsYAML() throws {
    let json = try JSON(parsing: "mark: bar\nx: &half {value: .5, on: ~}\ny: *half\nname: 'null'\n")
    #expect(json == ["mark": "bar", "x": ["value": 0.5, "on": nil], "y": ["value": 0.5, "on": nil], "name": "null"])
  }

  @Test(arguments: [
    "{\"mark\": \"bar\", \"mark\": \"line\"}", "{\"mark\": ", "[1, 2", "\"open", "mark: bar: line",
  ]) func errorsNameTheLine(_ text: String) {
    let error = Sample.error("x\n\n```vega-lite\n\(text)\n```")
    #expect(error.hasPrefix("Reports/test.md:7: vega-lite: ") || error.hasPrefix("Reports/test.md:8: vega-lite: "))
  }
}
