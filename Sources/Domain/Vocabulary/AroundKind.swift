/// What costs money around jobs, beside the compute that the ledger divides. Raw values are those of the table
/// `around_kind`.
package enum AroundKind: Int64, CaseIterable, Sendable {
  /// CloudWatch Logs.
  case logs = 0
  /// NAT gateways: hours, and the bytes that pass through.
  case nat
  /// Data transfer between zones of one region.
  case crossZone
  /// Data transfer to the internet and to other regions.
  case dataTransfer
  /// Storage, requests and throughput.
  case s3, efs, fsx

  /// Whether it belongs to whatever sent the bytes, which need not be Batch's.
  package var isTransfer: Bool { self == .crossZone || self == .dataTransfer }
}
