/// A service's answer.
package struct Answer: Sendable {
  package let operation: Operation
  /// The region that answered: for a bucket that is elsewhere, its own.
  package let region: String
  /// A JSON document for every operation but S3's GetObject, with the structure and names that the AWS command line
  /// prints; XML answers are converted.
  package let body: [UInt8]
  /// The token of the next page; nil on the last.
  package let nextToken: String?
  /// The id that AWS support asks for.
  package let requestID: String?
}
