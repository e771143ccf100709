"""What the editor asks of jedi. Questions and answers are JSON; their shapes are in lib/editor/python-help-answers.ts."""

import json
import os
from typing import TYPE_CHECKING

import jedi
from jedi.api.environment import InterpreterEnvironment

from .install import HOME, PACKAGES, write
from .place import is_text, is_too_deep, name_at, name_before

if TYPE_CHECKING:
    from jedi.api.classes import BaseName, BaseSignature, Signature
    from parso.python.tree import Name

# Analysed in this interpreter: there are no other processes. Python's own library is known by jedi's stubs and, for the
# names of its modules, by the zip it lies in.
ENVIRONMENT = InterpreterEnvironment()
LIBRARY = "/lib/python314.zip"
PROJECT = jedi.Project(HOME, sys_path=[HOME, PACKAGES, LIBRARY], smart_sys_path=False)

WARM_UP = """\
import time
from flask import Flask
from prometheus_client import Counter, Histogram

REQUESTS = Counter("requests", "Requests.", ["path"])
SECONDS = Histogram("seconds", "Seconds.")

def handle(request):
    with SECONDS.time():
        REQUESTS.labels(request.path).inc()
    return process_request(request)

REQUESTS.
"""

IMPORT = "from prometheus_client import "

# What is shown with its parameters.
CALLED = ("function", "class")

# The last script, as long as it is asked about again, and the last list, whose entries are explained one by one.
script, script_of = None, None
listed, list_number = [], 0
# The texts of the learner's files that were written down last.
written = {}


def answer(question: str) -> str:
    """Of a program that jedi does not come to terms with nothing is known: null."""
    asked = json.loads(question)
    try:
        return json.dumps(ASKED[asked.pop("kind")](**asked))
    except Exception:
        return "null"


def warm_up() -> None:
    """Parses what nearly every answer needs: the stubs of builtins and typing, prometheus_client, Flask."""
    line = WARM_UP.count("\n")
    items = complete({"app.py": WARM_UP}, "app.py", line, len("REQUESTS."))["items"]
    for index, item in enumerate(items):
        if item["name"] == "inc":
            describe(list_number, index)
    hover({"app.py": WARM_UP}, "app.py", 2, len("from fl"))
    complete({"app.py": IMPORT}, "app.py", 1, len(IMPORT))


def complete(files: dict[str, str], file: str, line: int, column: int) -> dict:
    global listed, list_number
    asked = script_for(files, file)
    place = (line, column)
    listed = [] if is_text(asked, place) else asked.complete(line, column)
    list_number += 1
    items = [{"name": one.name, "insert": one.name_with_symbols, "type": one.type} for one in listed]
    return {"number": list_number, "items": items}


def describe(number: int, index: int) -> dict | None:
    """Explains an entry of the list that was answered last."""
    if number != list_number or not 0 <= index < len(listed):
        return None
    return about(listed[index])


def signatures(files: dict[str, str], file: str, line: int, column: int) -> list[dict]:
    asked = script_for(files, file)
    return [signature_row(one, name_before(asked, one.bracket_start)) for one in asked.get_signatures(line, column)]


def hover(files: dict[str, str], file: str, line: int, column: int) -> dict | None:
    asked = script_for(files, file)
    name = name_at(asked, (line, column))
    found = [one for one in asked.help(line, column) if one.type != "keyword"] if name else []
    if not found:
        return None
    return {"column": name.column, "endColumn": name.end_pos[1], **about(found[0], name.value)}


ASKED = {"complete": complete, "describe": describe, "signatures": signatures, "hover": hover}


def script_for(files: dict[str, str], file: str) -> jedi.Script:
    global script, script_of
    wanted = (files, file)
    if any(is_too_deep(text) for text in files.values()):
        raise ValueError("a program is nested too deeply")
    if any(os.path.basename(name) != name for name in files):
        raise ValueError("a file would lie outside of the program's folder")
    if wanted != script_of:
        put_down(files)
        script = jedi.Script(files[file], path=f"{HOME}/{file}", environment=ENVIRONMENT, project=PROJECT)
        script_of = wanted
    return script


def put_down(files: dict[str, str]) -> None:
    """Writes the learner's files where jedi looks for what they import."""
    for file in written.keys() - files.keys():
        os.remove(f"{HOME}/{file}")
        del written[file]
    for file, text in files.items():
        if written.get(file) != text:
            write(f"{HOME}/{file}", text)
            written[file] = text


def signature_row(signature: Signature, name: Name | None) -> dict:
    params = params_of(signature)
    index = signature.index
    return {
        # As it is written in the call, which may be another name of the same.
        "name": name.value if name else signature.name,
        "params": params,
        "active": index if index is not None and index < len(params) else None,
        "text": text_of(signature),
    }


def params_of(signature: BaseSignature) -> list[str]:
    """Without those that begin with an underscore, which are between the parts of a package and stand last."""
    return [one.to_string() for one in signature.params if not one.name.startswith("_")]


def about(name: BaseName, written: str | None = None) -> dict:
    """What a name is, as code, and what is written about it. In a program it may be written as another name of the same."""
    return {"code": "\n".join(code_of(name, written or name.name)), "text": text_of(name)}


def code_of(name: BaseName, written: str) -> list[str]:
    if name.type == "module":
        return [f"module {name.full_name or name.name}"]
    kinds = [name] if name.type in CALLED else name.infer()
    if kinds and kinds[0].type in CALLED:
        word = "class" if kinds[0].type == "class" else "def"
        return [f"{word} {written}{call}" for call in calls(kinds[0])] or [f"{word} {written}"]
    types = dict.fromkeys(one.name for one in kinds if one.type == "instance")
    return [f"{written}: {' | '.join(types)}" if types else written]


def calls(name: BaseName) -> list[str]:
    """How it is called, with the type of what comes back."""
    return [f"({', '.join(params_of(one))}){result_of(one, name)}" for one in name.get_signatures()]


def result_of(signature: BaseSignature, name: BaseName) -> str:
    _, arrow, result = signature.to_string().rpartition(" -> ")
    return f" -> {result}" if arrow and name.type == "function" else ""


def text_of(name: BaseName) -> str:
    text = name.docstring(raw=True, fast=False)
    if text or name.type not in ("statement", "param", "instance"):
        return text
    # What an object of a class is good for is written at the class.
    return next((text for one in name.infer() if (text := one.docstring(raw=True, fast=False))), "")
