import Charts
import TestSupport
import Testing

@Suite struct RenderTests {
  @Test func pdfIsTheSameTwice() throws {
    #expect(try PDFRenderer().render(SamplePages.document) == PDFRenderer().render(SamplePages.document))
  }

  @Test(.enabled(if: OtherProgram.exists("qpdf"), "qpdf is not installed"))
  func pdfIsSound() async throws {
    let bytes = try PDFRenderer().render(SamplePages.document)
    let check = try await withFile("sample.pdf", bytes) { try await OtherProgram.run("qpdf", ["--check", $0]) }
    #expect(check.status == 0, "\(check)")
    let plain = try await withFile("sample.pdf", bytes) {
      try await OtherProgram.run("qpdf", ["--qdf", "--object-streams=disable", $0, "-"]).out
    }
    #expect(plain.contains("/Lang (en)"))
    #expect(plain.contains("/DisplayDocTitle true"))
    #expect(plain.components(separatedBy: "/Alt").count - 1 == 2)
  }

  @Test(.enabled(if: OtherProgram.exists("pdfinfo"), "poppler-utils is not installed"))
  func pdfHasMetadata() async throws {
    let bytes = try PDFRenderer().render(SamplePages.document)
    try await withFile("sample.pdf", bytes) { path in
      let facts = try await OtherProgram.run("pdfinfo", [path]).out
      for fact in ["Weekly cost – Ökologie", "AWS, Batch", "Tagged:          yes", "Pages:           2"] {
        #expect(facts.contains(fact), "\(facts)")
      }
      let structure = try await OtherProgram.run("pdfinfo", ["-struct-text", path]).out
      for role in ["Document", "H1", "P (", "Figure", "Table", "TR", "TD", "H2", "Link"] {
        #expect(structure.contains(role), "\(role) in \(structure)")
      }
      #expect(!structure.contains("Syntax"), "\(structure)")
      #expect(structure.contains("from the price list. See"), "\(structure)")
      let words = try await OtherProgram.run("pdftotext", ["-layout", path, "-"]).out
      #expect(words.contains("AWS Batch cost $8,067, up 9%. Of every"))
      #expect(words.contains("Génomique"))
    }
  }

  @Test func unknownAnchorIsAnError() {
    var document = SamplePages.document
    document.outline = [.init("Nowhere", anchor: "nowhere")]
    #expect(throws: RenderError.unknownAnchor("nowhere")) { try PDFRenderer().render(document) }
  }

  @Test func pngHasItsSize() throws {
    let bytes = try PNGRenderer(scale: 2).render(SamplePages.first)
    keep("sample.png", bytes)
    #expect(Array(bytes[1..<4]) == Array("PNG".utf8))
    #expect(bytes[16..<24].reduce(0) { $0 << 8 | UInt64($1) } == 1190 << 32 | 1684)
  }

  @Test func svgKeepsText() throws {
    let svg = SVGRenderer(colors: .variables, prefix: "f1-").render(
      Scene(width: 300, height: 180, nodes: [.group(SamplePages.figure)]),
      title: "A < B", description: "Numbers & words")
    keep("sample.svg", Array(svg.utf8))
    #expect(svg.contains("role=\"img\" aria-labelledby=\"f1-title f1-desc\""))
    #expect(svg.contains("<title id=\"f1-title\">A &lt; B</title>"))
    #expect(svg.contains("fill=\"var(--on-demand,#0072B2)\""))
    #expect(svg.contains(">halo over lines</text>"))
    #expect(svg.contains("<title>day 1: 60</title>"))
  }
}

@Suite struct TextMeasureTests {
  let measure = TextMeasure()
  let style = Theme.light.style(.body)

  @Test func tabularFiguresAreOneWidth() {
    #expect(measure.width("1111", style) == measure.width("8888", style))
  }

  @Test func trackingNarrows() {
    var tight = style
    tight.tracking = -0.1
    #expect(measure.width("headline", tight) < measure.width("headline", style) - 5)
  }

