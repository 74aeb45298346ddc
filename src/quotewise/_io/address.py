"""An address and a key: as they can be used, and as an address may be shown."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit, urlunsplit

from .._errors import UsageError


def usable_address(base_url: str) -> str:
    """The address without blanks around it; raises `UsageError` where nothing can be reached by it."""
    address = base_url.strip()
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna")  # as the client writes it, which refuses some names
        usable = parts.scheme in {"http", "https"} and host and parts.port != 0 and address.isprintable()
    except ValueError:  # an open bracket, a port above 65535, a name with an empty part
        usable = False
    if not usable:
        raise UsageError("The address is no http:// or https:// URL.", next_step="Change base_url.")
    if parts.username or parts.password:
        # An address is shown, recorded and part of a journal's keys; a password in it would be too.
        raise UsageError("The address holds a name or a password.", next_step="Take it out of base_url.")
    return address


def apart(address: str) -> tuple[str, dict[str, str]]:
    """The address by itself, and the query that every request is to carry.

    >>> apart("https://llm.example/deployments/x?api-version=2024-10-21")
    ('https://llm.example/deployments/x', {'api-version': '2024-10-21'})
    """
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return urlunsplit(parts._replace(query="", fragment="")), query


def usable_key(api_key: str | None) -> str:
    """The key as a header can carry it; httpx would put a bad one, whole, into its error's message."""
    key = (api_key or "").strip() or "none"
    if not key.isascii() or not key.isprintable() or " " in key:
        raise UsageError("The API key holds characters that no key has.", next_step="Set it again.")
    return key


def takes_its_own_header(address: str, key: str) -> bool:
    """Whether a key goes into the header `api-key`, where only a token is a bearer's: at Azure.

    Azure's newest API takes a key either way, its dated ones only so. A token has dots, and no key has.

    >>> dated = "https://us.openai.azure.com/openai/deployments/x?api-version=2024-10-21"
    >>> takes_its_own_header(dated, "0f3a"), takes_its_own_header(dated, "eyJ0.eyJh.c2ln")
    (True, False)
    >>> takes_its_own_header("https://llm.example/openai.azure.com/v1", "0f3a")
    False
    """
    host = urlsplit(address).hostname or ""
    return host.endswith(_AZURE) and "." not in key


_AZURE = (
    ".openai.azure.com",
    ".cognitiveservices.azure.com",
    ".services.ai.azure.com",
    ".openai.azure.us",
    ".cognitiveservices.azure.us",
)


def place(base_url: str) -> str:
    """An address as it may be shown: without a query, a name or a password, any of which may be a secret.

    >>> place("https://user:pass@llm.example:8443/v1?key=secret")
    'https://llm.example:8443/v1'
    >>> place("http://[::1")
    'no address'
    """
    try:
        parts = urlsplit(base_url.strip())
    except ValueError:
        return "no address"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
