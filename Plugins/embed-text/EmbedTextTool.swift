import Foundation

/// Writes text files as one Swift file: `embed-text OUTPUT FOLDER FILE…`; run by the plugin `EmbedText`.
@main enum EmbedTextTool {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else { fatalError("usage: embed-text OUTPUT FOLDER FILE…") }
    let folder = arguments[2] + "/"
    var source = """
      /// The text files of this module's folder: path and content, in the order of the paths.
      let embeddedFiles: [(path: String, text: String)] = [

      """
    for file in arguments[3...] {
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let path = file.hasPrefix(folder) ? String(file.dropFirst(folder.count)) : file
      source += "(\(literal(path)), \(literal(text))),\n"
    }
    source += "]\n"
    try source.write(toFile: arguments[1], atomically: true, encoding: .utf8)
  }

  /// A raw string literal; a line break of the text is one of the literal.
  private static func literal(_ text: String) -> String {
    var hashes = "#"
    while text.contains("\"\"\"" + hashes) || text.contains("\\" + hashes) { hashes += "#" }
    return "\(hashes)\"\"\"\n\(text)\n\"\"\"\(hashes)"
  }
}
