"""Copies the repository's queries, reports and engines into the package, so that it works outside the repository."""

import pathlib
import shutil

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

FOLDER = pathlib.Path(__file__).resolve().parent
FILES = {"Queries": "*.sql", "Reports": "*.md", "Reports/figures": "*.yaml", "lake": "*.py"}


def take(target):
    for name, pattern in FILES.items():
        # In the repository they are beside this folder, in an archive inside the package.
        source = FOLDER.parent / name if (FOLDER.parent / name).is_dir() else FOLDER / "batchcost/data" / name
        (target / name).mkdir(parents=True, exist_ok=True)
        for file in sorted(source.glob(pattern)):
            shutil.copyfile(file, target / name / file.name)


class Build(build_py):
    def run(self):
        super().run()
        take(pathlib.Path(self.build_lib, "batchcost/data"))


class Archive(sdist):
    def make_release_tree(self, base_dir, files):
        super().make_release_tree(base_dir, files)
        take(pathlib.Path(base_dir, "batchcost/data"))


setup(cmdclass={"build_py": Build, "sdist": Archive})
