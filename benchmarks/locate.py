"""Where a quote stands: accuracy on the cases in `tests/cases`, and speed, beside what others use for it.

Peers that are not installed are left out. Times are CPU time in one process, so that a shared machine does
not decide; slow peers run on fewer quotes (the column n). Prints Markdown. No model, no network.

    pip install rapidfuzz instructor langextract gtrex verbatim-core
    python benchmarks/locate.py
"""

from __future__ import annotations

import importlib
import json
import logging
import platform
import random
import string
import sys
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from quotewise._text.locate import Locator  # noqa: E402

Find = Callable[[str], str | None]
SPECIAL = {"“": '"', "”": '"', "—": "-", "\u00a0": " "}


class Peer(NamedTuple):
    """A way to find quotes: its name, how it is made for a source, and how many quotes it can be timed on."""

    name: str
    on: Callable[[str], Find]
    timed: int = 200


class Score(NamedTuple):
    """How many quotes were taken, with the right span, wrongly, and as they were cut."""

    taken: int
    exact: int
    wrongly: int
    as_cut: int


def quotewise(source: str) -> Find:
    locator = Locator(source)

    def find(quote: str) -> str | None:
        found = locator.find(quote)
        return found.text if found else None

    return find


def substring(source: str) -> Find:
    return lambda quote: quote if quote in source else None


def rapidfuzz_partial(threshold: float) -> Callable[[str], Find]:
    fuzz = importlib.import_module("rapidfuzz.fuzz")

    def on(source: str) -> Find:
        def find(quote: str) -> str | None:
            found = fuzz.partial_ratio_alignment(quote, source, score_cutoff=threshold)
            return source[found.dest_start : found.dest_end] if found else None

        return find

    return on


def instructor_citation(source: str) -> Find:
    mixin = importlib.import_module("instructor").CitationMixin

    def find(quote: str) -> str | None:
        kept = mixin.model_validate({"substring_quotes": [quote]}, context={"context": source})
        return kept.substring_quotes[0] if kept.substring_quotes else None

    return find


def langextract_aligner(lesser: bool) -> Callable[[str], Find]:
    resolver = importlib.import_module("langextract.resolver")
    data = importlib.import_module("langextract.data")

    def on(source: str) -> Find:
        def find(quote: str) -> str | None:
            asked = data.Extraction(extraction_class="quote", extraction_text=quote)
            aligned = resolver.WordAligner().align_extractions([[asked]], source, accept_match_lesser=lesser)
            place = aligned[0][0].char_interval
            return source[place.start_pos : place.end_pos] if place else None

        return find

    return on


def gtrex_verifier(source: str) -> Find:
    verifier = importlib.import_module("gtrex").Verifier(source)

    def find(quote: str) -> str | None:
        certificate = verifier.verify(quote)
        return (certificate.span_text or "") if certificate.grounded else None

    return find


def verbatim_fuzzy(source: str) -> Find:
    extractors = importlib.import_module("verbatim_core.extractors")
    extractor = extractors.LLMSpanExtractor(llm_client=object(), span_match_mode="fuzzy")

    def find(quote: str) -> str | None:
        kept: list[str] = extractor._verify_spans([quote], source)
        return kept[0] if kept else None

    return find


def peers() -> Iterable[Peer]:
    """Every peer that is installed, ours first."""
    yield Peer("**quotewise** `locate`", quotewise)
    yield Peer("`quote in text`", substring)
    for package, make in (
        ("rapidfuzz", lambda: Peer("rapidfuzz partial_ratio, 90", rapidfuzz_partial(90.0), 50)),
        ("instructor", lambda: Peer("instructor `CitationMixin`", instructor_citation, 2)),
        ("langextract", lambda: Peer("langextract aligner, defaults", langextract_aligner(True), 5)),
        ("langextract", lambda: Peer("langextract aligner, no lesser match", langextract_aligner(False), 5)),
        ("gtrex", lambda: Peer("gtrex, default policy", gtrex_verifier, 50)),
        ("verbatim_core", lambda: Peer("verbatim-core, fuzzy 0.8", verbatim_fuzzy, 20)),
    ):
        try:
            importlib.import_module(package)
            yield make()
        except ImportError as error:
            print(f"left out: {package} ({error})", file=sys.stderr)


