import Accounting
import Domain
import Store

/// The derivation of a capacity reservation's idle cost as text.
struct ReservationExplanationWriter {
  let explanation: ReservationExplanation
  let currency: Currency

  var text: String {
    [heading, life, states, charge, ExplanationText.postings(explanation.rows, in: currency)]
      .joined(separator: "\n")
  }

  private var heading: String {
    let what = [
      "capacity reservation", explanation.instanceType, explanation.platform ?? "Linux/UNIX", explanation.zone,
    ]
    return "\(explanation.name)  \(what.compactMap { $0 }.joined(separator: ", "))\n"
  }

  private var life: String {
    let end = explanation.isOpen ? "still active: the time of collection" : "EC2"
    let instances = explanation.instances
    return """
      Counted span
        from \(explanation.span.start) (its start, the first instance in it, or the first answer that names it)
        to \(explanation.span.end) (\(end))
        \(instances) known instance\(instances == 1 ? "" : "s") ran in it

      """
  }

  private var states: String {
    let rows = explanation.states.map { state -> [Cell] in
      [.instant(state.at), .integer(state.instances), .integer(state.available)]
    }
    let table = DataTable(["asked at", "reserved", "available"], rows: rows)
    return "Answers of EC2: each covers the time since the one before\n"
      + ExplanationText.indented(TableWriter.write(table))
  }

  private var charge: String {
    let rows = explanation.days.map { day -> [Cell] in
      [
        .text(day.day.description), .text(ExplanationText.seconds(day.milliseconds)),
        day.rate.map { .text(Money(nanodollars: $0.nanodollarsPerHour).description) } ?? .text("none"),
        day.rateSince.map { .instant($0) } ?? .null, ExplanationText.exact(day.cost),
      ]
    }
    let table = DataTable(["day", "idle seconds", "usd_per_hour", "price since", "cost_usd"], rows: rows)
    return "Charges at list price: reserved less the instances in it, one per UTC day, rounded once\n"
      + ExplanationText.indented(TableWriter.write(table.named(in: currency)))
  }
}
