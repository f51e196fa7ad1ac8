/// Writes a scene as SVG with real text: small, selectable, and readable by a screen reader.
///
/// ```swift
/// let svg = SVGRenderer().render(figure.scene, title: figure.title, description: figure.description)
/// ```
package struct SVGRenderer {
  /// How colours are written.
  package enum Colors: Equatable, Sendable {
    /// As `#16202E`.
    case literal
    /// As `var(--ink,#16202E)` where the colour is a token of the light theme, so that the page around the
    /// figure can switch to dark.
    case variables
  }

  package var colors: Colors
  /// Added to every `id`, so that one page can have several figures.
  package var prefix: String
  /// Gives the picture its own size; otherwise it fills the available width.
  package var fixedSize: Bool

  package init(colors: Colors = .literal, prefix: String = "", fixedSize: Bool = true) {
    self.colors = colors
    self.prefix = prefix
    self.fixedSize = fixedSize
  }

  /// The custom properties that `Colors.variables` refers to: `--ink:#16202E;…`.
  package static func properties(_ theme: Theme) -> String {
    Token.allCases.map { "--\($0.rawValue):\(theme[$0].hexString)" }.joined(separator: ";")
  }

  /// - Parameters:
  ///   - title: the picture's `<title>`; empty for none.
  ///   - description: its `<desc>`, for screen readers; empty for none.
  package func render(_ scene: Scene, title: String = "", description: String = "") -> String {
    var writer = SVGWriter(options: self)
    writer.open(scene, title: title, description: description)
    writer.write(scene.nodes)
    writer.text += "</svg>\n"
    return writer.text
  }
}
