"""What a server, a proxy, an account or a model can do wrong, one function each, for `LocalServer`.

A `Fault` says what is sent in place of, or laid over, the script's answer. Each was seen in the wild
(CLIENT 3.2, RELIABILITY 1.1).
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Literal

from .exchange import Fault, Received


def error(
    status: int,
    code: str | None = None,
    message: str = "It went wrong.",
    *,
    kind: str = "invalid_request_error",
    param: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Fault:
    """An error in OpenAI's shape, with any status and code."""
    told = {"message": message, "type": kind, "param": param, "code": code}
    return Fault(status, {**_JSON, **(headers or {})}, {"error": told})


_JSON = {"content-type": "application/json"}
_HTML = {"content-type": "text/html; charset=utf-8"}
_PAGE = "<!doctype html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>"


# The account and the rate.


def rate_limited(after: float | str | None = None, *, ms: int | None = None) -> Fault:
    """429; `after` is the Retry-After header (seconds or an HTTP date), `ms` the retry-after-ms header."""
    headers = {} if after is None else {"retry-after": str(after)}
    if ms is not None:
        headers["retry-after-ms"] = str(ms)
    return error(429, "rate_limit_exceeded", "Rate limit reached.", kind="requests", headers=headers)


def quota(code: str = "insufficient_quota", *, status: int = 429) -> Fault:
    """The account is out of credit, or over a limit that `code` names."""
    return error(status, code, "You exceeded your current quota.", kind="insufficient_quota")


def unauthorized(key: str = "sk-proj-********************1234") -> Fault:
    """401, with an end of the key in its words, as OpenAI sends it."""
    return error(401, "invalid_api_key", f"Incorrect API key provided: {key}.")


def forbidden() -> Fault:
    """403: the project may not use the model."""
    return error(403, "model_not_allowed", "Project has no access to this model.")


def unknown_model(name: str = "gpt-0") -> Fault:
    """404 for the model's name."""
    return error(404, "model_not_found", f"The model {name!r} does not exist.", param="model")


# The server and what stands before it.


def server_error(
    status: int = 500, *, should_retry: bool | None = None, message: str = "The server had an error."
) -> Fault:
    """A failure of the server; `should_retry` sets the x-should-retry header."""
    return error(status, None, message, kind="server_error", headers=_should_retry(should_retry))


def bad_request(
    message: str = "Something is invalid.", *, code: str | None = None, should_retry: bool | None = None
) -> Fault:
    """400."""
    return error(400, code, message, headers=_should_retry(should_retry))


def bad_gateway() -> Fault:
    """502 with a proxy's page."""
    return Fault(502, _HTML, "<html><body><h1>502 Bad Gateway</h1></body></html>")


def web_page() -> Fault:
    """200 with a page: a login, a captive portal, a wrong address."""
    return Fault(200, _HTML, _PAGE)


def redirect(to: str) -> Fault:
    """307 to another address."""
    return Fault(307, {"location": to}, "")


def reset() -> Fault:
    """The connection breaks halfway through the body."""
    return Fault(cut=True)


def silence() -> Fault:
    """The request is taken and never answered."""
    return Fault(hang=True)


def dripping(seconds: float = 0.05) -> Fault:
    """The body comes a byte at a time, each within any timeout for a single read."""
    return Fault(drip=seconds)


def broken_script(kind: str) -> Fault:
    """What a `LocalServer` answers where its script failed; no cassette records it."""
    failure = server_error(should_retry=False, message=f"The script raised {kind}.")
    return replace(failure, headers={**failure.headers, BROKEN_SCRIPT: kind})


BROKEN_SCRIPT = "x-quotewise-script-raised"


# An answer that is no completion.


def empty_body() -> Fault:
    """200 and not a byte."""
    return Fault(200, _JSON, b"")


def cut_json() -> Fault:
    """200 with half a JSON document."""
    return Fault(200, _JSON, '{"choices": [{"message": {"content": "half an')


def latin1() -> Fault:
    """200 with JSON that is not UTF-8."""
    return Fault(200, _JSON, '{"choices": [{"message": {"content": "café"}}]}'.encode("latin-1"))


