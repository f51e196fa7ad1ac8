import Domain
import Testing

@testable import Charts

/// Absurd data and specs give a figure or an error with a path, never a crash or a broken file.
@Suite struct HostileTests {
  static let values: [[Cell]] = [
    [], [.null], [.real(.nan), .real(.infinity), .real(-.infinity)], [.real(0), .real(0)],
    [.real(1e308), .real(-1e308)], [.real(.leastNonzeroMagnitude), .real(1e-300)],
    [.real(-1), .real(0), .real(3)],
    [.text(""), .text("\u{0}\u{1}<&>\"'"), .text(String(repeating: "長い名前", count: 200)), .text("שלום עולם")],
    [.boolean(true), .text("1e999"), .real(9e18), .null], (0..<300).map { .text("name \($0)") },
  ]

  static let types = [
    ("quantitative", "nominal"), ("ordinal", "quantitative"), ("temporal", "quantitative"),
    ("quantitative", "quantitative"),
  ]

  @Test(arguments: values.indices, ["bar", "line", "area", "point", "rect", "rule", "tick", "text", "trail"])
  func anyDataDraws(_ index: Int, _ mark: String) throws {
    let column = Self.values[index]
    let table = DataTable(names: ["a", "b"], columns: [column, column.reversed()])
    for (x, y) in Self.types {
      let spec: JSON = [
        "data": ["name": "t"], "mark": .string(mark),
        "encoding": [
          "x": ["field": "a", "type": .string(x)], "y": ["field": "b", "type": .string(y)], "color": ["field": "b"],
          "text": ["field": "a"],
        ],
      ]
      let figure: Figure.Drawing
      do {
        figure = try Figure.draw(spec, data: ["t": table], width: 300)
      } catch {
        // The only error allowed: text where numbers are needed.
        #expect(error.message.contains("holds text"), "\(error)")
        continue
      }
      #expect(figure.scene.height.isFinite && figure.scene.height >= 0)
      if y == "nominal" {
        _ = try PNGRenderer(scale: 0.1).render(figure.scene.height < 3000 ? figure.scene : Scene(width: 1, height: 1))
        #expect(!SVGRenderer().render(figure.scene).contains("nan"))
      }
    }
  }

  @Test(arguments: ["log", "sqrt", "symlog", "pow", "time", "utc", "linear", "band", "point", "threshold"])
  func anyScaleDraws(_ type: String) throws {
    for column in Self.values {
      let table = DataTable(names: ["a"], columns: [column])
      for json in [
        ["type": .string(type)], ["type": .string(type), "domain": [0, 0]], ["type": .string(type), "nice": 1e300],
      ] as [JSON] {
        let spec: JSON = [
          "data": ["name": "t"], "mark": "point",
          "encoding": ["x": ["field": "a", "type": "quantitative", "scale": json, "axis": ["tickCount": 1e12]]],
        ]
        do {
          _ = try Figure.draw(spec, data: ["t": table], width: 300)
        } catch {
          #expect(!error.path.isEmpty)
        }
      }
    }
  }

  @Test func zeroIsLeftOutOfLogarithms() throws {
    let table = DataTable(names: ["wait"], columns: [[.real(0), .real(10), .real(1000)]])
    let spec: JSON = [
      "data": ["name": "t"], "mark": "point",
      "encoding": ["x": ["field": "wait", "type": "quantitative", "scale": ["type": "log"]]],
    ]
    let figure = try Figure.draw(spec, data: ["t": table], width: 300)
    #expect(figure.notes == ["1 value of zero or less left out of a log scale"])
  }
}
