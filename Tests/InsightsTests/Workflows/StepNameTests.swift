import Domain
import Store
import Testing

@testable import Insights

/// Two flows whose steps are called alike, as every flow of Metaflow has a `start`, in runs of the same name. At $0.20 an hour:
///
///     F start 09:00–09:30 $0.10, G start 10:00–11:00 $0.20, G train 11:01–11:16 $0.05
@Suite struct StepNameTests {
  private func account() throws -> LensTests.Account {
    try LensTests.Account("two flows") { database in
      var story = try ClientStory(FactBase(in: database))
      for (flow, step, task, from, to) in [
        ("F", "start", 1, "09:00", "09:30"), ("G", "start", 2, "10:00", "11:00"), ("G", "train", 3, "11:01", "11:16"),
      ] { try story.job("bob-\(flow)-17-\(step)-\(task)-0", from, to, definition: "metaflow_x") }
    }
  }

  private func steps(_ query: String, _ database: Database) throws -> [String: Cell] {
    let rows = try database.read {
      try $0.rows(QueryLibrary().query(query), parameters: ["from": "2026-10-19", "to": "2026-10-20"])
    }
    // Unused cost belongs to no step.
    let told = try (0..<rows.rowCount).filter { try !#require(rows[$0, "step"]).isNull }
    return try told.reduce(into: [:]) { found, row in
      let step = try #require(rows[row, "step"]).plain
      try #require(found[step] == nil, "\(step) twice")
      found[step] = rows[row, "cost_usd"]
    }
  }

  @Test(
    "Steps with the same name in several workflows are told apart in tables",
    arguments: ["cost-by-job-definition", "cost-by-job-definition-by-day", "unit-costs"])
  func told(_ query: String) throws {
    #expect(
      try steps(query, account().open()) == ["F · start": usd("0.1"), "G · start": usd("0.2"), "train": usd("0.05")])
  }

  @Test(
    "Among the chosen jobs only, and by workflow, by name, and as tables show it",
    arguments: [
      ("run=17", ["F · start": "0.1", "G · start": "0.2", "train": "0.05"]), ("workflow=F", ["start": "0.1"]),
      ("workflow=G", ["start": "0.2", "train": "0.05"]), ("step=start", ["F · start": "0.1", "G · start": "0.2"]),
      ("step=F · start", ["start": "0.1"]), ("workflow~*", ["F · start": "0.1", "G · start": "0.2", "train": "0.05"]),
    ])
  func chosen(_ condition: String, _ expected: [String: String]) throws {
    let account = try account()
    #expect(try steps("cost-by-job-definition", account.open(condition)) == expected.mapValues(usd))
    #expect(try steps("run-steps", account.open(condition)) == expected.mapValues(usd))
  }

  @Test func aPartitionByStepSeparatesThemToo() throws {
    let account = try account()
    let database = try Database(readingFrom: account.path)
    #expect(
      try database.read { try LensPartition(by: "step", $0) }.parts.map(\.value) == ["F · start", "G · start", "train"])
    #expect(try database.read { try LensPartition(by: "workflow", $0) }.parts.map(\.value) == ["F", "G"])
  }
}