  @Test func ellipsisFits() {
    let name = "NFCORE_SAREK_HAPLOTYPECALLER"
    let cut = measure.ellipsized(name, style, width: 90, cut: .start)
    #expect(cut.hasPrefix("…") && cut.hasSuffix("CALLER"))
    #expect(measure.width(cut, style) <= 90)
    #expect(measure.ellipsized("short", style, width: 90) == "short")
    let middle = measure.ellipsized(
      "snakejob-align-6513270e-269e-4d37-b2a7-4de452e6b438", style, width: 90, cut: .middle)
    #expect(middle.hasPrefix("snakejob-") && middle.hasSuffix("438"))
    #expect(measure.width(middle, style) <= 90)
  }

  @Test("Names are cut where they remain different, not to one text for several rows")
  func namesOfOneFigureStayApart() {
    func cut(_ names: [String]) -> [String] { measure.ellipsized(names.map { ($0, style) }, width: 90) }
    let ends = cut(["NFCORE_SAREK_HAPLOTYPECALLER", "NFCORE_SAREK_BASERECALIBRATOR"])
    #expect(ends.allSatisfy { $0.hasPrefix("…") } && Set(ends).count == 2)
    let beginnings = cut((10...49).map { "team-\($0)-production-queue-for-weather" })
    #expect(Set(beginnings).count == 40 && beginnings[0].hasPrefix("team-10-"), "\(beginnings)")
    let middles = cut((10...49).map { "production-queue-of-the-team-\($0)-for-genomics-and-imaging" })
    #expect(Set(middles).count == 40 && middles[0].hasPrefix("…"), "\(middles)")
    #expect((beginnings + middles + ends).allSatisfy { measure.width($0, style) <= 90 })
    #expect(cut(["short", "shorter"]) == ["short", "shorter"])
  }

  @Test("A right-to-left run keeps its place among the others")
  func hebrewRun() {
    let style = Theme.light.style(.body)
    let runs = ["Cost by tag ", "משימות", ", USD"].map { TextRun($0, style) }
    let parts = measure.wrap(runs, width: 400).flatMap(\.fragments)
    #expect(parts.map(\.run.string) == runs.map(\.string))
    for (left, right) in zip(parts, parts.dropFirst()) { #expect(abs(left.x + left.width - right.x) < 0.1) }
    #expect(parts.allSatisfy { $0.width > 3 })
  }

  @Test("A colour between two of a ramp is a mixture of them, whatever colours the page gives them")
  func mixture() {
    let (low, middle) = (Theme.light[.rampLow], Theme.light[.rampMiddle])
    let half = Color(
      red: (low.red + middle.red) / 2, green: (low.green + middle.green) / 2, blue: (low.blue + middle.blue) / 2)
    let box = Path([.rectangle(x: 0, y: 0, width: 1, height: 1)], fill: half)
    let scene = Scene(width: 10, height: 10, nodes: [.path(box)])
    let svg = SVGRenderer(colors: .variables).render(scene)
    #expect(svg.contains("style=\"fill:color-mix(in srgb,var(--ramp-middle) 50%,var(--ramp-low))\""))
    #expect(!SVGRenderer().render(scene).contains("color-mix"))
  }

  @Test func wrappedLinesFitAndLoseNothing() {
    let words = "Jobs there reserve 66% of the vCPUs but 31% of the memory that we pay for."
    let bold = Theme.light.style(.body, weight: 600)
    let lines = measure.wrap([TextRun("One. ", bold), TextRun(words, style)], width: 150)
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.width <= 150 })
    let joined = lines.map { $0.fragments.map(\.run.string).joined() }.joined(separator: " ")
    #expect(joined == "One. " + words)
    #expect(lines[0].fragments[1].x == lines[0].fragments[0].width)
  }

  @Test("No line ends inside a name", arguments: 9...26) func namesStayWhole(tens: Int) {
    let words = "Now in eu-west-1: p3.16xlarge, g5.48xlarge and g4dn.12xlarge; 1,494 attempts."
    let lines = measure.wrap([TextRun(words, style)], width: Double(10 * tens))
    #expect(lines.map { $0.fragments.map(\.run.string).joined() }.joined(separator: " ") == words)
  }
}
