import Foundation
import Store
import TestSupport
import Testing

/// What Grafana would show: the SQL of the dashboard's panels, on accounts in dollars and in CNY.
@Suite struct GrafanaTests {
  private struct Board: Decodable {
    struct Panel: Decodable {
      var title: String
      var targets: [Target]
    }
    struct Target: Decodable { var rawQueryText: String }
    struct Variables: Decodable { var list: [Variable] }
    struct Variable: Decodable {
      var name: String
      var query: String
    }
    var panels: [Panel]
    var templating: Variables
  }

  private static let board = Result {
    let file = Repository.root.appendingPathComponent("packaging/grafana/batchcost.json")
    return try JSONDecoder().decode(Board.self, from: Data(contentsOf: file))
  }

  /// Two hours of a c5.xlarge at 0.2 an hour, the first held by a job: 0.4 in the region's currency.
  private func account(_ region: String) throws -> FactBase {
    var facts = try FactBase()
    try facts.collected(at: "2026-10-20T05:00:00Z")
    try facts.execute("UPDATE account_region SET region = '\(region)'; UPDATE list_price SET region = '\(region)'")
    try facts.instance(1, spot: false, "2026-10-19T09:00:00Z", "2026-10-19T11:00:00Z")
    try facts.job(queue: FactBase.onDemandQueue, [.init(on: 1, "2026-10-19T09:00:00Z", "2026-10-19T10:00:00Z")])
    try facts.build()
    return facts
  }

  private func column(_ sql: String, _ facts: FactBase, _ index: Int32 = 0) throws -> [String?] {
    try facts.database.read { connection in
      let rows = try connection.prepare(sql)
      var found: [String?] = []
      while try rows.step() { found.append(rows.isNull(index) ? nil : rows.text(index)) }
      return found
    }
  }

  @Test(arguments: [("eu-west-1", "USD"), ("cn-north-1", "CNY")])
  func everyMoneyPanelHasData(region: String, currency: String) throws {
    let board = try Self.board.get()
    let facts = try account(region)
    let variable = try #require(board.templating.list.first { $0.name == "currency" })
    #expect(try column(variable.query, facts) == [currency])
    func values(_ title: String, _ index: Int32 = 0) throws -> [String?] {
      let panel = try #require(board.panels.first { $0.title == title }, "\(title)")
      let sql = try #require(panel.targets.first).rawQueryText.replacing("${currency}", with: currency)
        .replacing("$__from", with: "1792000000000").replacing("$__to", with: "1793000000000")
      return try column(sql, facts, index)
    }
    #expect(try values("Cost, ${currency}") == ["0.4"])
    #expect(try values("Unused, ${currency}") == ["0.2"])
    #expect(try values("Cost by day, ${currency}", 2) == ["0.2", "0.2"])
    #expect(try values("Unused by kind, ${currency}", 1).contains("0.2"))
    #expect(try values("By queue, ${currency}", 1) == ["0.2", "0.2"])
    #expect(try values("By compute environment, ${currency}", 1) == ["0.4"])
    #expect(try values("Jobs that cost most, ${currency}", 2) == ["0.2"])
  }
}
