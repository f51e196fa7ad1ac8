/// A service's error, in any of the protocols.
struct ServiceFailure: Sendable {
  /// `ThrottlingException`; the HTTP status if the answer has no code.
  let code: String
  /// One line, without anything that might repeat a secret.
  let message: String
  let status: Int
  /// The bucket's region according to S3.
  let bucketRegion: String?

  init(_ response: HTTPResponse) {
    status = response.status
    let (code, message, region) = Self.details(response)
    self.code = code ?? "HTTP \(response.status)"
    self.message = Self.printable(message ?? "")
    bucketRegion = response[header: "x-amz-bucket-region"] ?? region
  }

  private static func details(_ response: HTTPResponse) -> (code: String?, message: String?, region: String?) {
    let header = response[header: "x-amzn-errortype"].map(bareCode)
    if response.body.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") {
      let root = XMLElement.parse(response.body)
      // EC2: Response/Errors/Error; query: ErrorResponse/Error; S3: Error.
      let error = root?["Errors"]?["Error"] ?? root?["Error"] ?? root
      return (error?.text("Code") ?? header, error?.text("Message"), error?.text("Region"))
    }
    let fields = try? JSONScanner.strings(
      ["__type", "code", "Code", "message", "Message", "errorMessage", "error", "error_description"],
      in: response.body)
    let code = header ?? (fields?["__type"] ?? fields?["code"] ?? fields?["Code"] ?? fields?["error"]).map(bareCode)
    let message =
      fields?["message"] ?? fields?["Message"] ?? fields?["errorMessage"] ?? fields?["error_description"]
    return (code, message, nil)
  }

  /// `com.amazon.coral#ThrottlingException:http://…` is `ThrottlingException`.
  private static func bareCode(_ text: String) -> String {
    let withoutURI = text.prefix { $0 != ":" }
    return String(withoutURI.split(separator: "#").last ?? withoutURI)
  }

  /// Only the first line: messages about signatures continue with the canonical request, including the session token.
  private static func printable(_ message: String) -> String {
    let line = message.prefix { !$0.isNewline }
    let bounded = line.count > 400 ? line.prefix(400) + "…" : line
    guard let echo = bounded.range(of: "The Canonical String") else { return String(bounded) }
    return String(bounded[..<echo.lowerBound])
  }
}
