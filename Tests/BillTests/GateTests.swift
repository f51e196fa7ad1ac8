import Accounting
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Collect

/// `reconcile --max-unexplained` with nothing to explain: the gate stays shut.
@Suite struct Gates {
  typealias Row = SmallAccount

  private func reconcile(_ arguments: [String], _ folder: TemporaryFolder) async throws -> (
    status: Int32, message: String
  ) {
    let run = try await OtherProgram.run(
      Tool.path, ["reconcile", "--database", folder.path + "/d.sqlite"] + arguments,
      in: URL(fileURLWithPath: folder.path))
    return (run.status, run.err)
  }

  /// A database with one instance of 111122223333 on 5 October.
  private func ledger() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let account = try SmallAccount(path: folder.path + "/d.sqlite")
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    try account.addFargate()
    return folder
  }

  private static let row = Row.row("i-0a", "2026-10-05T09", amount: "1", cost: "0.1", publicCost: "0.1")

  @Test(
    "Another month or account, or unreadable rows: exit 1 and why; too large a difference: 3; a bill that fits: 0",
    arguments: [
      (row, Int32(0), "unexplained: $0, 0% of the bill's effective cost of Batch"),
      (
        row.replacing("2026-10", with: "2026-08"), 1,
        "The bill has usage of account 111122223333 from 2026-08-05 to 2026-08-05; the ledger has account 111122223333 "
          + "from 2026-10-05 to 2026-10-05"
      ),
      (
        row.replacing("111122223333", with: "444455556666"), 1,
        "The bill has usage of account 444455556666 from 2026-10-05 to 2026-10-05; the ledger has account 111122223333 "
          + "from 2026-10-05 to 2026-10-05"
      ),
      (row.replacing("09:00:00Z", with: "today"), 1, "1 of 1 rows cannot be read; row 2 "),
      (row.replacing("1,0.1,0.1", with: "1,0.26,0.26"), 3, "unexplained: $0.16"),
    ] as [(String, Int32, String)])
  func gate(row: String, status: Int32, message: String) async throws {
    let folder = try ledger()
    let path = try folder.add("bill.csv", Row.header + "\n" + row + "\n")
    let result = try await reconcile(["--bill", path, "--max-unexplained", "1%"], folder)
    #expect(result.status == status, "\(result.message)")
    #expect(result.message.contains(message), "\(result.message)")
  }

  @Test("A feed alone compares nothing, nor does a database without a bill, with or without a gate")
  func feedAlone() async throws {
    let folder = try ledger()
    let feed = try folder.add(
      "111122223333.2026-10-05-09.001.b959dbc6",
      "#Version: 1.0\n2026-10-05 09:59:59 UTC\tEU-SpotUsage:c5.large\tRunInstances\ti-0a\tsir-1\t\t0.04 USD\t0.04 USD\t1\n"
    )
    for arguments in [["--bill", feed, "--max-unexplained", "1%"], ["--max-unexplained", "1%"], []] {
      let result = try await reconcile(arguments, folder)
      #expect(result.status == 1)
      #expect(result.message.contains("nothing was compared: no bill with usage of instances or tasks was imported"))
    }
  }

  @Test("Days without a line are not compared, whatever other days have")
  func otherDays() async throws {
    let folder = try ledger()
    let path = try folder.add("bill.csv", Row.header + "\n" + Self.row + "\n")
    for (day, status) in [("2026-10-05", Int32(0)), ("2026-10-06", 1)] {
      let result = try await reconcile(["--bill", path, "--from", day, "--max-unexplained", "1%"], folder)
      #expect(result.status == status, "\(day): \(result.message)")
    }
  }
}
