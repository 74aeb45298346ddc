"""Pages by address: public hosts only, the very address that was judged, so many bytes, so many seconds."""

from __future__ import annotations

import gzip
import http.server
import io
import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quotewise import TimedOutError, UnavailableError, UnreadableError
from quotewise._cli.app import run
from quotewise._inputs.addresses import is_public
from quotewise._inputs.web import Page, fetch

CASES = json.loads((Path(__file__).parents[1] / "cases" / "addresses.json").read_text(encoding="utf-8"))
PUBLIC = "93.184.215.14"
Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


@pytest.mark.parametrize(("address", "public", "why"), CASES)
def test_which_addresses_are_public(address: str, public: bool, why: str) -> None:
    """A table of them, with what each stands for."""
    assert public is is_public(address), why


class Site:
    """A local server that answers each path in its own way, and what was asked of it and of the network."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.connected: list[str] = []
        self.over = threading.Event()
        self.names: dict[str, list[list[str]]] = {}

    def resolve(self, host: str, port: int) -> list[str]:
        """Each call of a name gives its next list of addresses: what a rebinding resolver does."""
        lists = self.names.get(host, [])
        if not lists:
            raise OSError("no such host")
        return lists.pop(0)

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        """Every address leads to this server."""
        self.connected.append(address)
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def get(self, url: str, **options: Any) -> Page:
        return fetch(url, resolve=self.resolve, connect=self.connect, **{"seconds": 10.0, **options})


@pytest.fixture
def site() -> Iterator[Site]:
    """A server for one test."""
    site = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, self.headers["Host"]))
            try:
                site.answers[self.path](self)
            except ConnectionError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    site.names["news.example"] = [[PUBLIC]] * 9
    yield site
    site.over.set()
    server.shutdown()
    server.server_close()
    thread.join()


def says(body: bytes, status: int = 200, **headers: str) -> Answer:
    """An answer with these headers, "_" for "-", and its length unless another is named."""

    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def test_a_page_comes_with_its_type(site: Site) -> None:
    """And is asked for by name, at the address that was resolved."""
    site.answers["/rain?day=1"] = says(b"Rain.", Content_Type="text/html; charset=koi8-r")
    page = site.get("http://news.example/rain?day=1#top")

    assert (b"Rain.", "text/html", "koi8-r") == (page.data, page.content_type, page.charset)
    assert [("/rain?day=1", "news.example")] == site.asked
    assert [PUBLIC] == site.connected


def test_redirects_are_followed_and_told(site: Site) -> None:
    """Relative ones too; what comes back is called by its last address."""
    told: list[str] = []
    site.answers["/a"] = says(b"", 301, Location="b c")
    site.answers["/b%20c"] = says(b"", 302, Location="http://news.example:81/c")
    site.answers["/c"] = says(b"Rain.")
    page = site.get("http://news.example/a", on_redirect=told.append)

    assert "http://news.example:81/c" == page.url
    assert ["http://news.example/b c", "http://news.example:81/c"] == told
    assert "news.example:81" == site.asked[-1][1]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://metadata.example/",
        "http://[::ffff:169.254.169.254]/",
        "http://2130706433/",
    ],
)
def test_a_redirect_leads_to_no_private_host(site: Site, target: str) -> None:
    """Each hop is judged; nothing is asked of the host."""
    site.names["127.0.0.1"] = [["127.0.0.1"]]
    site.names["2130706433"] = [["127.0.0.1"]]
    site.names["::ffff:169.254.169.254"] = [["::ffff:169.254.169.254"]]
    site.names["metadata.example"] = [["93.184.215.14", "169.254.169.254"]]
    site.answers["/a"] = says(b"", 302, Location=target)
    with pytest.raises(UnreadableError, match="--allow-private"):
        site.get("http://news.example/a")

    assert [PUBLIC] == site.connected


def test_a_name_is_resolved_once(site: Site) -> None:
    """A second look-up that gives another address changes nothing."""
    site.names["rebind.example"] = [[PUBLIC], ["127.0.0.1"]]
    site.answers["/"] = says(b"Rain.")

    assert b"Rain." == site.get("http://rebind.example").data
    assert [PUBLIC] == site.connected
    assert [["127.0.0.1"]] == site.names["rebind.example"]


def test_private_hosts_can_be_allowed(site: Site) -> None:
    """With the real resolver and a real connection, to this machine."""
    site.answers["/"] = says(b"Rain.")
    url = f"http://127.0.0.1:{site.port}/"

    assert b"Rain." == fetch(url, allow_private=True).data
    with pytest.raises(UnreadableError, match="not a public address"):
        fetch(url)


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("ftp://news.example/a", "not http or https"),
        ("file:///etc/hosts", "not http or https"),
        ("javascript://news.example/a", "not http or https"),
        ("http://", "no address"),
        ("http:///a", "no address"),
        ("http://news.example:99999/", "no address"),
        ("http://news.example:0/", "no address"),
        ("http://[::1/", "no address"),
        ("http://news .example/", "no address"),
        ("http://news.example/a\r\nX: y", "no address"),
        ("http://jo:secret@news.example/", "user's name"),
    ],
)
def test_what_is_no_address_is_refused(site: Site, url: str, word: str) -> None:
    """Before anything is resolved; a password is not repeated."""
    with pytest.raises(UnreadableError, match=word) as caught:
        site.get(url)

    assert "secret" not in str(caught.value)
    assert [] == site.connected


@pytest.mark.parametrize(
    ("answer", "error", "word"),
    [
        (says(b"", 404), UnreadableError, "404"),
        (says(b"", 503), UnavailableError, "503"),
        (says(b"", 302, Location="/a"), UnreadableError, "more than 5"),
        (says(b"", 302, Location="http://[::1"), UnreadableError, "no address"),
        (says(b"", 302, Location="/\xe2\x80\xae"), UnreadableError, "no address"),
        (says(b"", 302, Location="file:///etc/hosts"), UnreadableError, "not http or https"),
        (says(b"Rain.", Content_Length="99"), UnavailableError, "cannot be read"),
        (says(b"Rain.", Content_Encoding="br"), UnreadableError, "packed"),
        (says(b"Rain.", Content_Encoding="gzip"), UnreadableError, "packed wrongly"),
        (says(gzip.compress(b"Rain." * 9)[:-9], Content_Encoding="gzip"), UnavailableError, "cannot be read"),
        (says(b"x" * 2000), UnreadableError, "MB"),
        (says(b"x" * 2000, Connection="close", Content_Length=""), UnreadableError, "MB"),
        (says(gzip.compress(b" " * 9_000_000), Content_Encoding="gzip"), UnreadableError, "MB"),
    ],
)  # fmt: skip
def test_answers_that_give_no_page(site: Site, answer: Answer, error: type[Exception], word: str) -> None:
    """Each says why: too much, too little, elsewhere for ever, or an error of the server's."""
    site.answers["/a"] = answer
    with pytest.raises(error, match=word):
        site.get("http://news.example/a", largest=1000 if word == "MB" else 20_000_000)


