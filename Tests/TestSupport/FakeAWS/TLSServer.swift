import Foundation
import Subprocess

/// `openssl s_server` with a self-signed certificate for localhost, on a port chosen by the system.
///
/// - Parameter body: called with `https://localhost:port` and the certificate's file.
package func withTLSServer(_ body: (_ url: String, _ certificate: String) async throws -> Void) async throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let (key, certificate) = (folder.appending(path: "key.pem").path, folder.appending(path: "certificate.pem").path)
  let made = try await Subprocess.run(
    .name("openssl"),
    arguments: [
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
      "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate,
    ], output: .discarded, error: .string(limit: 1 << 20))
  guard made.terminationStatus.isSuccess else { throw Python.Failure(message: made.standardError) }
  let arguments = ["s_server", "-accept", "0", "-cert", certificate, "-key", key, "-www"]
  try await Server.run(.name("openssl"), arguments, ready: "ACCEPT") { line in
    let port = line.split(separator: ":").last ?? ""
    try await body("https://localhost:\(port)", certificate)
  }
}
