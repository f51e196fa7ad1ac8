import Testing

@testable import Charts

/// The tokens match the design, are readable, and can be told apart with colour-blind eyes.
@Suite struct ColorTests {
  /// Contrast on white paper, as the design states it.
  @Test(arguments: [
    (Token.ink, 16.4), (.ink2, 7.9), (.ink3, 4.9), (.onDemand, 5.2), (.spot, 3.2), (.fargate, 9.9), (.fargateSpot, 3.1),
    (.work, 9.5), (.unusedOutline, 3.0), (.unusedKind, 3.2), (.negative, 6.7), (.positive, 5.4),
  ])
  func contrastOnWhite(_ token: Token, _ stated: Double) {
    let contrast = Theme.light[token].contrast(with: .white)
    #expect(abs(contrast - stated) < 0.1, "\(token): \(contrast)")
  }

  @Test(arguments: [Theme.light, .dark])
  func textIsReadable(_ theme: Theme) {
    for token in [Token.ink, .ink2, .ink3, .spotText, .negative, .positive, .onDemand] {
      #expect(theme[token].contrast(with: theme[.paper]) >= 4.5, "\(token)")
    }
    for token in [Token.spot, .fargate, .fargateSpot, .work, .unusedKind] {
      #expect(theme[token].contrast(with: theme[.paper]) >= 3, "\(token)")
    }
  }

  @Test(arguments: [Vision.normal, .protanopia, .deuteranopia, .tritanopia], [Theme.light, .dark])
  func purchaseOptionsCanBeToldApart(_ vision: Vision, _ theme: Theme) {
    let tokens: [Token] = [.onDemand, .spot, .fargate, .unused]
    for (index, first) in tokens.enumerated() {
      for second in tokens.dropFirst(index + 1) {
        let distance = vision.distance(theme[first], theme[second])
        #expect(distance >= 12, "\(first) and \(second) under \(vision): \(distance)")
      }
    }
    #expect(vision.distance(theme[.negative], theme[.positive]) >= 12)
  }

  @Test func colorsAreRead() {
    #expect(Color("on-demand", theme: .light) == Color(hex: 0x0072B2))
    #expect(Color("#16202E", theme: .light)?.hexString == "#16202E")
    #expect(Color("#abc", theme: .light)?.hexString == "#AABBCC")
    #expect(Color("rgb(10, 20, 30)", theme: .light)?.hexString == "#0A141E")
    #expect(Color("steelblue", theme: .light)?.hexString == "#4682B4")
    #expect(Color("nonsense", theme: .light) == nil)
  }

  /// Okabe and Ito's own values (Color Universal Design, 2008).
  @Test func okabeIto() throws {
    guard case .categorical(let colors)? = Schemes.named("okabe-ito", theme: .light) else {
      Issue.record("no such scheme")
      return
    }
    #expect(
      colors.map(\.hexString) == [
        "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#000000",
      ])
  }
}

/// How colours look with one kind of cone missing (Machado, Oliveira and Fernandes 2009, severity 1).
enum Vision: Sendable, CustomTestStringConvertible {
  case normal, protanopia, deuteranopia, tritanopia

  var testDescription: String { "\(self)" }

  private var matrix: [[Double]] {
    switch self {
    case .normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protanopia:
      [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    case .deuteranopia:
      [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    case .tritanopia:
      [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    }
  }

  /// CIE 1976 ΔE of two colours as this vision sees them.
  func distance(_ first: Color, _ second: Color) -> Double {
    let (a, b) = (lab(first), lab(second))
    return zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  private func lab(_ color: Color) -> [Double] {
    let linear = [color.red, color.green, color.blue].map(Color.linear)
    let seen = matrix.map { row in max(0, min(1, zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 })) }
    let xyz = [
      (0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047,
      0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2],
      (0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]) / 1.08883,
    ]
    let f = xyz.map { $0 > 0.008856 ? Math.pow($0, 1.0 / 3) : 7.787 * $0 + 16.0 / 116 }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }
}
