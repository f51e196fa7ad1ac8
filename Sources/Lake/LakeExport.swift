import AWS
import Base
import Foundation
import Queries
import Store

/// Updates a lake from a database: writes what changed since the last run, file by file.
///
/// File names contain the name of their database, so that several databases can share one lake. A file is written
/// beside its target and then renamed; the manifest is written last. An interrupted run writes the same again.
package struct LakeExport: Sendable {
  /// What a run did, over all tables.
  package struct Summary: Sendable, Equatable {
    /// Those that were written.
    package var files = 0
    /// Those that were deleted, as the database no longer has their rows.
    package var removed = 0
    /// Of the files written, not of the whole lake.
    package var rows = 0
    /// Of the files written.
    package var bytes = 0
    /// Files that did not change.
    package var kept = 0
  }

  let place: any LakePlace
  let writer: ParquetWriter

  /// - Throws: `LakeError` if `duckdb` is not installed.
  package init(to place: any LakePlace, program: Program? = .duckDB()) throws(LakeError) {
    self.place = place
    writer = try ParquetWriter(program: program)
  }

  private struct Pending: Sendable {
    let table: LakeTable
    let manifest: LakeManifest
    let old: LakeManifest?
    let written: Set<String>
    let work: String
  }

  /// - Parameter progress: called with the table that is being written.
  package func run(_ database: Database, progress: (String) -> Void = { _ in }) async throws -> Summary {
    let schema = migrations.last?.name ?? ""
    let identity = try database.read(Self.identity)
    let number = try await register(identity, schema)
    let work = try place.workFolder(identity)
    defer { try? FileManager.default.removeItem(atPath: work) }
    let names = try database.read { try LakeTable.all($0).map(\.name) }
    var old: [String: LakeManifest] = [:]
    for name in names {
      old[name] = try await place.read(Self.manifest(identity, name)).flatMap { LakeManifest($0) }
    }
    progress("reading")
    // Reads all tables at one moment.
    let (definitions, pending) = try database.read { connection in
      let tables = try LakeTable.all(connection)
      let places = try Self.places(connection)
      let views = try LakeDefinitions.views(connection)
      return (
        LakeDefinitions(tables: tables, views: views, location: place.location),
        try tables.map { table in
          try prepare(
            LakeRows(table: table, collector: number, places: places), connection, old[table.name], schema,
            "\(work)/\(table.name)")
        }
      )
    }
    var summary = Summary()
    for table in pending {
      if !table.written.isEmpty { progress(table.table.name) }
      try await publish(table, identity, &summary)
    }
    for (name, text) in definitions.files {
      let bytes = Array(text.utf8)
      if try await place.read(name) != bytes { try await place.write(bytes, to: name) }
    }
    return summary
  }

  /// Writes a table's changed rows to the work folder.
  private func prepare(
    _ rows: LakeRows, _ connection: Connection, _ old: LakeManifest?, _ schema: String, _ work: String
  ) throws -> Pending {
    let contents = try rows.contents(connection)
    var manifest = LakeManifest(schema: schema)
    // Several places may share a folder: `unknown`.
    var folders: [String: Set<LakeRows.Partition>] = [:]
    for (partition, content) in contents {
      let folder = rows.folder(partition)
      folders[folder, default: []].insert(partition)
      var file = manifest.files[folder] ?? LakeManifest.File(digest: 0, rows: 0, bytes: 0)
      file.digest &+= content.digest
      file.rows += content.rows
      manifest.files[folder] = file
    }
    for (folder, file) in manifest.files {
      guard let known = old?.files[folder], known.digest == file.digest, known.rows == file.rows else { continue }
      manifest.files[folder] = known
      folders[folder] = nil
    }
    let changed = folders.values.reduce(into: Set<LakeRows.Partition>()) { $0.formUnion($1) }
    if !changed.isEmpty {
      try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
      try rows.write(changed, connection, to: "\(work)/rows.csv")
    }
    return Pending(table: rows.table, manifest: manifest, old: old, written: Set(folders.keys), work: work)
  }

  /// Converts them to Parquet and moves them into the lake.
  private func publish(_ pending: Pending, _ identity: String, _ summary: inout Summary) async throws {
    let name = pending.table.name
    var manifest = pending.manifest
    if !pending.written.isEmpty {
      let isEmpty = pending.manifest.files.values.allSatisfy { $0.rows == 0 }
      try await writer.write(pending.table, in: pending.work, isEmpty: isEmpty)
      unlink("\(pending.work)/rows.csv")
      for folder in pending.written.sorted() {
        let file =
          folder.isEmpty || isEmpty ? "\(pending.work)/out.parquet" : "\(pending.work)/out/\(folder)/data_0.parquet"
        let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
        manifest.files[folder]?.bytes = size
        try await place.take(file, as: Self.file(name, folder, identity))
        summary.files += 1
        summary.bytes += size
        summary.rows += manifest.files[folder]?.rows ?? 0
      }
      try FileManager.default.removeItem(atPath: pending.work)
    }
    let gone = (pending.old?.files.keys).map { Set($0).subtracting(manifest.files.keys) } ?? []
    for folder in gone.sorted() { try await place.remove(Self.file(name, folder, identity)) }
    summary.removed += gone.count
    summary.kept += manifest.files.count - pending.written.count
    if manifest != pending.old { try await place.write(manifest.bytes, to: Self.manifest(identity, name)) }
  }

  /// The collector's number in the lake; 0 for the first, whose ids stay unchanged.
  private func register(_ identity: String, _ schema: String) async throws -> Int {
    let written = try await place.read(Self.schemaFile).map { String(decoding: $0, as: UTF8.self) } ?? ""
    if written > schema {
      throw LakeError("\(place.location): written by a newer batchcost (\(written)); update this one")
    }
    if written < schema { try await place.write(Array(schema.utf8), to: Self.schemaFile) }
    for number in 0..<LakeTable.mostCollectors {
      let name = "_batchcost/collectors/\(number)"
      if let owner = try await place.read(name) {
        if owner == Array(identity.utf8) { return number }
      } else if try await place.create(Array(identity.utf8), as: name) {
        return number
      } else if try await place.read(name) == Array(identity.utf8) {
        // The first request had succeeded already when it was retried.
        return number
      }
    }
    throw LakeError("\(place.location): has \(LakeTable.mostCollectors) collectors, and no number left")
  }

  private static let schemaFile = "_batchcost/schema"

  private static func manifest(_ identity: String, _ table: String) -> String {
    "_batchcost/manifests/\(identity)/\(table).tsv"
  }

  private static func file(_ table: String, _ folder: String, _ identity: String) -> String {
    "\(table)/\(folder.isEmpty ? "" : "\(folder)/")\(identity).parquet"
  }

  private static func identity(_ connection: Connection) throws -> String {
    guard let id = try connection.first("SELECT id FROM database_identity", of: String.self) else {
      throw LakeError("the database has no identity")
    }
    return id
  }

  private static func places(_ connection: Connection) throws -> [Int64: (account: String, region: String)] {
    enum Field: Int32, SelectedColumn {
      case id, account, region
    }
    let rows = try connection.prepare("SELECT \(Field.list) FROM account_region")
    var places: [Int64: (account: String, region: String)] = [:]
    while try rows.step() { places[rows.integer(Field.id)] = (rows.text(Field.account), rows.text(Field.region)) }
    return places
  }
}
