"""Takes the queries, reports and engines of the repository into the package, so that it works outside of it."""

import pathlib
import shutil

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

FOLDER = pathlib.Path(__file__).resolve().parent
FILES = {"Queries": "*.sql", "Reports": "*.md", "lake": "*.py"}


def take(target):
    for name, pattern in FILES.items():
        # In the repository they lie beside this folder, in an archive within the package.
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
