"""A call and a reply as they stand on the wire, in the Chat Completions form; pure, nothing is sent here.

`body` writes a call as the request's JSON, `reply` reads the response's bytes. What the answer says is not
looked at: whether it was refused, cut or fits the schema is for the plan to judge.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from .._plans.core import Call, Message, Reply
from .._values import Usage
from .dialect import Dialect

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_IN_A_NAME = re.compile(r"[^a-zA-Z0-9_-]")


class NotACompletion(ValueError):  # noqa: N818 - the word for it; a caller turns it into a typed error
    """The bytes are no chat completion; `is_json` tells a broken or odd answer from a web page."""

    def __init__(self, *, is_json: bool, status: int | None = None, error: Any = None) -> None:
        super().__init__("not a chat completion")
        self.is_json = is_json
        self.status = status
        self.error = error


def body(call: Call, dialect: Dialect) -> dict[str, Any]:
    """What is sent besides the model's name, in the forms this server was found to take.

    The messages come first and in their order, so that a server's prompt cache hits. Temperature is left
    out: reasoning models refuse it, and the others' defaults serve.
    """
    return {
        "messages": [{"role": m.role, "content": _sendable(m.content)} for m in _sent(call, dialect)],
        dialect.limit: dialect.room(call.max_output),
        **_structure(call.schema, dialect),
    }


def reply(content: bytes, dialect: Dialect, *, model: str) -> Reply:
    """The first choice of a completion, as it came; raises `NotACompletion`.

    >>> content = b'{"choices": [{"message": {"content": "{}"}, "finish_reason": "stop"}]}'
    >>> reply(content, Dialect(), model="m").text
    '{}'
    """
    read = _read(content)
    if read is None or not read.choices:
        raise _not_a_completion(content)
    choice = read.choices[0]
    return Reply(
        text=_answer(choice.message, dialect),
        finish=choice.finish_reason,
        refusal=choice.message.refusal,
        usage=_usage(read.usage),
        model=read.model or model,
        mode=dialect.mode,
        thought=_thought(read.usage),
        most=dialect.most,
    )


def schema_name(schema: type[BaseModel]) -> str:
    """The schema's name on the wire: at most 64 of the characters that every server takes."""
    return _NOT_IN_A_NAME.sub("_", schema.__name__)[:64]


@lru_cache(maxsize=256)
def strict_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema in the strict subset: all required, nothing beside, no titles and no defaults.

    Titles and defaults are paid for on each call, and strict mode refuses defaults. Cached: made anew for
    each call, this was the largest part of the client's own time (CLIENT 2.2). Do not change what it returns.
    """
    whole = schema.model_json_schema()
    strict = _strict(whole, whole.get("$defs", {}))
    assert isinstance(strict, dict)  # noqa: S101 - a model's schema is an object
    return strict


def _strict(node: Any, defs: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_strict(item, defs) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node and len(node) > 1:
        # A reference may have nothing beside it in strict mode, so what it names is put in its place.
        named = defs[node["$ref"].rpartition("/")[2]]
        return _strict({**named, **{k: v for k, v in node.items() if k != "$ref"}}, defs)
    kept = {k: _strict_part(k, v, defs) for k, v in node.items() if k not in {"title", "default"}}
    if kept.get("type") == "object":
        kept.setdefault("additionalProperties", False)
        kept["required"] = list(kept.get("properties", {}))
    return kept


def _strict_part(key: str, value: Any, defs: dict[str, Any]) -> Any:
    if key in {"properties", "$defs"}:
        return {name: _strict(part, defs) for name, part in value.items()}
    return value if key in {"enum", "const", "required"} else _strict(value, defs)


def _structure(schema: type[BaseModel], dialect: Dialect) -> dict[str, Any]:
    match dialect.mode:
        case "json_schema":
            named = {"name": schema_name(schema), "strict": True, "schema": strict_schema(schema)}
            return {"response_format": {"type": "json_schema", "json_schema": named}}
        case "json_object":
            return {"response_format": {"type": "json_object"}}
        case "tool":
            function = {"name": schema_name(schema), "parameters": strict_schema(schema)}
            return {
                "tools": [{"type": "function", "function": function}],
                "tool_choice": {"type": "function", "function": {"name": function["name"]}},
            }
        case "plain":
            return {}


def _sent(call: Call, dialect: Dialect) -> tuple[Message, ...]:
    messages = _messages(call, dialect)
    return messages if dialect.system else tuple(_in_turns(messages))


def _in_turns(messages: tuple[Message, ...]) -> Iterator[Message]:
    """The messages as user and assistant by turns, for chat templates that know nothing else."""
    for spoken, run in groupby(messages, key=lambda message: message.role == "assistant"):
        yield Message("assistant" if spoken else "user", "\n\n".join(message.content for message in run))


def _messages(call: Call, dialect: Dialect) -> tuple[Message, ...]:
    """The call's messages; where the server enforces nothing, the schema ends the question itself.

    It goes into the last message before the model first spoke: what stands there stays the same when the
    model is asked again, so caches hit, and no two user messages follow each other, which some chat
    templates refuse.
    """
    if dialect.mode in {"json_schema", "tool"}:
        return call.messages
    roles = [m.role for m in call.messages]
    asked = roles.index("assistant") - 1 if "assistant" in roles else len(roles) - 1
    question = call.messages[asked]
    told = replace(question, content=f"{question.content}\n\n{schema_in_words(call.schema)}")
    return (*call.messages[:asked], told, *call.messages[asked + 1 :])


def schema_in_words(schema: type[BaseModel]) -> str:
    """What a model is told where its server cannot hold it to a schema."""
    written = json.dumps(strict_schema(schema), ensure_ascii=False, separators=(",", ":"))
    asked = "Reply with one JSON object and nothing else. It must fit the JSON schema"
    return f"{asked} {schema_name(schema)}:\n{written}"


def _sendable(text: str) -> str:
    # A lone surrogate cannot be encoded, and the bare UnicodeEncodeError would carry the article with it.
    # One character for one keeps every offset.
    return _SURROGATE.sub("\ufffd", text)


T = TypeVar("T")


def _or_none(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    try:
        return read(value)
    except ValidationError:
        return None


Beside: TypeAlias = Annotated[T | None, WrapValidator(_or_none)]
"""What stands beside an answer: of another kind it is None, since the answer is paid for either way."""


class _Loose(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Function(_Loose):
    arguments: str | dict[str, Any] | None = None


class _ToolCall(_Loose):
    function: _Function = _Function()


class _Part(_Loose):
    text: Beside[str] = None


class _Message(_Loose):
    content: str | list[_Part] | None = None
    refusal: Beside[str] = None
    reasoning_content: Beside[str] = None
    reasoning: Beside[str] = None
    tool_calls: Beside[list[_ToolCall]] = None


class _Choice(_Loose):
    message: _Message
    finish_reason: Beside[str] = None


class _Details(_Loose):
    cached_tokens: Beside[int] = None
    cache_write_tokens: Beside[int] = None


class _Written(_Loose):
    reasoning_tokens: Beside[int] = None


class _Usage(_Loose):
    prompt_tokens: Beside[int] = None
    completion_tokens: Beside[int] = None
    prompt_tokens_details: Beside[_Details] = None
    completion_tokens_details: Beside[_Written] = None


class _Completion(_Loose):
    choices: list[_Choice]
    model: Beside[str] = None
    usage: Beside[_Usage] = None


def _read(content: bytes) -> _Completion | None:
    try:
        return _Completion.model_validate_json(content)
    except ValidationError:
        pass
    try:
        # Half a surrogate pair, which some models send, is no JSON to pydantic; Python's reader takes it.
        return _Completion.model_validate_json(_sendable(json.dumps(json.loads(content), ensure_ascii=False)))
    except _UNREADABLE:
        return None


_UNREADABLE = (ValueError, RecursionError)
"""What Python's reader of JSON raises: the second for brackets in brackets without end."""


