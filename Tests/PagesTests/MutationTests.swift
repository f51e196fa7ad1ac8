import Charts
import Domain
import Testing

@testable import Reporting

/// Faults planted in the sample's weekly report: the critic must see each.
@Suite struct MutationTests {
  private func kinds(_ change: (inout Document) -> Void) throws -> Set<Fault.Kind> {
    let account = try PagesAccount.sample()
    var document = try account.document("weekly")
    change(&document)
    let critic = try Critic(document, source: PagesAccount.text("weekly"), recomputed: account.recomputed)
    return Set(critic.faults().map(\.kind))
  }

  private func setHeadline(_ text: String) -> (inout Document) -> Void {
    { document in
      for index in document.blocks.indices {
        if case .heading(1, _, let anchor) = document.blocks[index] {
          document.blocks[index] = .heading(level: 1, [.text(text)], anchor: anchor)
        }
      }
    }
  }

  // MARK: Five wrong sentences

  @Test func aNumberOfAnotherColumnIsFound() throws {
    let faults = try kinds { document in
      let quote = document.quotes.first { $0.query == "headline" && $0.column == "cost_usd" }
      document.quotes = Set(
        document.quotes.map {
          guard $0 == quote else { return $0 }
          var wrong = $0
          wrong.value = .money(Money(nanodollars: 1))
          return wrong
        })
    }
    #expect(faults == [.number])
  }

  @Test func aNumberFromNowhereIsFound() throws {
    #expect(try kinds(setHeadline("AWS Batch cost $12,345, up 23%")) == [.unexplained])
  }

  @Test func aWrongDirectionIsFound() throws {
    #expect(try kinds(setHeadline("AWS Batch cost $9,857, down 23%")) == [.comparison])
  }

  /// Facts of the first page's lede and of "How sure": one instance too many, time counted twice.
  @Test(arguments: [
    ("headline", "top_type_instances", Cell.integer(27)), ("confidence", "unpriced_seconds", .real(9686)),
  ])
  func aWrongFactIsFound(_ query: String, _ column: String, _ wrong: Cell) throws {
    let faults = try kinds { document in
      document.quotes = Set(
        document.quotes.map { quote in
          var quote = quote
          if quote.query == query, quote.column == column { quote.value = wrong }
          return quote
        })
    }
    #expect(faults == [.number])
  }

  private func setTitle(_ id: String, _ text: String) -> (inout Document) -> Void {
    { document in
      for index in document.blocks.indices {
        guard case .figure(var figure) = document.blocks[index], figure.id == id else { continue }
        figure.title = [.text(text)]
        document.blocks[index] = .figure(figure)
      }
    }
  }

  @Test func failuresThatAreNotInTheTableAreFound() throws {
    #expect(try kinds(setTitle("job-cost", "None of the ten most expensive jobs failed")) == [.claim])
  }

  @Test func aMissingComparisonIsFound() throws {
    #expect(try kinds(setHeadline("AWS Batch cost $9,857")) == [.comparison])
  }

  @Test func aWrongPluralIsFound() throws {
    #expect(try kinds(setHeadline("AWS Batch cost $9,857, up 23%. 1 jobs ran.")).contains(.plural))
  }

  @Test func aKnownCostCalledUnknownIsFound() throws {
    #expect(try kinds(setHeadline("The cost of AWS Batch is unknown")).contains(.unknown))
  }

  // MARK: Five faults of layout

  private func layout(_ change: (inout [Scene]) -> Void) throws -> Set<Fault.Kind> {
    let account = try PagesAccount.sample()
    let document = try account.document("weekly")
    var pages = try PageScenes(document, charts: .vegaLite).pages
    change(&pages)
    let critic = Critic(
      document, pages: pages, source: PagesAccount.text("weekly"), recomputed: try account.recomputed)
    return Set(critic.faults().map(\.kind))
  }

  private static let style = TextStyle(size: 9, color: Color(red: 0, green: 0, blue: 0))

