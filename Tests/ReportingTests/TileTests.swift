import Charts
import Testing

@testable import Reporting

@Suite struct TileTests {
  private static let now = """
    cost_usd|was_usd|change|jobs|less_usd
    9856.57|7989.10|0.234|4732|
    """

  private func tiles(_ yaml: String, _ rows: String = now, front: String = "title: T") throws -> [Tile] {
    let document = try Sample.document("```tiles\n\(yaml)\n```", tables: ["q": rows], front: front)
    guard case .figure(let figure)? = document.blocks.first, case .tiles(let tiles) = figure.body else { return [] }
    return tiles
  }

  @Test(arguments: [
    ("field: q.cost_usd", "$9,857"),
    ("field: q.cost_usd, format: usd_cents", "$9,856.57"),
    ("field: q.jobs", "4,732"),
    ("number: \"{{n_jobs(q.jobs)}}\"", "4,732 jobs"),
  ]) func numbers(_ property: String, _ number: String) throws {
    #expect(try tiles("- {name: Cost, \(property)}").map(\.number) == [number])
  }

  @Test(arguments: [
    "field: q.less_usd", "field: q.less_usd, format: usd_cents", "field: q.cost_usd, needs: q.less_usd",
  ]) func isLeftOutIfItsNumberIsUnknown(_ property: String) throws {
    #expect(try tiles("- {name: Cost, \(property)}") == [])
  }

  @Test func comparesWithThePeriodBefore() throws {
    let tile = try tiles("- {name: Cost, field: q.cost_usd, was: q.was_usd, change: q.change, good: down}")
    #expect(tile.map(\.detail) == ["from $7,989"])
    #expect(tile.first?.change == Tile.Change(text: "23%", isUp: true, token: .negative))
  }

  /// 7,989.10 and 7,989.30 are both $7,989.
  @Test func aChangeTooSmallToShowIsNone() throws {
    let rows = "cost_usd|was_usd|change\n7989.30|7989.10|0.06"
    let tile = try tiles("- {name: Cost, field: q.cost_usd, was: q.was_usd, change: q.change}", rows)
    #expect(tile.first?.change == .unchanged)
  }

  @Test func withoutAPeriodBefore() throws {
    let rows = "cost_usd|was_usd|change\n9856.57||"
    let tile = try tiles(
      "- {name: Cost, field: q.cost_usd, was: q.was_usd, change: q.change, otherwise: first week}", rows)
    #expect(tile.map(\.detail) == ["first week"])
    #expect(tile.first?.change == nil)
  }
}
