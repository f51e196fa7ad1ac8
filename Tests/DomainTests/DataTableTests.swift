import Testing

@testable import Domain

@Suite struct DataTableTests {
  private let table = DataTable(
    ["zone", "cost_usd", "at"],
    rows: [
      [.text("a"), .money(Money(nanodollars: 1)), .instant(Instant(milliseconds: 1_793_596_800_000))],
      [.text("b"), .null, .null], [.text("c")],
    ])

  @Test func keepsColumns() {
    #expect(table.columns[0] == [.text("a"), .text("b"), .text("c")])
    #expect(table["cost_usd"] == [.money(Money(nanodollars: 1)), .null, .null])
    #expect(table[0, "at"] == .instant(Instant(milliseconds: 1_793_596_800_000)))
    #expect(table[0, "price"] == nil)
    #expect(table[3, "zone"] == nil)
    #expect(table.rowCount == 3)
    #expect(DataTable(["zone"]).isEmpty)
    #expect(DataTable([]).rowCount == 0)
  }

  @Test func picksAndSetsColumns() {
    #expect(table.rows([2, 0])["zone"] == [.text("c"), .text("a")])
    let longer = table.setting("share", to: [.real(1), .real(0), .null])
    #expect(longer.names == ["zone", "cost_usd", "at", "share"])
    #expect(longer.setting("share", to: [.null, .null, .null])[0, "share"] == .null)
    #expect(table.row(1) == [.text("b"), .null, .null])
  }

  @Test func writesInFull() {
    let cells: [Cell] = [
      .null, .integer(-3), .real(3), .real(0.1), .text("x"), .money(Money(nanodollars: 1_500_000_000)),
      .instant(Instant(milliseconds: 1_793_596_800_000)), .boolean(true),
    ]
    #expect(cells.map(\.plain) == ["", "-3", "3", "0.1", "x", "1.5", "2026-11-02T05:20:00Z", "true"])
    #expect(cells.map(\.number) == [nil, -3, 3, 0.1, nil, 1.5, nil, nil])
  }

  @Test func addsColumnsThatHaveASum() {
    #expect(Cell.integer(1).adding(.real(0.5)) == .real(1.5))
    #expect(Cell.money(Money(nanodollars: 1)).adding(.money(Money(nanodollars: 2))) == .money(Money(nanodollars: 3)))
    #expect(Cell.money(Money(nanodollars: 1)).adding(.integer(1)) == nil)
    #expect(Cell.integer(.max).adding(.integer(1)) == nil)
    #expect(Cell.instant(Instant(milliseconds: 1)).adding(.integer(1)) == nil)
  }
}
