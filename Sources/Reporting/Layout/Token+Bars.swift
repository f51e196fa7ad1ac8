import Charts

extension Token {
  /// What a hollow bar of this meaning is outlined with.
  var outline: Token { self == .unused ? .unusedOutline : self }

  /// What text of this meaning is written in: gold is too light for letters.
  var text: Token { self == .spot ? .spotText : self }
}