  @Test func overlappingTextsAreFound() throws {
    let faults = try layout { pages in
      for offset in [0.0, 3.0] { pages[0].nodes.append(.text(Text("over", x: 60 + offset, y: 700, style: Self.style))) }
    }
    #expect(faults.contains(.overlap))
  }

  @Test func aNameThatBreaksInsideIsFound() throws {
    let faults = try layout { pages in
      for (line, text) in ["no price of r5a.8xlarge in eu-", "west-1"].enumerated() {
        pages[0].nodes.append(.text(Text(text, x: 60, y: 700 + 13 * Double(line), style: Self.style)))
      }
    }
    #expect(faults.contains(.cut))
  }

  @Test func aTextOutsideThePageIsFound() throws {
    let faults = try layout { $0[0].nodes.append(.text(Text("beyond the margin", x: 540, y: 790, style: Self.style))) }
    #expect(faults.contains(.outside))
  }

  @Test func equalTicksAreFound() throws {
    let faults = try layout { pages in
      let axis = TextStyle(size: 9, color: Theme.light[.ink3])
      let labels = ["$0", "0", "0"].enumerated().map { index, label in
        Node.text(Text(label, x: 300, y: 700 - Double(index) * 14, style: axis, anchor: .end))
      }
      pages[3].nodes.append(.group(Group(role: .figure(title: "t", description: ""), nodes: labels)))
    }
    #expect(faults.contains(.ticks))
  }

  @Test func aTruncatedTileIsFound() throws {
    let faults = try layout { pages in
      func cut(_ nodes: [Node]) -> [Node] {
        nodes.map { node in
          switch node {
          case .path: return node
          case .group(var group):
            group.nodes = cut(group.nodes)
            return .group(group)
          case .text(var text):
            if text.string.hasPrefix("from $7") { text.string = "from …" }
            return .text(text)
          }
        }
      }
      pages[0].nodes = cut(pages[0].nodes)
    }
    #expect(faults.contains(.cut))
  }

  @Test func aRowWithoutPostingsIsFound() throws {
    let faults = try kinds { document in
      for index in document.blocks.indices {
        guard case .figure(var figure) = document.blocks[index], case .table(var table) = figure.body,
          figure.id == "cost-by-queue", let column = table.columns.firstIndex(where: { $0.name == "cost_usd" })
        else { continue }
        table.rows[0].cells[column].value = .money(Money(nanodollars: 1))
        figure.body = .table(table)
        document.blocks[index] = .figure(figure)
      }
    }
    #expect(faults == [.number])
  }

  @Test func aTitleOfAnotherRowIsFound() throws {
    let faults = try kinds { document in
      for index in document.blocks.indices {
        guard case .figure(var figure) = document.blocks[index], case .table(var table) = figure.body,
          figure.id == "cost-by-queue"
        else { continue }
        table.rows.removeFirst()
        figure.body = .table(table)
        document.blocks[index] = .figure(figure)
      }
    }
    #expect(faults.contains(.claim))
  }

  @Test func anEmptyFigureIsFound() throws {
    let faults = try kinds { document in
      document.blocks.append(.figure(Figure(anchor: "x", title: [.text("Nothing")], body: .empty("No rows"))))
    }
    #expect(faults == [.empty])
  }

  @Test func aWrongTotalAndEqualRowsAreFound() throws {
    let faults = try kinds { document in
      let columns = [
        TableColumn(name: "a", label: "A", kind: .text, alignment: .left),
        TableColumn(name: "b", label: "B", kind: .number, alignment: .right),
      ]
      let rows = [("main", "$1.00"), ("main", "$2.00"), ("Total", "$4.00")].enumerated().map { index, row in
        TableRow(style: index == 2 ? .total : .plain, cells: [TableCell(text: row.0), TableCell(text: row.1)])
      }
      document.blocks.append(
        .figure(
          Figure(anchor: "x", title: [.text("Wrong")], body: .table(TableModel(columns: columns, rows: rows))))
      )
    }
    #expect(faults == [.alike, .total])
  }
}
