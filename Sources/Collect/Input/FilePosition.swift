import Domain
import Store

/// How far a file was read, as stored in its checkpoint: the hash of its bytes, the newest times in it, and whether its
/// lists go on in other files.
struct FilePosition: Equatable {
  var hash: UInt64
  var newest: [AccountRegion: Instant]
  var lists = PagedLists()
  /// The accounts and regions that it names, if it has paged lists.
  var places: Set<String> = []

  /// Changes when a newer batchcost reads more from the same bytes.
  private static let version = "5"

  static let source = "file"

  /// `5 9f3c… eu-west-1:111122223333=1793596799762 Reservations>NextToken @eu-west-1:111122223333`
  var text: String {
    let times = newest.sorted { $0.key < $1.key }.map { "\($0.key.text)=\($0.value.milliseconds)" }
    let lists = lists.tokens.map { "\($0.list)>\($0.token ?? "")" }
    return ([Self.version, String(hash, radix: 16)] + times + lists + places.sorted().map { "@\($0)" })
      .joined(separator: " ")
  }

  init(hash: UInt64, newest: [AccountRegion: Instant], lists: PagedLists = PagedLists(), places: Set<String> = []) {
    (self.hash, self.newest, self.lists, self.places) = (hash, newest, lists, places)
  }

  /// Nil for checkpoints of another version.
  init?(_ text: String) {
    let parts = text.split(separator: " ").map(String.init)
    guard parts.count >= 2, parts[0] == Self.version, let hash = UInt64(parts[1], radix: 16) else { return nil }
    self.init(hash: hash, newest: [:])
    for part in parts.dropFirst(2) {
      if part.hasPrefix("@") {
        places.insert(String(part.dropFirst()))
        continue
      }
      if !part.contains("="), let end = part.firstIndex(of: ">") {
        let token = part[part.index(after: end)...]
        lists.note(String(part[..<end]), token: token.isEmpty ? nil : String(token))
        continue
      }
      guard let equals = part.lastIndex(of: "="), let time = Int64(part[part.index(after: equals)...]) else {
        return nil
      }
      newest[AccountRegion(String(part[..<equals]))] = Instant(milliseconds: time)
    }
  }

  func checkpoint(of path: String) -> Checkpoint {
    Checkpoint(
      source: Self.source, scope: path, position: text, at: newest.values.max() ?? Instant(milliseconds: 0))
  }

  /// What was read before, by path.
  static func all(_ connection: Connection) throws -> [String: FilePosition] {
    var positions: [String: FilePosition] = [:]
    try connection.each("SELECT scope, position FROM checkpoint WHERE source = ?", source) {
      (path: String, position: String) in positions[path] = FilePosition(position)
    }
    return positions
  }
}
