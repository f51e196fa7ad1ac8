import Foundation
import Synchronization

/// The keys that the fake endpoint accepts.
package final class FakeKeyring: Sendable {
  package struct Key: Sendable {
    package var secret: String
    package var token: String?
    package var isExpired = false
  }

  private let keys: Mutex<[String: Key]>
  private let issued = Mutex(0)

  /// A user's keys: `AKIAFAKE` with the secret `fake/secret+key`.
  package static let accessKeyID = "AKIAFAKE"
  package static let secretAccessKey = "fake/secret+key"

  package init() { keys = Mutex([Self.accessKeyID: Key(secret: Self.secretAccessKey, token: nil)]) }

  package subscript(id: String) -> Key? { keys.withLock { $0[id] } }

  package func expire(_ id: String) { keys.withLock { $0[id]?.isExpired = true } }

  package func revoke(_ id: String) { keys.withLock { $0[id] = nil } }

  /// Restores the user's keys.
  package func restore() { keys.withLock { $0[Self.accessKeyID] = Key(secret: Self.secretAccessKey, token: nil) } }

  /// New temporary keys.
  package func issue() -> (id: String, secret: String, token: String) {
    let number = issued.withLock { number in
      number += 1
      return number
    }
    let (id, secret, token) = ("ASIAFAKE\(number)", "temporary/secret/\(number)", "token+/=\(number)")
    keys.withLock { $0[id] = Key(secret: secret, token: token) }
    return (id, secret, token)
  }
}

extension FakeAWS {
  /// Variables that point AWS tools at this endpoint with valid keys, whatever the machine's own settings.
  package static func environment(url: String, region: String = "us-east-1") -> [String: String] {
    [
      "AWS_ENDPOINT_URL": url, "AWS_REGION": region, "AWS_ACCESS_KEY_ID": FakeKeyring.accessKeyID,
      "AWS_SECRET_ACCESS_KEY": FakeKeyring.secretAccessKey, "AWS_CONFIG_FILE": "/nonexistent/config",
      "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent/credentials", "AWS_EC2_METADATA_DISABLED": "true",
    ]
  }
}

/// STS: issues keys from the keyring.
package struct FakeSTS: FakeHandler {
  package let keyring: FakeKeyring
  package var account: String
  package var lifetimeSeconds: Double

  package init(_ keyring: FakeKeyring, account: String = "111122223333", lifetimeSeconds: Double = 3600) {
    (self.keyring, self.account, self.lifetimeSeconds) = (keyring, account, lifetimeSeconds)
  }

  package func answer(_ request: FakeRequest) async -> FakeAnswer? {
    guard request.service == "sts" else { return nil }
    let name = request.operation
    func wrapped(_ inner: String) -> FakeAnswer {
      .xml(
        "<\(name)Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><\(name)Result>\(inner)</\(name)Result>"
          + "<ResponseMetadata><RequestId>fake</RequestId></ResponseMetadata></\(name)Response>")
    }
    switch name {
    case "GetCallerIdentity":
      let arn = "arn:aws:iam::\(account):user/\(request.accessKeyID ?? "nobody")"
      return wrapped("<Arn>\(arn)</Arn><UserId>AIDAFAKE</UserId><Account>\(account)</Account>")
    case "AssumeRole", "AssumeRoleWithWebIdentity":
      let (id, secret, token) = keyring.issue()
      let expiration = Date(timeIntervalSinceNow: lifetimeSeconds).formatted(.iso8601)
      return wrapped(
        "<Credentials><AccessKeyId>\(id)</AccessKeyId><SecretAccessKey>\(secret)</SecretAccessKey>"
          + "<SessionToken>\(token)</SessionToken><Expiration>\(expiration)</Expiration></Credentials>")
    default: return nil
    }
  }
}