def test_a_packed_page_is_unpacked(site: Site) -> None:
    """Some servers pack without being asked."""
    site.answers["/"] = says(gzip.compress(b"Rain. " * 40_000), Content_Encoding="gzip")

    assert b"Rain. " * 40_000 == site.get("http://news.example").data


@pytest.mark.parametrize("part", ["headers", "body"])
def test_time_is_for_all_of_it(site: Site, part: str) -> None:
    """A server that sends a byte now and then is not waited for, whatever it is sending."""

    def drip(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n" + (b"X: " if part == "headers" else b"\r\n"))
        while not site.over.wait(0.02):
            handler.wfile.write(b"x")

    site.answers["/"] = drip
    begun = time.monotonic()
    with pytest.raises(TimedOutError, match=r"0\.3 seconds"):
        site.get("http://news.example", seconds=0.3)

    assert time.monotonic() - begun < 30


def test_a_resolver_that_hangs_is_not_waited_for(site: Site) -> None:
    """The time is for the name too."""

    def hang(host: str, port: int) -> list[str]:
        site.over.wait(10)
        return []

    with pytest.raises(TimedOutError, match="resolved"):
        fetch("http://news.example", resolve=hang, seconds=0.1)


def test_hosts_that_are_not_there(site: Site) -> None:
    """No name, no listener, no certificate: the network's fault, and said so."""
    with pytest.raises(UnavailableError, match="no host"):
        site.get("http://none.example")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(UnavailableError, match="cannot be read"):
            fetch(f"http://127.0.0.1:{unused.getsockname()[1]}/", allow_private=True)
    with pytest.raises(UnavailableError, match="cannot be read"):
        site.get("https://news.example")


def test_names_beyond_ascii_are_asked_in_ascii(site: Site) -> None:
    """As the network writes them."""
    site.names["xn--bcher-kva.example"] = [[PUBLIC]]
    site.answers["/%C3%BC"] = says(b"Rain.")
    site.get("http://bücher.example/ü")

    assert [("/%C3%BC", "xn--bcher-kva.example")] == site.asked


def test_the_command_reads_a_page(site: Site, page: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Results on stdout, the redirect on stderr, the headline in no fact."""
    pytest.importorskip("trafilatura", reason="needs the extra html")
    site.answers["/"] = says(b"", 302, Location="/rain")
    site.answers["/rain"] = says(page.encode(), Content_Type="text/html; charset=utf-8")
    url = f"http://127.0.0.1:{site.port}/"

    assert 0 == run(["facts", url, "--allow-private", "--json"])
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert ["Rain at last"] == [source["title"] for source in found["sources"]]
    assert found["facts"]
    assert not any("Rain at last" in fact["text"] for fact in found["facts"])
    assert f"quotewise: redirected to {url}rain\n" == err


@pytest.mark.parametrize("command", ["verify", "batch", "estimate", "chat"])
def test_every_command_reads_pages(
    site: Site, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --allow-private, from hosts of one's own too, also where articles are read in another thread."""
    site.answers["/rain"] = says(b"Rain fell on Monday. It fell all day long.", Content_Type="text/plain")
    url = f"http://127.0.0.1:{site.port}/rain"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"When did rain fall?\n")))
    arguments = [url, "--source", url] if command == "verify" else [url]

    assert 0 == run([command, *arguments, "--allow-private"]), capsys.readouterr().err
    assert "Rain" in capsys.readouterr().out or command == "estimate"
    assert site.asked


@pytest.mark.parametrize(
    ("url", "word"),
    [("http://127.0.0.1:9/", "--allow-private"), ("ftp://news.example/a", "not http or https")],
)
def test_the_command_refuses_in_a_line(url: str, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, and what would allow it."""
    assert 2 == run(["summarize", url])

    out, err = capsys.readouterr()
    assert "" == out
    assert word in err
    assert 1 == err.count("\n")
