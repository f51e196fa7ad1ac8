"""Executes every notebook in this folder, checks that it was committed without output, and checks what its figures draw
in Vega-Lite (vl-convert). With --every-figure, one without rows is a fault: the sample account has some for each. Changes no
file; `$BATCHCOST_KEEP` names a folder for pictures to look at."""

import json
import os
import pathlib
import subprocess
import sys

os.environ["TZ"] = "UTC"
import nbformat
import vl_convert
from nbclient import NotebookClient

FOLDER = pathlib.Path(__file__).resolve().parent
# Makes figures output their specification instead of the page that shows them.
KIND = "application/vnd.vegalite+json"
AS_SPECIFICATION = f"""import altair as _altair
_altair.renderers.register("specification", lambda figure, **_: {{"{KIND}": figure}})
_altair.renderers.enable("specification")"""
BROKEN = ("NaN", "{{", "undefined", "null", "Infinity")


def main():
    paths = sorted(FOLDER.glob("*.ipynb"))
    failed = 0
    for path in paths:
        try:
            print(f"{path.name}: {run(path)}")
        except Exception as error:
            print(f"{path.name}: {error}")
            failed += 1
    print(f"{len(paths) - failed} passed, {failed} failed")
    return 1 if failed or not paths else 0


def run(path):
    notebook = nbformat.read(path, as_version=4)
    if any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells):
        raise ValueError("has output; clear it before committing")
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in cells:
        cell.source = f"{AS_SPECIFICATION}\n{cell.source}"
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(FOLDER)}})
    client.execute(stderr=subprocess.DEVNULL)
    figures = [spec for cell in cells for output in cell.outputs for spec in specifications(output)]
    if not figures:
        raise ValueError("draws no figure")
    blank = 0
    for number, figure in enumerate(figures, 1):
        blank += not check(figure, f"{path.stem}-{number}")
    if blank and "--every-figure" in sys.argv:
        raise ValueError(f"{blank} of {len(figures)} figures have no rows")
    return f"{len(cells)} cells ran, {len(figures)} figures" + (f", {blank} without rows" if blank else "")


def specifications(output):
    # As plain dictionaries, which vl-convert needs.
    return [json.loads(json.dumps(output["data"][KIND]))] if KIND in output.get("data", {}) else []


def check(specification, name):
    """A figure must draw at least one mark, and show nothing that no reader should see.

    Returns whether its data have rows: an account without Spot has no interruptions to draw."""
    if not has_rows(specification):
        return False
    graph = vl_convert.vegalite_to_scenegraph(specification)["scenegraph"]
    broken = sorted({text for text in texts(graph) if any(word in text for word in BROKEN)})
    if broken:
        raise ValueError(f"{name} says {', '.join(broken[:5])}")
    empty = [view for view in plots(graph) if marks(view) == 0]
    if empty or not plots(graph):
        raise ValueError(f"{name} has {len(empty) or 'no plot and so'} plots without a mark")
    if keep := os.environ.get("BATCHCOST_KEEP"):
        pathlib.Path(keep, f"{name}.png").write_bytes(vl_convert.vegalite_to_png(specification, scale=2))
    return True


def has_rows(specification):
    """Whether any of the figure's data sets has a row."""
    sets = list(specification.get("datasets", {}).values())
    sets += [found["values"] for found in [specification.get("data") or {}] if "values" in found]
    return any(sets) or not sets


def plots(node):
    """The groups of the scene graph that contain marks of the data."""
    found = []
    for child in node.get("items", []):
        if any(inner.get("role") == "mark" and inner.get("marktype") != "group" for inner in child.get("items", [])):
            found.append(child)
        else:
            found += plots(child)
    return found


def marks(view):
    return sum(len(inner.get("items", [])) for inner in view.get("items", []) if inner.get("role") == "mark")


def texts(node):
    found = []
    if node.get("marktype") == "text":
        for item in node.get("items", []):
            text = item.get("text", "")
            found += [str(line) for line in (text if isinstance(text, list) else [text])]
    for child in node.get("items", []):
        found += texts(child)
    return found


sys.exit(main())
