import AWS
import Base
import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// Where a lake lies. Names are relative to it, with slashes.
package protocol LakePlace: Sendable {
  /// As DDL names it, with a slash at its end.
  var location: String { get }
  /// A folder on this machine to prepare files in.
  func workFolder(_ name: String) throws -> String
  /// - Returns: nil where there is no such file.
  func read(_ name: String) async throws -> [UInt8]?
  /// Replaces a file whole.
  func write(_ bytes: [UInt8], to name: String) async throws
  /// Writes a file where there is none.
  /// - Returns: whether there was none.
  func create(_ bytes: [UInt8], as name: String) async throws -> Bool
  /// Takes a file of the work folder into the lake, in the place of what is there.
  func take(_ path: String, as name: String) async throws
  func remove(_ name: String) async throws
}

/// A folder.
package struct LakeFolder: LakePlace {
  let path: String
  package init(_ path: String) { self.path = path }

  package var location: String { URL(fileURLWithPath: path).standardizedFileURL.path + "/" }

  /// Below the lake, so that a file is taken into it by its name alone.
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

  package func take(_ file: String, as name: String) throws {
    try makeFolder(of: name)
    guard rename(file, "\(path)/\(name)") == 0 else { throw FileError("\(path)/\(name)", code: errno) }
  }

  /// And the folders that it leaves empty.
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

/// A prefix of a bucket: an object is written whole, and who wrote what stands in manifests.
package struct LakeBucket: LakePlace {
  let client: AWSClient
  let bucket: String
  /// Empty, or with a slash at its end.
  let prefix: String

  /// - Parameter url: `s3://bucket/prefix`
  /// - Returns: nil where it is none.
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

  package func take(_ path: String, as name: String) async throws {
    try await write([UInt8](Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)), to: name)
    unlink(path)
  }

  package func remove(_ name: String) async throws {
    _ = try await client.send(S3.deleteObject(bucket: bucket, key: prefix + name))
  }
}

func closeFile(_ descriptor: Int32) { _ = Glibc.close(descriptor) }
