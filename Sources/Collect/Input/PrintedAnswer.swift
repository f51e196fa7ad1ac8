/// Answers as the AWS CLI prints them for people, `--output text` or `--output table`: without the names of most members,
/// so they cannot be read.
enum PrintedAnswer {
  /// The option that made the text; nil if it is something else.
  ///
  /// - Parameter head: the first bytes.
  static func option(_ head: some Sequence<UInt8>) -> String? {
    let text = String(decoding: head.prefix(1 << 12).filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self)
    if text.prefixMatch(of: /\s*[A-Z]+\t/) != nil, text.contains("arn:aws") { return "text" }
    return text.prefixMatch(of: /\s*-{8,}\s*\|\s+\w+\s+\|\s*[-+]{8,}/) == nil ? nil : "table"
  }

  static func message(_ option: String) -> String {
    "was printed with --output \(option), which leaves out what batchcost needs: save it again with --output json"
  }
}
