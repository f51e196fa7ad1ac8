import Charts

extension Token {
  /// The outline colour of a hollow bar with this meaning.
  var outline: Token { self == .unused ? .unusedOutline : self }

  /// The text colour for this meaning: gold is too light for letters.
  var text: Token { self == .spot ? .spotText : self }
}