def error_body(status: int = 502) -> Fault:
    """200 whose body is an error with the status of an upstream server, as routers send it."""
    return Fault(200, _JSON, {"error": {"message": "Upstream failed.", "code": status}})


def no_choices(choices: Literal["none", "empty", "missing"] = "empty") -> Fault:
    """200 with a completion that has no choices."""
    forms: dict[str, dict[str, Any]] = {"none": {"choices": None}, "empty": {"choices": []}, "missing": {}}
    left = forms[choices]
    return Fault(200, _JSON, {"id": "x", "object": "chat.completion", **left})


def wrong_types() -> Fault:
    """200 with a message that is a string; openai does not validate it."""
    return Fault(200, _JSON, {"choices": [{"message": "hello", "finish_reason": "stop"}]})


def huge(size: int) -> Fault:
    """200 with a body of this many bytes."""
    return Fault(200, _JSON, b" " * size)


def gzip_bomb(size: int) -> Fault:
    """200 with a small gzip body that inflates to this many bytes."""
    return Fault(200, {**_JSON, "content-encoding": "gzip"}, gzip.compress(b" " * size, 9))


# The request.


def context_overflow() -> Fault:
    """400: the prompt is longer than the window."""
    words = "This model's maximum context length is 8192 tokens. Your messages resulted in 9001 tokens."
    return error(400, "context_length_exceeded", words, param="messages")


def filtered_request() -> Fault:
    """400 as Azure sends it where the article's own words trip the filter."""
    return error(400, "content_filter", "The response was filtered.", param="prompt")


def unsupported(name: str, *, status: int = 400) -> Fault:
    """A refusal that names a part of the request; llama-cpp-python's server sends 500 for it."""
    return error(status, "unsupported_parameter", f"Unsupported parameter: {name!r}.", param=name)


def takes_only(*modes: str, limit: str | None = None) -> Callable[[Received], Fault | None]:
    """A server that knows only these of json_schema, json_object and tool, and only this output limit."""

    def judge(request: Received) -> Fault | None:
        asked = (request.json.get("response_format") or {}).get("type")
        if asked is not None and asked not in modes:
            return unsupported("response_format")
        if "tools" in request.json and "tool" not in modes:
            return unsupported("tools")
        other = {"max_tokens", "max_completion_tokens"} - {limit} if limit else set()
        return next((unsupported(name) for name in sorted(other & request.json.keys())), None)

    return judge


# The model.


def length() -> Fault:
    """The answer was cut at the output limit."""
    return Fault(rewrite=lambda m: {**m, "content": m["content"][: len(m["content"]) // 2]}, finish="length")


def content_filter() -> Fault:
    """A filter stopped the answer."""
    return Fault(rewrite=lambda m: {**m, "content": ""}, finish="content_filter")


def refusal(words: str = "I cannot help with that.") -> Fault:
    """The model declined."""
    return Fault(rewrite=lambda m: {**m, "content": None, "refusal": words})


def says(text: str) -> Fault:
    """The model said this, whatever the script says."""
    return Fault(rewrite=lambda m: {**m, "content": text})


def invalid_json() -> Fault:
    """The answer breaks off in the middle of its JSON, and nothing says so."""
    return Fault(rewrite=lambda m: {**m, "content": m["content"][:-2]})


def fenced() -> Fault:
    """The answer stands in a Markdown fence."""
    return Fault(rewrite=lambda m: {**m, "content": f"```json\n{m['content']}\n```"})


def prose() -> Fault:
    """The answer is a sentence."""
    return says("Certainly! The article is about a summit.")


def empty() -> Fault:
    """The answer has no content."""
    return says("")


def wrong_schema() -> Fault:
    """The answer is JSON and not what was asked for."""
    return says('{"unexpected": [1, 2, 3]}')


def in_reasoning() -> Fault:
    """The answer came in the field for the model's reasoning, as LM Studio does for some models."""
    return Fault(rewrite=lambda m: {**m, "content": "", "reasoning_content": m["content"]})


def _should_retry(said: bool | None) -> dict[str, str]:
    return {} if said is None else {"x-should-retry": str(said).lower()}
