"""The files of an instance: a folder with the program, and a /tmp of its own."""

import os
import shutil

from .walls import real_open

HOME = "/home/learner"
TEMPORARY = "/tmp"


class Scratch:
    """Of the instance of that number. While another one runs its files lie aside."""

    def __init__(self, number: int) -> None:
        self.home = HOME
        self._aside = f"/aside/{number}"

    def begin(self, files: dict[str, str], environ: dict[str, str]) -> None:
        """Makes the folders anew, as on a host that has just been set up."""
        os.makedirs(self._aside, exist_ok=True)
        for folder in ("home", "tmp"):
            shutil.rmtree(f"{self._aside}/{folder}", ignore_errors=True)
            os.mkdir(f"{self._aside}/{folder}")
        for name, text in files.items():
            path = os.path.normpath(f"{self._aside}/home/{name}")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with real_open(path, "w", encoding="utf-8", errors="surrogatepass") as file:
                file.write(text)
        shared = environ.get("PROMETHEUS_MULTIPROC_DIR", "")
        if shared.startswith(f"{TEMPORARY}/"):
            os.makedirs(f"{self._aside}/tmp{shared.removeprefix(TEMPORARY)}", exist_ok=True)

    def enter(self) -> None:
        os.rename(f"{self._aside}/home", HOME)
        os.rename(f"{self._aside}/tmp", TEMPORARY)
        os.chdir(HOME)

    def put_away(self) -> None:
        os.chdir("/")
        os.rename(HOME, f"{self._aside}/home")
        os.rename(TEMPORARY, f"{self._aside}/tmp")

    def drop(self) -> None:
        shutil.rmtree(self._aside, ignore_errors=True)
