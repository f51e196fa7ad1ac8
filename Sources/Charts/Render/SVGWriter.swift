import Base

/// The state of one SVG being written.
struct SVGWriter {
  let options: SVGRenderer
  var text = ""
  private var clips = 0
  private let names: [Color: String]

  init(options: SVGRenderer) {
    self.options = options
    var names: [Color: String] = [:]
    if options.colors == .variables {
      for token in Token.allCases where names[Theme.light[token]] == nil { names[Theme.light[token]] = token.rawValue }
    }
    self.names = names
  }

  mutating func open(_ scene: Scene, title: String, description: String) {
    let (width, height) = (SVGNumber.string(scene.width), SVGNumber.string(scene.height))
    text += "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\""
    if options.fixedSize { text += " width=\"\(width)\" height=\"\(height)\"" }
    text += " font-family=\"Inter,'DejaVu Sans',system-ui,sans-serif\" role=\"img\""
    let parts = [title.isEmpty ? nil : "\(options.prefix)title", description.isEmpty ? nil : "\(options.prefix)desc"]
    let ids = parts.compactMap(\.self)
    if !ids.isEmpty { text += " aria-labelledby=\"\(ids.joined(separator: " ").escapedForMarkup)\"" }
    text += ">\n"
    if !title.isEmpty { text += "<title id=\"\(ids[0].escapedForMarkup)\">\(title.escapedForMarkup)</title>\n" }
    if !description.isEmpty, let id = ids.last {
      text += "<desc id=\"\(id.escapedForMarkup)\">\(description.escapedForMarkup)</desc>\n"
    }
  }

  mutating func write(_ nodes: [Node]) {
    for node in nodes {
      switch node {
      case .group(let group): write(group)
      case .path(let path): write(path)
      case .text(let node): write(node)
      }
    }
  }

  private mutating func write(_ group: Group) {
    if let clip = group.clip { writeClip(clip) }
    if let link = group.link { text += "<a href=\"\(link.escapedForMarkup)\">" }
    let attributes = attributes(of: group)
    let bare = attributes.isEmpty && group.tooltip == nil
    if !bare { text += "<g\(attributes)>" }
    if case .figure(let title, let description)? = group.role {
      text += "<title>\(title.escapedForMarkup)</title><desc>\(description.escapedForMarkup)</desc>"
    } else if let tooltip = group.tooltip {
      text += "<title>\(tooltip.escapedForMarkup)</title>"
    }
    write(group.nodes)
    if !bare { text += "</g>" }
    if group.link != nil { text += "</a>" }
    if !bare { text += "\n" }
  }

  private func attributes(of group: Group) -> String {
    var attributes = ""
    if group.x != 0 || group.y != 0 {
      attributes += " transform=\"translate(\(SVGNumber.string(group.x)),\(SVGNumber.string(group.y)))\""
    }
    if group.clip != nil { attributes += " clip-path=\"url(#\(options.prefix.escapedForMarkup)clip\(clips))\"" }
    if let anchor = group.anchor { attributes += " id=\"\(anchor.escapedForMarkup)\"" }
    switch group.role {
    case .figure?: attributes += " role=\"img\""
    case .artifact?: attributes += " aria-hidden=\"true\""
    case .heading(let level)?: attributes += " role=\"heading\" aria-level=\"\(level)\""
    default: break
    }
    return attributes
  }

  private mutating func writeClip(_ clip: Size) {
    clips += 1
    text += "<clipPath id=\"\(options.prefix.escapedForMarkup)clip\(clips)\">"
    text += "<rect width=\"\(SVGNumber.string(clip.width))\" height=\"\(SVGNumber.string(clip.height))\"/></clipPath>"
  }

  func color(_ color: Color) -> String {
    var opaque = color
    opaque.alpha = 1
    if color.alpha == 0 { return "none" }
    guard let name = names[opaque] else { return opaque.hexString }
    return "var(--\(name),\(opaque.hexString))"
  }

  /// For a colour between the two colours of a ramp: a mixture of whatever colours the page around the figure gives
  /// them.
  func mixture(_ color: Color) -> String? {
    guard options.colors == .variables, names[color] == nil else { return nil }
    for (from, to) in [(Token.rampLow, Token.rampMiddle), (.rampMiddle, .rampHigh)] {
      guard let part = color.part(from: Theme.light[from], to: Theme.light[to]) else { continue }
      let percent = SVGNumber.string(part * 100)
      return "color-mix(in srgb,var(--\(to.rawValue)) \(percent)%,var(--\(from.rawValue)))"
    }
    return nil
  }
}
