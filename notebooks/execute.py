"""Executes every notebook of this folder and checks that it was committed without output. Changes no file."""

import pathlib
import subprocess
import sys

import nbformat
from nbclient import NotebookClient

FOLDER = pathlib.Path(__file__).resolve().parent


def main():
    failed = 0
    for path in sorted(FOLDER.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        if any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells):
            print(f"{path.name}: has output; clear it before committing")
            failed += 1
            continue
        try:
            NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(FOLDER)}}).execute(stderr=subprocess.DEVNULL)
            print(f"{path.name}: {sum(cell.cell_type == 'code' for cell in notebook.cells)} cells ran")
        except Exception as error:
            print(f"{path.name}: {error}")
            failed += 1
    print(f"{len(list(FOLDER.glob('*.ipynb'))) - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
