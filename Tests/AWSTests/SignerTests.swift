import Foundation
import Testing

@testable import AWS

/// Expected values are the ones AWS documents, unless a comment says otherwise.
@Suite struct SignerTests {
  let keys = AccessKeys(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")

  func signature(_ request: HTTPRequest) -> String {
    let header = request.headers.first { $0.name == "Authorization" }?.value ?? ""
    return String(header.split(separator: "=").last ?? "")
  }

  /// General reference, "Examples of the complete Signature Version 4 signing process" (IAM ListUsers, 30 August 2015).
  @Test func signsTheDocumentedIAMRequest() throws {
    let endpoint = try #require(Endpoint("https://iam.amazonaws.com"))
    let request = HTTPRequest(
      .get, endpoint, query: [.init("Action", "ListUsers"), .init("Version", "2010-05-08")],
      headers: [.init("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")])
    let date = try #require(UTC.parseISO8601("2015-08-30T12:36:00Z"))
    let signed = Signer(keys: keys, region: "us-east-1", service: "iam").signed(request, at: date)
    #expect(
      signed.headers.first { $0.name == "Authorization" }?.value
        == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
        + "SignedHeaders=content-type;host;x-amz-date, "
        + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")
  }

  /// The same page, step 1: the canonical request.
  @Test func writesTheDocumentedCanonicalRequest() throws {
    let endpoint = try #require(Endpoint("https://iam.amazonaws.com"))
    var request = HTTPRequest(
      .get, endpoint, query: [.init("Version", "2010-05-08"), .init("Action", "ListUsers")],
      headers: [.init("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")])
    request.setHeader("X-Amz-Date", "20150830T123600Z")
    let canonical = CanonicalRequest(
      request, path: .normalised, payloadHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      canonical.text == """
        GET
        /
        Action=ListUsers&Version=2010-05-08
        content-type:application/x-www-form-urlencoded; charset=utf-8
        host:iam.amazonaws.com
        x-amz-date:20150830T123600Z

        content-type;host;x-amz-date
        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        """)
  }

  /// S3 API reference, "Signature Calculations for the Authorization Header": its three GET examples.
  @Test(
    arguments: [
      (
        "/test.txt", [], [HTTPRequest.Header("Range", "bytes=0-9")],
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
      ),
      (
        "/", [HTTPRequest.QueryItem("lifecycle", "")], [],
        "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
      ),
      (
        "/", [HTTPRequest.QueryItem("max-keys", "2"), HTTPRequest.QueryItem("prefix", "J")], [],
        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
      ),
    ] as [(String, [HTTPRequest.QueryItem], [HTTPRequest.Header], String)])
  func signsTheDocumentedS3Requests(
    path: String, query: [HTTPRequest.QueryItem], headers: [HTTPRequest.Header], expected: String
  ) throws {
    let keys = AccessKeys(
      accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    let endpoint = try #require(Endpoint("https://examplebucket.s3.amazonaws.com"))
    let date = try #require(UTC.parseISO8601("2013-05-24T00:00:00Z"))
    let request = HTTPRequest(.get, endpoint, path: path, query: query, headers: headers)
    #expect(signature(Signer(keys: keys, region: "us-east-1", service: "s3").signed(request, at: date)) == expected)
  }

  @Test func signingAgainReplacesTheOldSignature() throws {
    let signer = Signer(keys: keys, region: "us-east-1", service: "batch")
    let endpoint = try #require(Endpoint("http://127.0.0.1:5577/prefix"))
    let request = HTTPRequest(.post, endpoint, path: "/v1/listjobs", body: Array("{}".utf8))
    let date = Date(timeIntervalSince1970: 1_792_369_199)
    let once = signer.signed(request, at: date)
    #expect(signer.signed(once, at: date).headers == once.headers)
    #expect(signature(signer.signed(once, at: date.addingTimeInterval(1))) != signature(once))
  }

  @Test func aSecretIsNeverPrinted() {
    let keys = AccessKeys(accessKeyID: "AKID", secretAccessKey: "hush", sessionToken: "quiet")
    let credentials = Credentials(keys: keys, source: "test")
    for text in ["\(keys)", String(reflecting: credentials), "\(credentials)"] {
      #expect(!text.contains("hush") && !text.contains("quiet"))
    }
    var dumped = ""
    dump(credentials, to: &dumped)
    #expect(!dumped.contains("hush") && !dumped.contains("quiet"))
  }

  @Test(arguments: [
    (0, "19700101T000000Z"), (1_369_353_600, "20130524T000000Z"), (951_782_399, "20000228T235959Z"),
    (951_868_799, "20000229T235959Z"), (4_107_542_400, "21000301T000000Z"), (-1, "19691231T235959Z"),
  ])
  func writesTimes(seconds: Double, text: String) {
    #expect(SigningTime(Date(timeIntervalSince1970: seconds)).text == text)
  }
}
