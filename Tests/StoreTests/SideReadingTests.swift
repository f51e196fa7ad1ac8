import Testing

@testable import Store

@Suite struct SideReadingTests {
  @Test("the next value is begun before one is used, and values come in order")
  func order() throws {
    var log: [String] = []
    try SideReading<Int>.each(
      3,
      begin: { number in
        log.append("begin \(number)")
        return number == 1 ? nil : SideReading { number * 10 }
      },
      here: { number in
        log.append("here \(number)")
        return number * 10
      },
      use: { log.append("use \($0) \($1)") })
    #expect(
      log == ["begin 0", "begin 1", "use 0 0", "here 1", "begin 2", "use 1 10", "use 2 20"])
  }

  @Test("nothing is begun where there is nothing")
  func nothing() throws {
    try SideReading<Int>.each(0, make: { $0 }, use: { Issue.record("\($0) \($1)") })
  }

  @Test("what a value throws ends it, after those before it were used")
  func failure() {
    var used: [Int] = []
    #expect(throws: StoreError(.statement, "two")) {
      try SideReading<Int>.each(
        4,
        make: { number in
          if number == 2 { throw StoreError(.statement, "two") }
          return number
        },
        use: { number, _ in used.append(number) })
    }
    #expect(used == [0, 1])
  }
}
