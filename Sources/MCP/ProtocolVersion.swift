/// The revisions of the Model Context Protocol that are spoken.
///
/// Up to 2025-11-25 a connection begins with `initialize`; from 2026-07-28 on every request names its revision, and
/// `server/discover` says what is spoken.
enum ProtocolVersion {
  static let withHandshake = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]
  static let current = "2026-07-28"
  static let all = withHandshake + [current]

  /// What `initialize` answers: what was offered where it is spoken, else the newest that begins so.
  static func answer(to offered: String?) -> String {
    if let offered, withHandshake.contains(offered) { return offered }
    return withHandshake[withHandshake.count - 1]
  }
}
