import Foundation

/// A file of a bill, and its type by its first bytes.
struct BillFile: Equatable {
  enum Kind: Equatable { case csv, parquet, spotFeed }

  let path: String
  let kind: Kind
}

/// The files to import from the given paths: if there are manifests, they decide.
struct BillFiles {
  private(set) var files: [BillFile] = []
  /// Skipped files, and why.
  private(set) var notes: [(path: String, message: String)] = []

  init(_ paths: [String]) throws {
    let found = inputFiles(paths)
    var listed: Set<String> = []
    var governed: Set<String> = []
    let manifests = found.compactMap { BillManifest(path: $0) }
    let newest = Dictionary(grouping: manifests, by: \.subject).values.compactMap { $0.max { $0.rank < $1.rank } }
    for manifest in newest.sorted(by: { $0.path < $1.path }) {
      for key in manifest.files {
        guard let path = manifest.locate(key) else {
          // Half a bill is worse than none: the rest would look as if it had cost nothing.
          throw CollectionError(
            path: manifest.path,
            reason: "names \(key), which is missing: copy it too, or name the files to import without the manifest")
        }
        listed.insert(path)
        governed.insert(Self.folder(path))
        try add(path)
      }
    }
    // Chunks of manifests that were replaced by newer ones.
    for manifest in manifests { governed.formUnion(manifest.files.compactMap { manifest.locate($0).map(Self.folder) }) }
    // A legacy report's manifest is above the folders of its executions.
    let above = newest.map { Self.folder($0.path) + "/" }
    let named = listed.union(manifests.map(\.path))
    let loose = found.filter { !named.contains($0) }
    let outdated = Self.outdated(loose)
    for path in loose {
      if outdated.contains(path) {
        notes.append((path, "belongs to an older execution of its export: skipped"))
      } else {
        try add(path, isGoverned: governed.contains(Self.folder(path)) || above.contains { path.hasPrefix($0) })
      }
    }
  }

  /// - Parameter isGoverned: whether a manifest covers the bills of this folder without naming this one.
  private mutating func add(_ path: String, isGoverned: Bool = false) throws {
    let (head, fault) = try BillFile.head(path)
    if let fault, head.isEmpty {
      notes.append((path, fault))
    } else if head.starts(with: "#Version:".utf8) || head.starts(with: "#Fields:".utf8) {
      files.append(BillFile(path: path, kind: .spotFeed))
    } else if isGoverned {
      notes.append((path, "is not in the manifest: skipped"))
    } else if head.starts(with: "PAR1".utf8) {
      files.append(BillFile(path: path, kind: .parquet))
    } else if head.isEmpty {
      // In overwrite mode AWS empties chunks that it no longer needs.
      notes.append((path, "is empty"))
    } else if BillHead(head).isBill {
      files.append(BillFile(path: path, kind: .csv))
    } else {
      notes.append((path, "is neither a CUR, a FOCUS export, a Spot data feed nor a manifest: skipped"))
    }
  }

  private static func folder(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  /// Files in `BILLING_PERIOD=2026-10/<execution>/` of all executions except the last of each period.
  private static func outdated(_ paths: [String]) -> Set<String> {
    var byPeriod: [String: [(execution: String, path: String)]] = [:]
    for path in paths {
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      guard let index = parts.firstIndex(where: { $0.hasPrefix("BILLING_PERIOD=") }), index + 2 == parts.count - 1
      else { continue }
      let period = parts[...index].joined(separator: "/")
      byPeriod[period, default: []].append((String(parts[index + 1]), path))
    }
    var outdated: Set<String> = []
    for files in byPeriod.values {
      let last = files.map(\.execution).max()
      outdated.formUnion(files.filter { $0.execution != last }.map(\.path))
    }
    return outdated
  }
}

extension BillManifest {
  /// The largest is the newest. In a legacy report that is the one above the executions, whose names say nothing about
  /// their order; in CUR 2.0 the names of executions begin with their time.
  fileprivate var rank: (Int, String) { (-path.split(separator: "/").count, path) }
}

extension BillFile {
  /// The first bytes, unpacked, and the reason if they cannot be read.
  fileprivate static func head(_ path: String) throws -> (bytes: [UInt8], fault: String?) {
    let input = try ByteInput(path: path)
    let reader = CSVReader(input, size: 1 << 16)
    return (Array(reader.peek().prefix(1 << 16)), input.fault)
  }
}
