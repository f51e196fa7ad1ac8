import Domain
import Testing

@testable import Charts

/// What a user reads when a spec is wrong: where, what, and what to do.
@Suite struct ErrorTests {
  static let cases: [(spec: JSON, message: String)] = [
    (
      ["mark": "bar", "encoding": ["x": ["field": "a", "axis": ["foo": 1]]]],
      "encoding.x.axis.foo: no such property"
    ),
    (
      ["mark": "bar", "encoding": ["x": ["field": "a", "axis": ["labelColour": "ink"]]]],
      "encoding.x.axis.labelColour: no such property (did you mean \"labelColor\"?)"
    ),
    (["mark": "arc", "encoding": [:]], "mark: no mark \"arc\" (use a bar: lengths compare better than angles)"),
    (
      ["mark": "bar", "params": []],
      "params: not supported (a page has no selections; filter in the query)"
    ),
    (
      ["data": ["url": "cars.json"], "mark": "bar"],
      "data.url: not supported (a figure reads nothing from disk or network; use a query's name)"
    ),
    (
      [
        "data": ["values": [["cost": 1]]], "mark": "bar", "encoding": ["x": ["field": "cots", "type": "quantitative"]],
      ],
      "encoding.x.field: the data has no column \"cots\" (did you mean \"cost\"?); it has cost"
    ),
    (
      ["data": ["name": "cost-by-dya"], "mark": "bar"],
      "data.name: there is no data named \"cost-by-dya\" (did you mean \"cost-by-day\"?)"
    ),
    (
      ["layer": [["mark": "bar"], ["mark": ["type": "line", "interpolate": "basis"]]]],
      "layer[1].mark.interpolate: \"basis\" is not supported; use linear, step, monotone, step-after, step-before"
    ),
    (
      ["data": ["values": [["a": 1]]], "transform": [["filter": "datum.a >"]], "mark": "bar"],
      "transform[0].filter: in the expression \"datum.a >\": it ends too early"
    ),
    (
      ["mark": ["type": "bar", "color": "on-demnad"]],
      "mark.color: no colour \"on-demnad\" (did you mean \"on-demand\"?); use a token, #rrggbb or a common CSS name"
    ),
  ]

  @Test(arguments: cases.indices)
  func saysWhereAndWhat(_ index: Int) {
    let (spec, message) = Self.cases[index]
    let table = DataTable(names: ["day"], columns: [[.text("2026-10-28")]])
    do {
      _ = try Figure.draw(spec, data: ["cost-by-day": table], width: 400)
      Issue.record("drawn without complaint")
    } catch {
      #expect(error.description == message)
    }
  }
}
