extension String {
  /// One line of GitHub Markdown that shows the text literally: nothing in it starts a mark, a link, HTML or an entity.
  package var escapedMarkdown: String {
    let scalars = Array(shownInLine.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\\", "`", "*", "[", "]", "<", ">", "|", "~", "#", "&": result.append("\\")
      // Within a word an underscore marks nothing, so names stay readable.
      case "_" where !(Self.isWord(scalars, index - 1) && Self.isWord(scalars, index + 1)): result.append("\\")
      default: break
      }
      result.append(scalar)
    }
    return String(result)
  }

  private static func isWord(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    scalars.indices.contains(index)
      && (scalars[index].properties.isAlphabetic || scalars[index].properties.numericType != nil)
  }
}
