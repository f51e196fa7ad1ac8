import AWS
import ArgumentParser
import Base
import Foundation
import Insights

#if canImport(Glibc)
  import Glibc
#endif

/// The secret key of pseudonyms: 32 random bytes in hex, in a file that only its owner can read.
///
/// Whoever has the file can test whether a pseudonym stands for a name; without it nobody can.
struct PseudonymKey {
  private let bytes: [UInt8]

  /// Reads the file, or makes it if it does not exist.
  ///
  /// - Throws: `ValidationError` if others may read the file, or it holds no key.
  init(file path: String) throws {
    if SmallFile(path).kind == .absent { try Self.make(path) }
    let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
    guard permissions & 0o077 == 0 else {
      throw ValidationError("--pseudonymise \(path): others may read it; run `chmod 600 \(path)`")
    }
    let digits = Array(try SmallFile(path).text().trimmingCharacters(in: .whitespacesAndNewlines).utf8)
    let values = digits.compactMap { Character(UnicodeScalar($0)).hexDigitValue.map(UInt8.init) }
    guard values.count == digits.count, values.count >= 64, values.count % 2 == 0 else {
      throw ValidationError(
        "--pseudonymise \(path): holds no key of 64 hexadecimal digits or more; name a file that does not exist, to have one made"
      )
    }
    bytes = stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }

  var pseudonyms: Pseudonyms {
    let bytes = bytes
    return Pseudonyms { Digest.hmac($0, key: bytes) }
  }

  private static func make(_ path: String) throws {
    var generator = SystemRandomNumberGenerator()
    let key = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    let text = key.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "\n"
    // Never readable by others, not even for a moment, and never over a file made in between.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw ValidationError("--pseudonymise \(path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    guard text.utf8.withContiguousStorageIfAvailable({ write(descriptor, $0.baseAddress, $0.count) }) == text.utf8.count
    else { throw ValidationError("--pseudonymise \(path): \(String(cString: strerror(errno)))") }
    Console.message("\(path): a new key; keep it, because only this key gives the same names the same pseudonyms")
  }
}
