/// What a service answered.
package struct Answer: Sendable {
  package let operation: Operation
  package let region: String
  /// For every operation but S3's GetObject a JSON document, shaped and named as the AWS command line prints it;
  /// answers that come as XML have been converted.
  package let body: [UInt8]
  /// Asks for the page after this one; nil on the last.
  package let nextToken: String?
  /// AWS support asks for it.
  package let requestID: String?
}
