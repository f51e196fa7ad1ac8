import AWS
import Base
import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// The location of a lake. Names are relative to it, with slashes. A folder throws `FileError`, a bucket `AWSError`.
package protocol LakePlace: Sendable {
  /// For DDL; ends in a slash.
  var location: String { get }
  /// A local folder to prepare files in.
  func workFolder(_ name: String) throws -> String
  /// - Returns: nil if there is no such file.
  func read(_ name: String) async throws -> [UInt8]?
  /// Replaces a whole file.
  func write(_ bytes: [UInt8], to name: String) async throws
  /// Writes a file unless it exists.
  /// - Returns: whether it did not exist.
  func create(_ bytes: [UInt8], as name: String) async throws -> Bool
  /// Moves a file from the work folder into the lake, replacing what is there.
  func take(_ path: String, as name: String) async throws
  /// Succeeds also if there is no such file.
  func remove(_ name: String) async throws
}

/// A folder.
package struct LakeFolder: LakePlace {
  let path: String
  /// - Parameter path: made when the first file is written.
  package init(_ path: String) { self.path = path }

  package var location: String { URL(fileURLWithPath: path).standardizedFileURL.path + "/" }

  /// It is inside the lake, so that moving a file into the lake is a rename.
  package func workFolder(_ name: String) throws -> String {
    let folder = "\(path)/_batchcost/work-\(name)"
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }

  package func read(_ name: String) throws -> [UInt8]? {
    guard FileManager.default.fileExists(atPath: "\(path)/\(name)") else { return nil }
    return try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  package func write(_ bytes: [UInt8], to name: String) throws {
    try makeFolder(of: name)
    try Destination("\(path)/\(name)").write(bytes)
  }

  package func create(_ bytes: [UInt8], as name: String) throws -> Bool {
    try makeFolder(of: name)
    let file = Glibc.open("\(path)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if file < 0, errno == EEXIST { return false }
    guard file >= 0 else { throw FileError("\(path)/\(name)", code: errno) }
    let code = writeAll(bytes, to: file)
    closeFile(file)
    if code != 0 { throw FileError("\(path)/\(name)", code: code) }
    return true
  }

  /// By a rename: readers see the old file or the new one.
  package func take(_ file: String, as name: String) throws {
    try makeFolder(of: name)
    guard rename(file, "\(path)/\(name)") == 0 else { throw FileError("\(path)/\(name)", code: errno) }
  }

  /// Also removes folders that become empty.
  package func remove(_ name: String) throws {
    guard unlink("\(path)/\(name)") == 0 || errno == ENOENT else { throw FileError("\(path)/\(name)", code: errno) }
    var folder = name
    while let slash = folder.lastIndex(of: "/") {
      folder = String(folder[..<slash])
      if rmdir("\(path)/\(folder)") != 0 { return }
    }
  }

  private func makeFolder(of name: String) throws {
    let folder = URL(fileURLWithPath: "\(path)/\(name)").deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }
}

/// A prefix in a bucket. Objects are written whole, and manifests record who wrote what.
package struct LakeBucket: LakePlace {
  let client: AWSClient
  let bucket: String
  /// Empty, or ends in a slash.
  let prefix: String

  /// - Parameter url: `s3://bucket/prefix`
  /// - Returns: nil for any other URL.
  package init?(url: String, client: AWSClient) {
    guard url.hasPrefix("s3://") else { return nil }
    let parts = url.dropFirst(5).split(separator: "/", maxSplits: 1)
    guard let bucket = parts.first, !bucket.isEmpty else { return nil }
    self.bucket = String(bucket)
    let rest = parts.count > 1 ? parts[1] : ""
    prefix = rest.isEmpty || rest.hasSuffix("/") ? String(rest) : "\(rest)/"
    self.client = client
  }

  package var location: String { "s3://\(bucket)/\(prefix)" }

  package func workFolder(_ name: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("batchcost-lake-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }

  package func read(_ name: String) async throws -> [UInt8]? {
    do throws(AWSError) {
      return try await client.send(S3.getObject(bucket: bucket, key: prefix + name)).body
    } catch {
      if error.kind == .service(code: "NoSuchKey") { return nil }
      throw error
    }
  }

  package func write(_ bytes: [UInt8], to name: String) async throws {
    _ = try await client.send(S3.putObject(bucket: bucket, key: prefix + name, body: bytes))
  }

  package func create(_ bytes: [UInt8], as name: String) async throws -> Bool {
    do throws(AWSError) {
      _ = try await client.send(S3.putObject(bucket: bucket, key: prefix + name, body: bytes, isNew: true))
    } catch {
      if error.kind == .service(code: "PreconditionFailed") { return false }
      throw error
    }
    return true
  }

  /// Uploads the local file, and deletes it.
  package func take(_ path: String, as name: String) async throws {
    try await write([UInt8](Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)), to: name)
    unlink(path)
  }

  package func remove(_ name: String) async throws {
    _ = try await client.send(S3.deleteObject(bucket: bucket, key: prefix + name))
  }
}

func closeFile(_ descriptor: Int32) { _ = Glibc.close(descriptor) }
