"""Draws a folder of specs with Vega-Lite itself (vl-convert) and prints what it drew, for ReferenceTests and
ReportFigureTests.

usage: reference.py FOLDER > reference.json

One object per spec: its plots in reading order, each with its marks' items, its axes and its size, and the words of its
legends and headers. Coordinates are relative to the plot's top left corner. `valid` lists violations of the published
Vega-Lite v6 schema, which altair includes. `$BATCHCOST_KEEP` names a folder for pictures to look at.
"""

import json
import os
import pathlib
import sys

os.environ["TZ"] = "UTC"
import altair
import jsonschema
import vl_convert

SCHEMA = json.loads((pathlib.Path(altair.__file__).parent / "vegalite/v6/schema/vega-lite-schema.json").read_text())
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


def item(kind, i):
    x, y = i.get("x", 0), i.get("y", 0)
    out = {"x": x, "y": y}
    if kind == "rect":
        out |= {"w": i.get("width", i.get("x2", x) - x), "h": i.get("height", i.get("y2", y) - y)}
    elif kind == "rule":
        out |= {"x2": i.get("x2", x), "y2": i.get("y2", y)}
    elif kind == "symbol":
        out |= {"size": i.get("size", 64), "shape": i.get("shape", "circle")}
    elif kind == "text":
        out |= {"x": x + i.get("dx", 0), "y": y + i.get("dy", 0), "text": str(i.get("text", ""))}
    elif kind == "area":
        out |= {"x2": i.get("x2", x + i.get("width", 0)), "y2": i.get("y2", y + i.get("height", 0))}
        out["defined"] = i.get("defined", True)
    elif kind in ("line", "trail"):
        out["defined"] = i.get("defined", True)
        out["size"] = i.get("size", 0)
    for name in ("fill", "stroke", "opacity", "fillOpacity", "strokeOpacity", "strokeWidth", "strokeDash"):
        if name in i and isinstance(i[name], (str, int, float, list)):
            out[name] = i[name]
    return out


def marks(group):
    """The marks of a plot; a line's groups are lists of points."""
    found = []
    for child in group["items"]:
        if child.get("role") == "mark" and child["marktype"] != "group":
            kind = child["marktype"]
            items = [item(kind, i) for i in child.get("items", [])]
            found.append({"type": kind, "groups": [items] if kind in ("line", "area", "trail") else None, "items": items})
        elif child["marktype"] == "group" and "pathgroup" in child.get("name", ""):
            kind, groups = "line", []
            for inner in child.get("items", []):
                for mark in inner.get("items", []):
                    kind = mark["marktype"]
                    groups.append([item(kind, i) for i in mark.get("items", [])])
            found.append({"type": kind, "groups": groups, "items": []})
    return found


def axis(group):
    out = {"orient": group.get("orient"), "labels": [], "ticks": [], "title": None}
    for child in group["items"]:
        along = "x" if group.get("orient") in ("top", "bottom") else "y"
        if child["role"] == "axis-label":
            out["labels"] = [
                {"text": str(i.get("text", "")), "at": i.get(along, 0), "shown": i.get("opacity", 1) > 0, "align": i.get("align", "left")}
                for i in child["items"]
            ]
        elif child["role"] == "axis-tick":
            out["ticks"] = [i.get(along, 0) for i in child["items"]]
        elif child["role"] == "axis-title" and child["items"]:
            out["title"] = child["items"][0].get("text")
    return out


def walk(group, x, y, spec):
    x, y = x + group.get("x", 0), y + group.get("y", 0)
    drawn, axes = marks(group), []
    for child in group.get("items", []):
        if child["marktype"] != "group" or "pathgroup" in child.get("name", ""):
            continue
        role = child.get("role", "")
        for inner in child.get("items", []):
            if role == "axis":
                axes.append(axis(inner))
            elif role == "legend":
                spec["legends"].append(sorted(texts(inner)))
            elif "header" in role or "footer" in role or "title" in role:
                spec["headers"] += texts(inner, skip_axes=True)
                for part in inner.get("items", []):
                    if part.get("role") == "axis":
                        spec["footers"] += [axis(a) for a in part["items"]]
            else:
                walk(inner, x, y, spec)
    axes = [a for a in axes if a["labels"] or a["ticks"] or a["title"]]
    if drawn:
        spec["plots"].append({"x": x, "y": y, "width": group.get("width", 0), "height": group.get("height", 0), "marks": drawn, "axes": axes})
    else:
        spec["footers"] += axes


def texts(node, skip_axes=False):
    found = []
    if isinstance(node, dict):
        if skip_axes and node.get("role") == "axis":
            return []
        if node.get("marktype") == "text":
            for i in node.get("items", []):
                t = i.get("text", "")
                found += [str(part) for part in (t if isinstance(t, list) else [t]) if str(part)]
            return found
        for child in node.get("items", []) or []:
            found += texts(child, skip_axes)
    return found


def main():
    result = {}
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.vl.json")):
        spec = json.loads(path.read_text())
        errors = sorted(VALIDATOR.iter_errors(spec), key=lambda e: len(e.path))
        # A font that both renderers have, since it decides which labels collide.
        spec.setdefault("config", {}).setdefault("font", "DejaVu Sans")
        graph = vl_convert.vegalite_to_scenegraph(spec, vl_version="6.4")
        out = {"plots": [], "footers": [], "headers": [], "legends": [], "valid": [e.message[:200] for e in errors[:1]]}
        out["width"], out["height"] = graph["width"], graph["height"]
        for frame in graph["scenegraph"]["items"]:
            walk(frame, graph["origin"][0], graph["origin"][1], out)
        out["plots"].sort(key=lambda p: (round(p["y"], 1), round(p["x"], 1)))
        name = path.name.removesuffix(".vl.json")
        result[name] = out
        if keep := os.environ.get("BATCHCOST_KEEP"):
            picture = vl_convert.vegalite_to_png(spec, vl_version="6.4", scale=2)
            pathlib.Path(keep, f"{name}.vega.png").write_bytes(picture)
    json.dump(result, sys.stdout)


main()