def halves() -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """The cases of both halves with the text each is about; the same quote is asked once."""
    seed = next((ROOT / "seeds").glob("000_*.txt")).read_text(encoding="utf-8")
    loaded = {}
    for half in ("dev", "test"):
        data = json.loads((ROOT / "tests" / "cases" / f"locate_{half}.json").read_text(encoding="utf-8"))
        sources = {**data["sources"], "seed": seed}
        loaded[half] = [(sources[case["source"]], case) for case in data["cases"] if "near" not in case]
    return loaded


def score(peer: Peer, cases: list[tuple[str, dict[str, Any]]]) -> Score:
    made: dict[str, Find] = {}
    taken = exact = wrongly = as_cut = 0
    for source, case in cases:
        found = made.setdefault(source, peer.on(source))(case["quote"])
        if case["expect"] == "accept":
            taken += found is not None
            exact += found == case["text"]
        elif case["expect"] == "refuse":
            wrongly += found is not None
        else:
            as_cut += found is not None and len(found) < len(case["text"])
    return Score(taken, exact, wrongly, as_cut)


def accuracy(all_peers: list[Peer]) -> None:
    cases = halves()
    both = cases["dev"] + cases["test"]
    count = {kind: sum(case["expect"] == kind for _, case in both) for kind in ("accept", "refuse", "widen")}
    print(
        f"| | real quotes taken, of {count['accept']} | with the right span "
        f"| altered or cut, taken, of {count['refuse']} | misleading cut taken as it is, of {count['widen']} "
        "| test half alone |"
    )
    print("|---|---|---|---|---|---|")
    for peer in all_peers:
        s, t = score(peer, both), score(peer, cases["test"])
        print(
            f"| {peer.name} | {s.taken} | {s.exact} | {s.wrongly} | {s.as_cut} "
            f"| {t.taken}, {t.exact}, {t.wrongly}, {t.as_cut} |",
            flush=True,
        )


def prose(size: int) -> list[str]:
    """Sentences of made-up words with the marks that models change, about `size` characters in all."""
    rng = random.Random(7)
    words = ["".join(rng.choices(string.ascii_lowercase, k=rng.randint(2, 9))) for _ in range(4000)]
    sentences, length = [], 0
    while length < size:
        some = " ".join(rng.choices(words, k=rng.randint(8, 25))).capitalize()
        some = rng.choice((some.replace(" ", " “", 1) + "”", some.replace(" ", " — ", 1), some))
        sentences.append(some.replace(" ", "\u00a0", 1) + ".")
        length += len(sentences[-1]) + 1
    return sentences


def plain(sentence: str) -> str:
    for mark, ascii_mark in SPECIAL.items():
        sentence = sentence.replace(mark, ascii_mark)
    return sentence


def cpu_ms(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def timed(find: Find, quotes: list[str], rounds: int = 3) -> float:
    """Milliseconds a quote, the best of some rounds."""
    return min(cpu_ms(lambda: [find(quote) for quote in quotes]) for _ in range(rounds)) / len(quotes)


def speed(all_peers: list[Peer], size: int) -> None:
    sentences = prose(size)
    text = " ".join(sentences)
    rng = random.Random(11)
    print(f"\n{len(text):,} characters\n")
    print(
        "| | n | index, once, ms | differs in formatting, ms | found of n | one wrong word, ms | absent, ms |"
    )
    print("|---|---|---|---|---|---|---|")
    for peer in all_peers:
        chosen = rng.sample(sentences, peer.timed)
        formatted = [plain(s) for s in chosen]
        wrong = [" ".join([*s.split()[:-2], "zzzz", s.split()[-1]]) for s in formatted]
        absent = [" ".join(sorted(s.split(), key=lambda _: rng.random()))[:120] + " qqqq" for s in formatted]
        made: list[Find] = []
        index = cpu_ms(lambda make=peer.on, made=made: (made.append(make(text)), made[-1](sentences[0])))
        find, rounds = made[0], 3 if peer.timed > 20 else 1
        found = sum(find(quote) is not None for quote in formatted)
        print(
            f"| {peer.name} | {peer.timed} | {index:.1f} | {timed(find, formatted, rounds):.3f} | {found} "
            f"| {timed(find, wrong, rounds):.3f} | {timed(find, absent, rounds):.3f} |",
            flush=True,
        )


def main() -> None:
    logging.disable(logging.CRITICAL)
    everyone = list(peers())
    names = ("rapidfuzz", "instructor", "langextract", "gtrex", "verbatim-core")
    print(f"Python {platform.python_version()}; " + ", ".join(f"{name} {version(name)}" for name in names))
    print()
    accuracy(everyone)
    speed(everyone, 100_000)
    speed(everyone[:3], 1_000_000)


if __name__ == "__main__":
    main()
