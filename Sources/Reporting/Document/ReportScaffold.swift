/// The template that `batchcost report new NAME` writes: a short report that renders unchanged, with a comment at each
/// step.
package enum ReportScaffold {
  /// - Parameter name: becomes the title, with blanks for dashes.
  package static func text(name: String) -> String {
    let title = name.split(separator: "-").joined(separator: " ")
    return """
      ---
      title: \(title.prefix(1).uppercased())\(title.dropFirst())
      summary: One line for `batchcost report`.
      page: A4            # or Letter
      period: week        # or month, all
      locale: en          # or de, fr, es: how numbers and dates are written
      ---

      {{! A report is Markdown. A value is format(query.column) in double braces; formats: usd, percent, integer, … }}

      # AWS Batch cost {{usd(totals.cost_usd)}}

      {{integer(totals.jobs)}} jobs ran. {{#some(totals.unused_usd)}}{{usd(totals.unused_usd)}} paid for capacity that no job used.{{/some(totals.unused_usd)}}

      {{! Three hashes, a line that says what is drawn, a block: that is a figure. }}

      ### Cost by job queue
      {{currency}}, most expensive first; unused cost last

      ```table
      query: cost-by-queue       # see `batchcost query` for all of them, or write Queries/NAME.sql
      top: 10
      columns:                   # a name is enough, or a name and its heading: [job_queue, jobs: Jobs that ran]
        - {field: job_queue, blank: "Unused, no queue"}
        - {bar: cost_usd, muted_color: unused, total: sum}
        - {field: jobs, blank: ""}
      total: Total
      ```

      {{! A figure is Vega-Lite, in YAML or JSON; its data is a query. }}

      ### Cost by day
      {{currency}}, by purchase option; unused cost on top

      ```vega-lite
      data: {name: cost-by-day-part}
      height: 160
      mark: bar
      encoding:
        x: {field: label, type: ordinal, sort: {field: day, op: min}}
        y: {field: cost_usd, type: quantitative, axis: {format: "$,.0f"}}
        color:
          field: part
          type: nominal
          scale:
            domain: [Unused, Plans, SageMaker, Fargate Spot, Fargate, Spot, On-Demand]
            range: [unused, savings-plan, work, fargate-spot, fargate, spot, on-demand]
        order: {field: stack, type: quantitative}
      ```

      > **How sure.** {{#some(totals.unpriced_seconds)}}{{hours(totals.unpriced_seconds)}} of instances have no price and are left out, not counted as zero.{{/some(totals.unpriced_seconds)}}{{^totals.unpriced_seconds}}All billed time has a price.{{/totals.unpriced_seconds}}

      """
  }
}
