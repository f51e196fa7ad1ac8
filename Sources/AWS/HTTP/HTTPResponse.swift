/// A complete HTTP answer: a truncated body is never one.
package struct HTTPResponse: Sendable {
  package let status: Int
  /// In the order of arrival; names may repeat, in any case.
  package let headers: [HTTPRequest.Header]
  package let body: [UInt8]

  package init(status: Int, headers: [HTTPRequest.Header] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A proxy's page, or that of a network with a login page: none of our services answers in HTML.
  var isHTML: Bool {
    let start = String(decoding: body.prefix(512), as: UTF8.self).drop(while: \.isWhitespace).lowercased()
    return start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
  }

  /// The first header of that name, in any case.
  package subscript(header name: String) -> String? {
    let name = name.lowercased()
    return headers.first { $0.name.lowercased() == name }?.value
  }
}
