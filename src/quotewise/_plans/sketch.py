"""The shape of an answer in a line, for a model that must be told it in words: shorter than its schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel


def sketch(schema: type[BaseModel]) -> str:
    """A schema as a model would fill it, with what kind of value stands where.

    >>> from .schemas import ClaimedAnswer
    >>> print(sketch(ClaimedAnswer).replace(' "claims"', '\\n"claims"'))
    {"status": "answered" or "partly" or "conflict" or "not_in_source",
    "claims": [{"evidence": [integer, ...], "text": string}, ...], "short": string}
    """
    whole = schema.model_json_schema()
    return _drawn(whole, whole.get("$defs", {}))


def _drawn(node: Mapping[str, Any], defs: Mapping[str, Any]) -> str:
    match node:
        case {"$ref": name}:
            return _drawn(defs[name.rpartition("/")[2]], defs)
        case {"anyOf": kinds}:
            return " or ".join(_drawn(kind, defs) for kind in kinds)
        case {"enum": names}:
            return " or ".join(json.dumps(name, ensure_ascii=False) for name in names)
        case {"const": name}:
            return json.dumps(name, ensure_ascii=False)
        case {"type": "array"}:
            return f"[{_drawn(node.get('items', {}), defs)}, ...]"
        case {"type": "object"}:
            fields = (f"{json.dumps(k)}: {_drawn(v, defs)}" for k, v in node.get("properties", {}).items())
            return f"{{{', '.join(fields)}}}"
        case {"format": form, "type": kind}:
            return f"{kind} ({form})"
    return str(node.get("type", "value"))
