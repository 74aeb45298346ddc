"""From `module:Model` or `file.py:Model` to the Pydantic model of that name. It runs the code it imports."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from pydantic import BaseModel

from .._errors import UsageError

_FORM = "Give --schema module:Model or --schema file.py:Model."


def model(named: str) -> type[BaseModel]:
    """The model of that name; raises `UsageError` where there is none, or its code cannot be run."""
    where, _, name = named.rpartition(":")
    if not where or not name.isidentifier():
        raise UsageError(f"{named!r} names no model.", next_step=_FORM)
    module = _file(Path(where)) if where.endswith(".py") else _module(where)
    found = getattr(module, name, None)
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        raise UsageError(f"{where} has no Pydantic model {name!r}.", next_step=_FORM)
    return found


def _module(name: str) -> ModuleType:
    folder = str(Path.cwd())
    if folder not in sys.path:
        sys.path.insert(0, folder)  # a command is run where its schema lies, as `python -m` is
    with _told_apart(name):
        return import_module(name)


def _file(path: Path) -> ModuleType:
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", next_step=_FORM)
    spec = spec_from_file_location(f"quotewise_schema_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{path} cannot be imported.", next_step=_FORM)
    module = module_from_spec(spec)
    sys.modules[module.__name__] = module  # pydantic looks up a model's names in its module
    folder = str(path.parent.resolve())
    if folder not in sys.path:
        sys.path.append(folder)  # what lies beside it can be imported, as under `python file.py`
    with _told_apart(str(path)):
        spec.loader.exec_module(module)
    return module


@contextmanager
def _told_apart(name: str) -> Iterator[None]:
    """A user's code is run within: what it prints is no result, and what it raises is told in a line."""
    try:
        with redirect_stdout(sys.stderr):
            yield
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it raises
        told = f"{name} cannot be imported ({type(error).__name__}: {error})."
    else:
        return
    raise UsageError(told, next_step=_FORM)
