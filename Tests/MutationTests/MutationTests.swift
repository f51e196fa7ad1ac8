import Base
import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Accounting
@testable import Collect
@testable import Insights

/// Spoiled documents of a small account: nothing traps or hangs, memory is bounded, what can be kept is kept, and what
/// is lost is named by a finding.
///
/// Each mutation has its own seed, which is in `Replay.file` while it runs: after a trap, the file says which one it
/// was. `BATCHCOST_MUTATIONS=1000000` makes that many, `BATCHCOST_MUTATION_SEED=4711` starts there.
@Suite(.serialized) struct MutationTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let count = environment["BATCHCOST_MUTATIONS"].flatMap(Int.init) ?? 20_000
  private static let firstSeed = environment["BATCHCOST_MUTATION_SEED"].flatMap(UInt64.init) ?? 1

  /// One mutation in this many goes through the database and the ledger.
  private static let throughLedger = 400

  /// Above what the process used before.
  private static let memoryBound = 400 << 20

  @Test("Whatever is lost is named", .timeLimit(.minutes(600))) func read() async throws {
    let found = try await onOwnThread {
      let (memory, start) = (Replay.peakMemory, ContinuousClock.now)
      let reader = try DocumentReader(CollectionLimits())
      var found = Found()
      forAll(seeds: Self.count, from: Self.firstSeed) { seed, random in
        Replay.note(seed)
        let spoiled = Spoiled(&random)
        let before = ContinuousClock.now
        let page = spoiled.read(reader)
        found.slowest = max(found.slowest, ContinuousClock.now - before)
        let kept = page.documents.values.reduce(0, +)
        if kept < spoiled.part.things, page.findings.isEmpty, kept < spoiled.things {
          found.add(seed, "\(kept) of \(spoiled.things) of \(spoiled.part.name) kept and nothing said", spoiled)
        }
      }
      print("\(Self.count) mutations from seed \(Self.firstSeed) read in \(ContinuousClock.now - start)")
      found.memory = Replay.peakMemory - memory
      return found
    }
    #expect(found.faults == [])
    #expect(found.slowest < .seconds(20))
    #expect(found.memory < Self.memoryBound)
  }

  @Test("The ledger holds whatever was collected", .timeLimit(.minutes(600))) func build() async throws {
    let count = max(1, Self.count / Self.throughLedger)
    let found = try await onOwnThread {
      let (memory, start) = (Replay.peakMemory, ContinuousClock.now)
      let folder = FileManager.default.temporaryDirectory.appending(path: "mutations-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      var found = Found()
      try forAll(seeds: count, from: Self.firstSeed) { seed, random in
        Replay.note(seed)
        let spoiled = Spoiled(&random)
        try spoiled.write(to: folder)
        let database = try Database(path: ":memory:")
        do {
          _ = try Collector().collect(paths: [folder.path], asOf: nil, database: database)
          _ = try Ledger.build(database)
          try Insights.build(database)
        } catch {
          found.add(seed, "\(error)", spoiled)
        }
        let failures = try database.read { connection in try LedgerCheck.failures(connection) }
        if !failures.isEmpty { found.add(seed, "\(failures.map(\.message))", spoiled) }
      }
      print("\(count) of them through the ledger in \(ContinuousClock.now - start)")
      found.memory = Replay.peakMemory - memory
      return found
    }
    #expect(found.faults == [])
    #expect(found.memory < Self.memoryBound)
  }

  @Test("The unspoiled account is read completely") func unspoiled() throws {
    let reader = try DocumentReader(CollectionLimits())
    for part in MutatedAccount.parts {
      let page = Spoiled(part).read(reader)
      #expect(page.documents.values.reduce(0, +) == part.things, "\(part.name)")
      #expect(page.findings.isEmpty, "\(part.name): \(page.findings.list)")
    }
  }
}

/// What the mutations revealed.
private struct Found: Sendable {
  var faults: [String] = []
  var slowest = Duration.zero
  var memory = 0

