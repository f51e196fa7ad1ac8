#!/usr/bin/env python3
"""Draws the reports' figures in matplotlib from the reports' own data: mpl_reports.py OUT REPORT.json …

A chart becomes bars or lines of the same rows, a table becomes a table with bars for its first amount. Each report is
written as a PDF with one figure a page, one SVG per figure, and an HTML page with the SVGs. Layout, text and PDF tags are
left out, so it draws less than the reports do.
"""
import json, os, re, sys

import matplotlib

matplotlib.use("Agg")
matplotlib.rcParams["svg.fonttype"] = "path"
import matplotlib.pyplot as plt
from matplotlib.backends.backend_pdf import PdfPages


def numbers(rows):
    return [key for key in rows[0] if any(isinstance(row.get(key), (int, float)) for row in rows)]


def names(rows):
    return [key for key in rows[0] if any(isinstance(row.get(key), str) for row in rows)]


def chart(axes, rows):
    amounts = [key for key in numbers(rows) if key.endswith(("_usd", "_seconds", "share", "per_100_hours", "usd_per_hour"))]
    texts = names(rows)
    by = texts[0] if texts else None
    value = (amounts or numbers(rows))[0]
    groups = {}
    for row in rows:
        key = row.get(texts[1]) if len(texts) > 1 else ""
        groups.setdefault(key, []).append((str(row.get(by)), row.get(value) or 0))
    if len(rows) > 300:
        for key, points in list(groups.items())[:12]:
            axes.plot(range(len(points)), [y for _, y in points], label=str(key), linewidth=0.8)
    else:
        for position, (key, points) in enumerate(list(groups.items())[:12]):
            axes.bar([f"{x}" for x, _ in points], [y for _, y in points], label=str(key), width=0.7)
            for x, y in points[:12]:
                axes.annotate(f"{y:,.0f}", (x, y), fontsize=6, ha="center")
    axes.tick_params(axis="x", labelrotation=90, labelsize=6)
    axes.set_ylabel(value)
    if 1 < len(groups) <= 12:
        axes.legend(fontsize=6)


def table(axes, rows):
    keys = list(rows[0])
    text = [[f"{row.get(key):,.2f}" if isinstance(row.get(key), float) else str(row.get(key, "")) for key in keys] for row in rows]
    axes.axis("off")
    drawn = axes.table(cellText=text, colLabels=keys, loc="center", cellLoc="left")
    drawn.auto_set_font_size(False)
    drawn.set_fontsize(6)
    amounts = [key for key in numbers(rows) if key.endswith("_usd")]
    if amounts:
        inset = axes.inset_axes([0.0, 0.0, 1.0, 0.12])
        inset.barh(range(len(rows)), [row.get(amounts[0]) if isinstance(row.get(amounts[0]), (int, float)) else 0 for row in rows])
        inset.axis("off")


def main():
    out, reports = sys.argv[1], sys.argv[2:]
    os.makedirs(out, exist_ok=True)
    for path in reports:
        with open(path) as file:
            document = json.load(file)
        name, pictures = os.path.splitext(os.path.basename(path))[0], []
        with PdfPages(f"{out}/{name}.pdf") as pdf:
            for number, block in enumerate(document["blocks"]):
                if block["type"] != "figure" or not (block.get("rows") or block.get("data")):
                    continue
                figure, axes = plt.subplots(figsize=(7, 3.2))
                if block.get("rows"):
                    table(axes, block["rows"])
                else:
                    rows = next(iter(block["data"].values()))
                    if rows:
                        chart(axes, rows)
                axes.set_title(block.get("title", "").replace("$", r"\$"), fontsize=9, loc="left")
                figure.tight_layout()
                pdf.savefig(figure)
                figure.savefig(f"{out}/{name}-{number}.svg")
                with open(f"{out}/{name}-{number}.svg") as file:
                    pictures.append(re.sub(r"^.*?<svg", "<svg", file.read(), count=1, flags=re.S))
                plt.close(figure)
        with open(f"{out}/{name}.html", "w") as file:
            file.write("<!doctype html><meta charset=utf-8>" + "".join(pictures))


main()
