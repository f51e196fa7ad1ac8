import Foundation

/// Signs requests with AWS Signature Version 4. A pure value: the same request, keys and date give the same signature.
///
/// ```swift
/// let signer = Signer(keys: keys, region: "us-east-1", service: "batch")
/// let signed = signer.signed(request, at: Date())   // adds X-Amz-Date, Authorization …
/// ```
///
/// Source: IAM user guide, "Create a signed AWS API request".
package struct Signer: Sendable {
  /// Whose secret signs.
  package let keys: AccessKeys
  /// For which the signature holds: not always that of the host's name.
  package let region: String
  /// The signing name, which is not always the host's: `monitoring.…` signs as `monitoring`, `api.pricing.…` as
  /// `pricing`.
  package let service: String

  package init(keys: AccessKeys, region: String, service: String) {
    self.keys = keys
    self.region = region
    self.service = service
  }

  /// The request with `X-Amz-Date`, the session token if there is one, for S3 `X-Amz-Content-Sha256`, and
  /// `Authorization`. Replaces headers of these names.
  package func signed(_ request: HTTPRequest, at date: Date) -> HTTPRequest {
    var request = request
    let time = SigningTime(date)
    let payloadHash = Digest.hex(Digest.sha256(request.body))
    request.setHeader("X-Amz-Date", time.text)
    request.setHeader("X-Amz-Security-Token", keys.sessionToken)
    if service == "s3" { request.setHeader("X-Amz-Content-Sha256", payloadHash) }
    let canonical = CanonicalRequest(
      request, path: service == "s3" ? .asSent : .normalised, payloadHash: payloadHash)
    let scope = "\(time.day)/\(region)/\(service)/aws4_request"
    request.setHeader(
      "Authorization",
      "AWS4-HMAC-SHA256 Credential=\(keys.accessKeyID)/\(scope), SignedHeaders=\(canonical.signedHeaders), "
        + "Signature=\(signature(of: canonical, scope: scope, time: time))")
    return request
  }

  func signature(of canonical: CanonicalRequest, scope: String, time: SigningTime) -> String {
    let hash = Digest.hex(Digest.sha256(Array(canonical.text.utf8)))
    var key = Digest.hmac(time.day, key: Array("AWS4\(keys.secretAccessKey)".utf8))
    for part in [region, service, "aws4_request"] { key = Digest.hmac(part, key: key) }
    return Digest.hex(Digest.hmac("AWS4-HMAC-SHA256\n\(time.text)\n\(scope)\n\(hash)", key: key))
  }
}
