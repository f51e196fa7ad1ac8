/// Answers that say where to look, and are not stored.
enum LiveAnswer {
  /// Calls `body` with the document; its result must not refer to the document.
  static func read<Result>(_ bytes: [UInt8], _ body: (JSONValue) -> Result) throws(CollectionError) -> Result {
    do {
      let parser = try JSONParser(maximumBytes: bytes.count + JSONParser.padding, maximumDepth: 64)
      let padded = bytes + [UInt8](repeating: 0, count: JSONParser.padding)
      let parsed = padded.withUnsafeBytes { buffer in
        Swift.Result { () throws(JSONFault) in
          body(try parser.parse(UnsafeRawBufferPointer(rebasing: buffer[..<bytes.count])))
        }
      }
      return try parsed.get()
    } catch {
      throw CollectionError(path: "an answer of AWS", reason: error.message)
    }
  }

  /// The texts of a list, for example ARNs.
  static func texts(_ bytes: [UInt8], _ key: StaticString) throws(CollectionError) -> [String] {
    try read(bytes) { $0.elements(of: key).compactMap { $0.text?.string } }
  }
}
