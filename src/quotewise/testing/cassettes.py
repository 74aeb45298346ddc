"""Recorded HTTP for tests: matched on the whole request, free of secrets and of any machine's address.

vcrpy does the recording (the extra `testing`). What is fixed here, and why, was measured in CLIENT 4: with
vcrpy's own matching, 37 of 40 replies went to the wrong request, without an error.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from .._io.dialect import DIALECTS
from .faults import BROKEN_SCRIPT

CANONICAL = "https://llm.invalid/v1"
"""The address in every cassette: host, port and a gateway's path never enter one, and it leads nowhere."""

KEPT_OF_REQUEST = frozenset({"content-type"})
KEPT_OF_RESPONSE = frozenset({"content-type", "retry-after", "retry-after-ms", "x-should-retry"})

_ENDPOINT = re.compile(
    r"/(?:chat/completions|responses|embeddings|models|files|batches)(?:/[^?]*)?(?:\?.*)?$"
)
# The long forms only: "task-specific" must survive. The second is how OpenAI masks a key in its error.
_SECRET = re.compile(
    r"(?<![A-Za-z0-9])(?:sk-[A-Za-z0-9_-]{16,}|sk-[A-Za-z0-9_-]*\*{3,}[A-Za-z0-9]*"
    r"|org-[A-Za-z0-9]{16,}|proj_[A-Za-z0-9]{16,}|Bearer\s+[A-Za-z0-9._-]{16,})"
)
_OWN_SECRETS = ("OPENAI_API_KEY", "AZURE_OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID")


@contextmanager
def cassette(path: str | Path, *, record: bool = False, secrets: Iterable[str] = ()) -> Iterator[Any]:
    """Within, HTTP comes from the cassette at `path`; with `record`, that is made anew from live calls.

    `secrets` are kept out of it wherever they stand, beside what looks like a key and the keys in the
    environment; give the key that you record with: a server may repeat it in an error.

    Yields vcrpy's cassette (`.all_played`, `.play_count`). Replaying, each recorded answer is given once, in
    order among equal requests, and a request that was not recorded raises vcrpy's
    `CannotOverwriteExistingCassetteException`. One at a time in a process: vcrpy's patch is process-wide.
    Raises `FileNotFoundError` where there is no cassette to replay.
    """
    try:
        import vcr
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "Cassettes need vcrpy: pip install 'quotewise[testing]', or in a checkout: "
            "pip install '.[testing]'."
        ) from error

    path = Path(path)
    if record:
        path.unlink(missing_ok=True)
    elif not path.exists():
        raise FileNotFoundError(
            f"There is no cassette {path.name}; record it first (pytest --quotewise-record)."
        )
    recorder = vcr.VCR(record_mode="once" if record else "none", serializer="readable")
    register(recorder)
    with recorder.use_cassette(str(path), **settings(secrets)) as tape:
        if not record:
            _tell_of_strange_requests(tape)
        yield tape


def _tell_of_strange_requests(tape: Any) -> None:
    """Have a request that was not recorded fail with the way to record it here, in place of vcrpy's own."""
    from vcr.errors import CannotOverwriteExistingCassetteException

    is_recorded = tape.can_play_response_for

    def is_to_be_played(request: Any) -> bool:
        if is_recorded(request):
            return True
        error = CannotOverwriteExistingCassetteException(cassette=tape, failed_request=request)
        told, _, _ = str(error).partition("\n\nHow to fix:")
        error.args = (f"{told}\n\n{_ADVICE}",)
        raise error

    tape.can_play_response_for = is_to_be_played


_ADVICE = (
    "The request changed, or was sent once more than it was recorded. Where that is meant, record it again:"
    " pytest --quotewise-record, with this test alone (-k), or cassette(path, record=True)."
)


def settings(secrets: Iterable[str] = ()) -> dict[str, Any]:
    """vcrpy's options; with pytest-recording, return them from your `vcr_config` fixture.

    `secrets` are kept out of the cassette, as in `cassette`.

    ```python
    # conftest.py
    import pytest
    from quotewise.testing import cassettes

    @pytest.fixture(scope="module")
    def vcr_config():
        return cassettes.settings()

    def pytest_recording_configure(config, vcr):
        cassettes.register(vcr)
    ```
    """
    own = tuple(sorted(filter(None, secrets), key=len, reverse=True))  # one may begin with another
    return {
        "match_on": ["method", "path", "query", "same_body"],
        "decode_compressed_response": True,
        "before_record_request": partial(clean_request, secrets=own),
        "before_record_response": partial(clean_response, secrets=own),
        # With repeats allowed, a recorded 429 would be played for ever and its 200 never.
        "allow_playback_repeats": False,
    }


