import Domain
import Store

extension Ledger {
  /// A digest of all postings, with names in place of row numbers: equal ledgers have equal digests.
  package static func fingerprint(_ database: Database) throws -> String {
    try database.read { connection in
      let rows = try connection.prepare(
        """
        SELECT r.kind, r.name, p.day, p.account, j.job_id, t.ordinal, p.purchase_option, p.price_source, p.ms,
          p.milli_vcpu_ms, p.mib_ms, p.gpu_ms, p.unpriced_ms, p.cost, p.on_demand, p.list_cost, p.unused_by_instance,
          p.unused_by_aws
        FROM posting p JOIN resource r ON r.id = p.resource
        LEFT JOIN attempt t ON t.id = p.attempt LEFT JOIN job j ON j.id = t.job
        """)
      // Sums of two hashes of each row, independent of the order of rows.
      var (first, second): (UInt64, UInt64) = (0, 0)
      while try rows.step() {
        var digest = RowDigest()
        for column in [0, 1, 4] as [Int32] { digest.add(rows.optionalText(column)) }
        for column in [2, 3, 5] + Array(6...17) as [Int32] { digest.add(rows.optionalInteger(column)) }
        first &+= UInt64(bitPattern: digest.value)
        digest.add(Int64(1))
        second &+= UInt64(bitPattern: digest.value)
      }
      return hexadecimal(first) + hexadecimal(second)
    }
  }

  private static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
