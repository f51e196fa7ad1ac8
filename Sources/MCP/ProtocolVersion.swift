/// The supported revisions of the Model Context Protocol.
///
/// Up to 2025-11-25 a connection begins with `initialize`; from 2026-07-28 on every request names its revision, and
/// `server/discover` lists the supported ones.
enum ProtocolVersion {
  static let withHandshake = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]
  static let current = "2026-07-28"
  static let all = withHandshake + [current]

  /// The answer to `initialize`: the offered revision if it is supported, else the newest one that uses `initialize`.
  static func answer(to offered: String?) -> String {
    if let offered, withHandshake.contains(offered) { return offered }
    return withHandshake[withHandshake.count - 1]
  }
}
