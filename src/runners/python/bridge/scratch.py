"""The files of an instance: a folder with the program, and a /tmp of its own."""

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .walls import real_open

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME = "/home/learner"
TEMPORARY = "/tmp"


class Scratch:
    """Of the instance of that number. While another one runs its files lie aside."""

    def __init__(self, number: int) -> None:
        self.home = HOME
        self._aside = f"/aside/{number}"
        self._files = {}

    def begin(self, files: dict[str, str]) -> None:
        """Makes the folders anew, as on a host that has just been set up."""
        self._files = files
        self._make()

    def _make(self) -> None:
        os.makedirs(self._aside, exist_ok=True)
        for folder in ("home", "tmp"):
            remove(f"{self._aside}/{folder}")
            os.mkdir(f"{self._aside}/{folder}")
        for name, text in self._files.items():
            path = os.path.normpath(f"{self._aside}/home/{name}")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with real_open(path, "w", encoding="utf-8", errors="surrogatepass") as file:
                file.write(text)

    def enter(self) -> None:
        os.rename(f"{self._aside}/home", HOME)
        os.rename(f"{self._aside}/tmp", TEMPORARY)
        os.chdir(HOME)

    def put_away(self) -> None:
        os.chdir("/")
        os.rename(HOME, f"{self._aside}/home")
        os.rename(TEMPORARY, f"{self._aside}/tmp")

    @contextmanager
    def fresh(self) -> Iterator[None]:
        """The folders of the running instance as they were at its beginning; in the end they are again as they are."""
        self.put_away()
        kept = f"{self._aside}/kept"
        os.mkdir(kept)
        for folder in ("home", "tmp"):
            os.rename(f"{self._aside}/{folder}", f"{kept}/{folder}")
        self._make()
        self.enter()
        try:
            yield
        finally:
            self.put_away()
            for folder in ("home", "tmp"):
                remove(f"{self._aside}/{folder}")
                os.rename(f"{kept}/{folder}", f"{self._aside}/{folder}")
            os.rmdir(kept)
            self.enter()

    def drop(self) -> None:
        remove(self._aside)


def remove(folder: str) -> None:
    """The folder and all that is in it, if it is there. shutil.rmtree would open it, which a wall refuses."""
    for path, folders, files in os.walk(folder, topdown=False):
        for name in files:
            os.unlink(f"{path}/{name}")
        for name in folders:
            inner = f"{path}/{name}"
            os.unlink(inner) if os.path.islink(inner) else os.rmdir(inner)
    if os.path.isdir(folder):
        os.rmdir(folder)