def register(recorder: Any) -> None:
    """Make the matcher and the file format known to a vcrpy recorder, for a cassette.

    Which forms servers take is forgotten with it, since a cassette holds all that is sent to find out.
    """
    DIALECTS.forget()
    recorder.register_matcher("same_body", same_body)
    recorder.register_serializer("readable", _Readable)


def same_body(stored: Any, asked: Any) -> bool:
    """Both bodies are canonical here, so bytes tell; vcrpy's own matcher parses and diffs each."""
    return bool(stored.body == asked.body)


def clean_request(request: Any, secrets: tuple[str, ...] = ()) -> Any:
    """A request without address, credentials or machine, its JSON in canonical form. Safe to do twice."""
    endpoint = _ENDPOINT.search(request.uri)
    if endpoint is None:
        # Returning None, as vcrpy's documents say, would let it through to the network.
        place = request.uri.partition("?")[0]
        raise RuntimeError(f"Unexpected request while a cassette is in use: {request.method} {place}.")
    secrets += _own_secrets()
    request.uri = CANONICAL + _scrub(endpoint[0], secrets)
    request.headers = {k: v for k, v in request.headers.items() if k.lower() in KEPT_OF_REQUEST}
    if request.body:
        request.body = _canonical(bytes(request.body), secrets)
    return request


def clean_response(response: dict[str, Any], secrets: tuple[str, ...] = ()) -> dict[str, Any] | None:
    """A response with the headers that matter, and no secret in its body. Safe to do twice.

    None, which is not recorded, for the answer of a `LocalServer` whose script failed.
    """
    headers = response["headers"].items()
    if any(name.lower() == BROKEN_SCRIPT for name, _ in headers):
        return None
    body = response["body"]["string"]
    kept = {k.lower(): v for k, v in headers if k.lower() in KEPT_OF_RESPONSE}
    clean = _scrubbed(body, secrets + _own_secrets())
    return {**response, "headers": kept, "body": {**response["body"], "string": clean}}


@lru_cache(maxsize=1024)
def _canonical(body: bytes, secrets: tuple[str, ...]) -> bytes:
    try:
        value = json.loads(body)
    except ValueError:
        return body
    return _scrub(_compact(value), secrets).encode()


def _compact(value: Any) -> str:
    return _dumped(value, sort_keys=True, separators=(",", ":"))


def _dumped(value: Any, **style: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, **style)
    # A reply may hold half a surrogate pair, which only an escape can carry.
    return text if _is_utf8(text) else json.dumps(value, **style)


def _scrubbed(body: str | bytes, secrets: tuple[str, ...]) -> str | bytes:
    if isinstance(body, str):
        return _scrub(body, secrets)
    try:
        return _scrub(body.decode(), secrets).encode()
    except UnicodeDecodeError:
        return body


def _scrub(text: str, secrets: tuple[str, ...]) -> str:
    """The text without anything that looks like a key, and without these.

    >>> _scrub("Incorrect API key provided: sk-proj-****1234. See the task-specific notes.", ())
    'Incorrect API key provided: REDACTED. See the task-specific notes.'
    """
    for secret in secrets:
        text = text.replace(secret, "REDACTED")
    return _SECRET.sub("REDACTED", text)


def _own_secrets() -> tuple[str, ...]:
    """This environment's keys, long enough not to be found by chance in a text."""
    return tuple(value for name in _OWN_SECRETS if len(value := os.environ.get(name, "")) >= 8)


class _Readable:
    """The file format: JSON in which bodies that are JSON stand as such, so that a change can be reviewed."""

    @staticmethod
    def serialize(cassette_dict: Mapping[str, Any]) -> str:
        rows = [_with_bodies(row, _opened) for row in cassette_dict["interactions"]]
        return _dumped({**cassette_dict, "interactions": rows}, indent=1) + "\n"

    @staticmethod
    def deserialize(text: str) -> dict[str, Any]:
        whole: dict[str, Any] = json.loads(text)
        return {**whole, "interactions": [_with_bodies(row, _closed) for row in whole["interactions"]]}


def _with_bodies(row: Mapping[str, Any], turn: Any) -> dict[str, Any]:
    request = {**row["request"], "body": turn(row["request"]["body"])}
    body = {**row["response"]["body"], "string": turn(row["response"]["body"]["string"])}
    return {**row, "request": request, "response": {**row["response"], "body": body}}


def _opened(body: str | None) -> Any:
    try:
        value = json.loads(body or "")
    except ValueError:
        return body
    return {"json": value} if isinstance(value, dict) else body


def _closed(body: Any) -> Any:
    return _compact(body["json"]) if isinstance(body, dict) else body


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
