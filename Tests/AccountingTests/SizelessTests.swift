import Store
import Testing

@testable import Accounting

/// Attempts of which no source says what they reserve hold nothing, and a finding says so.
@Suite struct SizelessTests {
  private func findings(_ requirements: String) throws -> [String] {
    var account = SmallAccount()
    account.requirements = requirements
    return try account.built().lines(
      "SELECT subject, message FROM ledger_finding WHERE check_name = 'size-unknown'")
  }

  @Test(
    "Without vCPUs, without memory, without both",
    arguments: [
      "", #"{"type":"VCPU","value":"2"}"#, #"{"type":"MEMORY","value":"4096"}"#,
      #"{"Type":"VCPU","Value":"2"},{"Type":"MEMORY","Value":"4096"}"#,
    ])
  func told(_ requirements: String) throws {
    #expect(
      try findings(requirements) == [
        "1 attempt|no source says how many vCPUs or how much memory it reserved: what it held of instances counts as unused"
      ])
  }

  @Test("With both there is none") func whole() throws {
    #expect(try findings(SmallAccount().requirements) == [])
  }
}
