/// The meaning of colour names, and the style of each kind of text.
package struct Theme: Equatable, Sendable {
  /// What the ground is like: white paper, or a dark screen.
  package enum Appearance: Equatable, Sendable { case light, dark }

  package var appearance: Appearance
  package static let light = Theme(appearance: .light)
  package static let dark = Theme(appearance: .dark)

  package init(appearance: Appearance) { self.appearance = appearance }

  /// The colour that a token has in this appearance.
  package subscript(token: Token) -> Color {
    Color(hex: appearance == .light ? token.light : token.dark)
  }

  /// The text style of a role, in its colour unless another is given.
  package func style(
    _ role: TextRole, _ token: Token? = nil, weight: Int? = nil, italic: Bool = false, halo: Bool = false
  ) -> TextStyle {
    TextStyle(
      size: role.size, weight: weight ?? role.weight, italic: italic, color: self[token ?? role.token],
      tracking: role.tracking, halo: halo ? self[.paper] : nil)
  }
}

/// The roles of text in a report, in five sizes: hierarchy comes from weight and grey, not from more sizes.
package enum TextRole: CaseIterable, Sendable {
  case headline, pageHeading, tileNumber, figureTitle, lede, body, axis

  /// In points.
  package var size: Double {
    switch self {
    case .headline, .tileNumber: 22
    case .pageHeading: 16
    case .figureTitle: 11.5
    case .lede: 10.5
    case .body, .axis: 9
    }
  }

  /// From one baseline to the next.
  package var leading: Double {
    switch self {
    case .headline: 27
    case .tileNumber: 28
    case .pageHeading: 21
    case .figureTitle: 15
    case .lede: 16
    case .body: 13
    case .axis: 12
    }
  }

  /// As in CSS.
  package var weight: Int {
    switch self {
    case .headline, .pageHeading, .tileNumber, .figureTitle: 600
    case .lede, .body, .axis: 400
    }
  }

  /// Its colour unless a style names another.
  package var token: Token {
    switch self {
    case .headline, .pageHeading, .tileNumber, .figureTitle: .ink
    case .lede, .body: .ink2
    case .axis: .ink3
    }
  }

  /// −1.8 % at 22 points, zero at 9, and proportional in between.
  package var tracking: Double { -0.018 * (size - 9) / 13 }
}
