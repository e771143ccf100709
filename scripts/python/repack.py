"""Repacks a zip of Python source as a zip of byte code. Runs inside Pyodide, so that the interpreter that will load the
byte code is the one that compiled it."""

import importlib._bootstrap_external as bootstrap
import importlib.metadata
import importlib.util
import os
import re
import warnings
import zipfile


def repack(parts, target):
    """Writes the parts, zips or modules, each a dict with path, prefix, leave_out and compile, to one zip.

    The zip is stored, not deflated: a host compresses it as a whole on its way, which comes out a third smaller than
    compressing each module. The same input gives the same bytes (given PYTHONHASHSEED): no times of files are kept.
    """
    warnings.simplefilter("ignore")
    with zipfile.ZipFile(target, "w") as output:
        for part in parts:
            for name, data in entries(**part):
                output.writestr(zipfile.ZipInfo(name), data)


def entries(path, prefix, leave_out, compile):
    unwanted = re.compile("|".join(leave_out) or "(?!)")
    for name, data in contents(path):
        if name.endswith("/") or unwanted.search(name):
            continue
        if compile and name.endswith(".py"):
            yield name + "c", byte_code(data, prefix + name)
        else:
            yield name, data


def contents(path):
    """Of a zip, or a module that stands alone."""
    if path.endswith(".py"):
        with open(path, "rb") as module:
            yield os.path.basename(path), module.read()
        return
    with zipfile.ZipFile(path) as source:
        for name in sorted(source.namelist()):
            yield name, source.read(name)


def byte_code(source, filename):
    """A .pyc that is never compared with its source, which does not travel with it. Assertions and docstrings stay."""
    code = compile(source, filename, "exec", dont_inherit=True, optimize=0)
    source_hash = importlib.util.source_hash(source)
    return bytes(bootstrap._code_to_hash_pyc(code, source_hash, checked=False))


def describe(wheel):
    """The name, version and licence that a wheel states."""
    (info,) = importlib.metadata.distributions(path=[wheel])
    metadata = info.metadata
    licence = metadata["License-Expression"] or metadata["License"]
    if licence is None:
        classifiers = metadata.get_all("Classifier", [])
        licence = ", ".join(c.split(" :: ")[-1] for c in classifiers if c.startswith("License ::"))
    return [metadata["Name"], metadata["Version"], licence]