def _answer(message: _Message, dialect: Dialect) -> str:
    """Where the answer stands: some proxies ask for a schema by a tool of their own."""
    places = [_content(message), _arguments(message)]
    if dialect.mode == "tool":
        places.reverse()
    return next(filter(str.strip, (*places, _from_reasoning(message))), "")


def _arguments(message: _Message) -> str:
    given = message.tool_calls[0].function.arguments if message.tool_calls else None
    return json.dumps(given, ensure_ascii=False) if isinstance(given, dict) else given or ""


def _content(message: _Message) -> str:
    if isinstance(message.content, list):
        return "".join(part.text or "" for part in message.content)
    return message.content or ""


def _from_reasoning(message: _Message) -> str:
    # LM Studio puts the whole answer there for some models (lmstudio-bug-tracker 1698). Real reasoning,
    # which is prose, is no answer.
    thought = (message.reasoning_content or message.reasoning or "").strip()
    return thought if thought.startswith("{") else ""


def _thought(counted: _Usage | None) -> int:
    """Tokens of the output that went into reasoning, as far as the server tells."""
    written = counted.completion_tokens_details if counted else None
    return (written.reasoning_tokens or 0) if written else 0


def _usage(counted: _Usage | None) -> Usage:
    """One call's tokens; the price is unknown here, which is not the same as free."""
    if counted is None:
        return Usage(calls=1, usd=None)
    details = counted.prompt_tokens_details or _Details()
    return Usage(
        calls=1,
        input_tokens=_from_zero(counted.prompt_tokens),
        cached_tokens=_from_zero(details.cached_tokens),
        written_tokens=_from_zero(details.cache_write_tokens),
        output_tokens=_from_zero(counted.completion_tokens),
        usd=None,
    )


def _from_zero(count: int | None) -> int:
    """A count that is at least 0: one below would pay a budget back."""
    return max(0, count or 0)


def _not_a_completion(content: bytes) -> NotACompletion:
    try:
        value = json.loads(content)
    except _UNREADABLE:
        looks_cut = not content.strip() or content.lstrip()[:1] in {b"{", b"["}
        return NotACompletion(is_json=looks_cut)
    error = value.get("error") if isinstance(value, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    return NotACompletion(is_json=True, status=_status(code), error=error)


def _status(code: object) -> int | None:
    return code if isinstance(code, int) and 400 <= code <= 599 else None
