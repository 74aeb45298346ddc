"""Chat Completions as a server speaks it: from a request's body to a call, from a reply to a body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from .._plans import schemas as plan_schemas
from .._plans.core import Call, Message, Reply, Role
from .._plans.numbered import headers, parse
from .exchange import Fault


class AnyObject(BaseModel):
    """The schema of a call whose own is known by name only."""

    model_config = ConfigDict(extra="allow")


def call_of(body: Mapping[str, Any], schemas: Mapping[str, type[BaseModel]]) -> Call:
    """The call that a request's body states; a task that the prompt does not name is called by its schema."""
    messages = tuple(Message(_role(m["role"]), _text(m.get("content"))) for m in body["messages"])
    name = _schema_named(body, messages, schemas)
    limit = body.get("max_completion_tokens") or body.get("max_tokens") or 4_000
    asked = next((message.content for message in messages if message.role == "user"), "")
    task = headers(parse(asked)[1]).get("Task")
    return Call(task or name, messages, schemas.get(name, AnyObject), max_output=int(limit))


def _schema_named(
    body: Mapping[str, Any], messages: tuple[Message, ...], schemas: Mapping[str, type[BaseModel]]
) -> str:
    form = body.get("response_format") or {}
    if form.get("type") == "json_schema":
        return str(form["json_schema"]["name"])
    if body.get("tools"):
        return str(body["tools"][0]["function"]["name"])
    told = "\n".join(m.content for m in messages)
    return next((name for name in schemas if f"JSON schema {name}:\n" in told), AnyObject.__name__)


def _role(role: str) -> Role:
    return "system" if role in {"system", "developer"} else "assistant" if role == "assistant" else "user"


def _text(content: Any) -> str:
    if isinstance(content, list):
        return "".join(part.get("text", "") for part in content)
    return content or ""


def completion(body: Mapping[str, Any], call: Call, reply: Reply, fault: Fault) -> dict[str, Any]:
    """Deterministic to the byte, so that recording twice gives one cassette: no clock, no random id."""
    message: dict[str, Any] = {"role": "assistant", "content": reply.text, "refusal": reply.refusal}
    if fault.rewrite is not None:
        message = fault.rewrite(message)
    if body.get("tools"):
        message = _as_tool_call(message, body["tools"][0]["function"]["name"])
    choice = {"index": 0, "message": message, "finish_reason": fault.finish or reply.finish, "logprobs": None}
    return {
        "id": "chatcmpl-local",
        "object": "chat.completion",
        "created": 0,
        "model": body.get("model") or reply.model,
        "choices": [choice],
        "usage": _usage(call, reply),
    }


def _as_tool_call(message: dict[str, Any], name: str) -> dict[str, Any]:
    called = {"name": name, "arguments": message["content"] or ""}
    call = {"id": "call_local", "type": "function", "function": called}
    return {**message, "content": None, "tool_calls": [call]}


def _usage(call: Call, reply: Reply) -> dict[str, Any]:
    """The reply's own figures; where it has none, a rough count of a token for four characters."""
    given = reply.usage.input_tokens or -(-sum(len(m.content) for m in call.messages) // 4)
    made = reply.usage.output_tokens or -(-len(reply.text) // 4)
    cached = {"cached_tokens": reply.usage.cached_tokens, "cache_write_tokens": reply.usage.written_tokens}
    return {
        "prompt_tokens": given,
        "completion_tokens": made,
        "total_tokens": given + made,
        "prompt_tokens_details": cached,
    }


def models(model: str) -> dict[str, Any]:
    """The list of models, which has one."""
    entry = {"id": model, "object": "model", "created": 0, "owned_by": "quotewise"}
    return {"object": "list", "data": [entry]}


def own_schemas() -> Iterator[type[BaseModel]]:
    """What quotewise itself asks for."""
    for value in vars(plan_schemas).values():
        if isinstance(value, type) and issubclass(value, BaseModel) and value is not BaseModel:
            yield value
