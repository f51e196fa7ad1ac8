import Domain
import Testing

@testable import Charts

@Suite struct DataTableTests {
  /// 2026-10-28T05:00:00Z and an hour later.
  private static let instants = [1_793_163_600_000, 1_793_167_200_000].map { Cell.instant(Instant(milliseconds: $0)) }
  private static let texts: [Cell] = [.text("2026-10-28T05:00:00Z"), .text("2026-10-28T06:00:00Z")]

  private func drawn(_ times: [Cell], _ costs: [Cell], type: JSON) throws -> Figure.Drawing {
    let spec: JSON = [
      "data": ["name": "costs"], "mark": "bar",
      "encoding": ["x": ["field": "at", "type": type], "y": ["field": "cost_usd", "type": "quantitative"]],
    ]
    let table = DataTable(names: ["at", "cost_usd"], columns: [times, costs])
    return try Figure.draw(spec, data: ["costs": table], width: 400)
  }

  @Test(arguments: ["temporal", "nominal"] as [JSON])
  func instantsAreDrawnAsTheirTexts(_ type: JSON) throws {
    let costs: [Cell] = [.real(1), .real(2.5)]
    let drawing = try drawn(Self.instants, costs, type: type)
    #expect(drawing == (try drawn(Self.texts, costs, type: type)))
    #expect(drawing.description.contains(type == "temporal" ? "Oct" : "2026-10-28T05:00:00Z $1.00"))
  }

  @Test func moneyAndIntegersAreNumbers() throws {
    let money = [1, 2].map { Cell.money(Money(nanodollars: $0 * 500_000_000)) }
    let drawing = try drawn(Self.instants, money, type: "nominal")
    #expect(drawing == (try drawn(Self.instants, [.real(0.5), .integer(1)], type: "nominal")))
  }

  @Test(arguments: [
    ("datum.at < '2026-10-28T05:30:00Z'", Cell.boolean(true)), ("datum.at === '2026-10-28T05:00:00Z'", .boolean(true)),
    ("datum.at + '!'", .text("2026-10-28T05:00:00Z!")), ("hours(datum.at)", .real(5)),
    ("isString(datum.at)", .boolean(true)),
  ]) func expressionsOfInstants(_ text: String, _ expected: Cell) throws {
    #expect(try Expression(parsing: text, path: "").value(["at": Self.instants[0]]) == expected)
  }

  @Test func textIsNotAMeasure() throws {
    #expect(throws: FigureError.self) { try drawn(Self.texts, Self.instants, type: "nominal") }
  }
}
