"""Writes batchcost/palette.json, the colours of printed reports, from the program's own list.

usage: palette.py [--check]    with --check, changes nothing and fails if the file is out of date
"""

import json
import pathlib
import re
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
TOKENS = FOLDER.parent / "Sources/Charts/Scene/Token.swift"
PALETTE = FOLDER / "batchcost/palette.json"


def palette():
    source = TOKENS.read_text(encoding="utf-8")
    light = source[source.index("var light") : source.index("var dark")]
    cases = re.findall(r"case ([^\n]*): 0x([0-9A-F]{6})", light)
    raw = dict(re.findall(r"case (\w+) = \"([\w-]+)\"", source))
    names = [(name.strip(" ."), value) for names, value in cases for name in names.split(",")]
    return {raw.get(name, name): f"#{value}" for name, value in names}


def main():
    text = json.dumps(palette(), indent=2) + "\n"
    if sys.argv[1:] == ["--check"]:
        if not PALETTE.exists() or PALETTE.read_text(encoding="utf-8") != text:
            print(f"{PALETTE.name} is not what Token.swift says; run notebooks/palette.py", file=sys.stderr)
            return 1
        return 0
    PALETTE.write_text(text, encoding="utf-8")
    return 0


sys.exit(main())