  mutating func add(_ seed: UInt64, _ fault: String, _ spoiled: Spoiled) {
    faults.append("seed \(seed): \(fault): \(spoiled)")
  }
}

/// One part of the account after a mutation.
struct Spoiled: CustomStringConvertible {
  let part: MutatedAccount.Part
  let mutations: [Mutation]
  let bytes: [UInt8]
  private let whole: Document?

  init(_ part: MutatedAccount.Part) {
    self.part = part
    mutations = []
    bytes = Array(part.text.utf8)
    whole = nil
  }

  init(_ random: inout SeededGenerator) {
    let parts = MutatedAccount.parts
    part = parts[Int.random(in: parts.indices, using: &random)]
    let kinds = part.isJSON ? Mutation.allCases : Mutation.allCases.filter(\.isOfBytes)
    var mutations: [Mutation] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      if let mutation = kinds.randomElement(using: &random) { mutations.append(mutation) }
    }
    // Values first: once its bytes are spoiled, it is no longer a document.
    mutations.sort { !$0.isOfBytes && $1.isOfBytes }
    self.mutations = mutations
    whole = MutatedAccount.documents[part.name]
    var document = whole
    for mutation in mutations where !mutation.isOfBytes {
      document = document.map { mutation.apply(to: $0, &random) }
    }
    var bytes = document.map { Array($0.json.utf8) } ?? Array(part.text.utf8)
    let other = Array(parts[Int.random(in: parts.indices, using: &random)].text.utf8)
    for mutation in mutations where mutation.isOfBytes { bytes = mutation.apply(to: bytes, other: other, &random) }
    self.bytes = bytes
  }

  /// How many things must be kept or reported, not counting those removed from a list.
  var things: Int {
    if bytes.allSatisfy({ $0 <= 0x20 }) { return 0 }
    let left = try? Document(String(decoding: bytes, as: UTF8.self))
    // An empty list has nothing to pick.
    if part.isPicked { return left?.listed == 0 ? 0 : 1 }
    guard let whole else {
      // A missing line is a missing task.
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true).count
      return lines < 2 ? 0 : part.things
    }
    guard let left else { return part.things }
    let removed = whole.listed - left.listed
    return removed > 0 ? max(0, part.things - removed) : part.things
  }

  func read(_ reader: DocumentReader) -> Page {
    var page = Page()
    let padded = bytes + [UInt8](repeating: 0, count: JSONParser.padding)
    padded.withUnsafeBytes { raw in
      let whole = UnsafeRawBufferPointer(rebasing: raw[..<bytes.count])
      if !NextflowTrace.add(whole, to: &page) { reader.read(whole, offset: 0, into: &page) }
    }
    page.reportObjects()
    page.findings.flushTally()
    return page
  }

  /// The account in a folder, with this part spoiled.
  func write(to folder: URL) throws {
    for other in MutatedAccount.parts {
      let data = other.name == part.name ? Data(bytes) : Data(other.text.utf8)
      try data.write(to: folder.appending(path: "\(other.name).json"))
    }
  }

  var description: String { "\(mutations) \(String(decoding: bytes.prefix(3000), as: UTF8.self))" }
}

extension Document {
  /// Elements of its own list, or of its members' lists.
  fileprivate var listed: Int {
    switch self {
    case .list(let list): list.count
    case .object(let members):
      members.reduce(0) { sum, member in
        if case .list(let list) = member.value { sum + list.count } else { sum }
      }
    default: 0
    }
  }
}

/// Which mutation is running, for whoever looks after a crash.
enum Replay {
  /// `batchcost-mutation-PID` in the temporary folder.
  static let file = FileManager.default.temporaryDirectory.appending(path: "batchcost-mutation-\(getpid())").path

  private static let descriptor = open(file, O_CREAT | O_WRONLY | O_TRUNC, 0o600)

  static func note(_ seed: UInt64) {
    let text = "\(seed)\n"
    _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }

  /// In bytes.
  static var peakMemory: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) << 10
  }
}
