"""Chunkers and sentence splitters on the same texts, in one process: ours beside peers.

Speed is given as a share of one `tiktoken.encode_ordinary` pass over the same text in the same round, because
megabytes a second move with the machine. Texts are made from installed packages (Python's own documentation
topics, docstrings) or drawn at random, so the command runs offline:

    python benchmarks/text.py --rounds 5 --plot docs/images/chunking.svg

Peers are measured where they are installed: semchunk, langchain-text-splitters, llama-index-core, chonkie,
semantic-text-splitter; nltk and pysbd for sentence ends. Those are scored where treebanks are given, in
CoNLL-U format with `# newpar`; none is part of the project:

    python benchmarks/text.py --gold en_gum-ud-dev.conllu en_gum-ud-test.conllu
"""

from __future__ import annotations

import argparse
import gc
import importlib
import inspect
import random
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from pydoc_data.topics import topics

from quotewise import chunks
from quotewise._text import tokens
from quotewise._text.sentences import sentences

PACKAGES = (
    *("tiktoken", "numpy", "semchunk", "langchain-text-splitters", "llama-index-core", "chonkie"),
    *("semantic-text-splitter", "nltk", "pysbd"),
)
Cut = Callable[[str, int], list[str]]


# Texts


def english(size: int) -> str:
    """Prose of installed packages, as its authors wrapped it: documentation topics and docstrings."""
    parts = list(topics.values())
    for name in (
        "asyncio",
        "argparse",
        "decimal",
        "email",
        "logging",
        "typing",
        "numpy",
        "statistics",
        "random",
    ):
        parts += docstrings(name)
    text = "\n\n".join(dict.fromkeys(parts))
    while len(text) < size:
        text += "\n\n" + text
    return text[:size]


def docstrings(name: str) -> list[str]:
    try:
        module = importlib.import_module(name)
    except ImportError:
        return []
    values = [inspect.getdoc(value) for value in vars(module).values() if callable(value)]
    return [value for value in values if value and len(value) > 200]


def news(size: int, seed: int = 1) -> str:
    """Paragraphs of the seed article with numbers and names changed, one on a line."""
    order = random.Random(seed)
    lines = [
        line for path in Path("seeds").glob("*.txt") for line in path.read_text("utf-8").splitlines() if line
    ]
    made: list[str] = []
    length = 0
    while length < size:
        words = [changed(word, order) for word in order.choice(lines).split(" ")]
        made.append(" ".join(words))
        length += len(made[-1])
    return "\n".join(made)[:size]


def changed(word: str, order: random.Random) -> str:
    if word[:1].isupper() and word.isalpha() and order.random() < 0.5:
        return word[0] + "".join(order.choices("aeioulnrst", k=max(2, len(word) - 1)))
    return word


def chinese(size: int, seed: int = 1) -> str:
    """Sentences of common characters with full stops and no space, drawn at random."""
    order = random.Random(seed)
    common = (
        "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说"
    )
    made = (
        "".join(order.choices(common, k=order.randint(8, 40))) + order.choice("。。。，！？")
        for _ in iter(int, 1)
    )
    return take(made, size)


def take(parts: Iterable[str], size: int) -> str:
    made: list[str] = []
    length = 0
    for part in parts:
        made.append(part)
        length += len(part)
        if length >= size:
            break
    return "".join(made)[:size]


# Chunkers


def ours(text: str, limit: int) -> list[str]:
    return [text[part.start : part.end] for part in chunks(text, max_tokens=limit)]


def peers() -> Iterator[tuple[str, Cut]]:
    """Each peer that is installed, with exact counts and no overlap; made anew for each call.

    semchunk remembers the counts of a counter for good, so it gets a new counter each time.
    """
    encoding = tokens.encoding()
    count = lambda text: len(encoding.encode_ordinary(text))  # noqa: E731
    for name, module, make in [
        ("semchunk", "semchunk", lambda m, n: m.chunkerify(lambda text: count(text), n)),
        ("langchain Recursive", "langchain_text_splitters", lambda m, n: recursive(m, n, count)),
        ("llama-index Sentence", "llama_index.core.node_parser", lambda m, n: llama(m, n, encoding)),
        ("chonkie Sentence", "chonkie", lambda m, n: chonkie(m.SentenceChunker, n, encoding)),
        ("chonkie Recursive", "chonkie", lambda m, n: chonkie(m.RecursiveChunker, n, encoding)),
        (
            "semantic-text-splitter",
            "semantic_text_splitter",
            lambda m, n: m.TextSplitter.from_tiktoken_model("gpt-4o", n).chunks,
        ),
    ]:
        try:
            found = importlib.import_module(module)
        except ImportError:
            continue
        yield name, lambda text, n, make=make, found=found: list(make(found, n)(text))


def recursive(module: object, limit: int, count: Callable[[str], int]) -> Callable[[str], list[str]]:
    splitter = module.RecursiveCharacterTextSplitter  # type: ignore[attr-defined]
    return splitter(chunk_size=limit, chunk_overlap=0, length_function=count).split_text


def llama(module: object, limit: int, encoding: object) -> Callable[[str], list[str]]:
    splitter = module.SentenceSplitter  # type: ignore[attr-defined]
    return splitter(chunk_size=limit, chunk_overlap=0, tokenizer=encoding.encode_ordinary).split_text  # type: ignore[attr-defined]


def chonkie(
    kind: Callable[..., Callable[[str], list]], limit: int, encoding: object
) -> Callable[[str], list[str]]:
    chunker = kind(tokenizer=encoding, chunk_size=limit)
    return lambda text: [part.text for part in chunker(text)]


# Measures


def measure(text: str, limit: int, rounds: int, cutters: dict[str, Cut]) -> list[dict[str, object]]:
    """One row a chunker: its speed as a share of a pass (median of rounds), and what its chunks are like."""
    encode = tokens.encoding().encode_ordinary
    shares: dict[str, list[float]] = {name: [] for name in cutters}
    last: dict[str, list[str]] = {}
    for _ in range(rounds):
        for name, cut in cutters.items():
            begun = time.process_time()
            encode(text)
            between = time.process_time()
            last[name] = cut(text, limit)
            shares[name].append((between - begun) / (time.process_time() - between))
    return [row(name, text, limit, statistics.median(shares[name]), last[name]) for name in cutters]


def row(name: str, text: str, limit: int, share: float, found: list[str]) -> dict[str, object]:
    counts = [len(tokens.encode(part)) for part in found if part.strip()]
    return {
        "chunker": name,
        "share": share,
        "chunks": len(counts),
        "fill": sum(counts[:-1]) / max(1, len(counts) - 1) / limit,
        "over": sum(count > limit for count in counts),
        "inside": cut_inside(text, found),
        "lost": 0 if covers(text, found) else 1,
    }


def cut_inside(text: str, found: list[str]) -> float:
    """The share of chunk ends inside a sentence, by a check that is not our splitter.

    Inside: a lower-case word follows, or no stop, quote, bracket or line end stands before the cut.
    """
    at, inside, seen = 0, 0, 0
    for part in found[:-1]:
        words = part.strip()
        at = text.find(words, at)
        if at < 0 or not words:
            return float("nan")
        at += len(words)
        gap = text[at : at + len(text[at : at + 200]) - len(text[at : at + 200].lstrip())]
        following = text[at + len(gap) : at + len(gap) + 1]
        ends = (
            words[-1] in ".!?…。！？\"'”’)]」:;`"
            or "\n\n" in gap
            or ("\n" in gap and not following.islower())
        )
        inside += not ends or following.islower()
        seen += 1
    return inside / max(1, seen)


def covers(text: str, found: list[str]) -> bool:
    return "".join("".join(found).split()) == "".join(text.split())


# Sentences


def sentence_speed(rounds: int) -> Iterator[str]:
    wrapped = english(1_000_000)
    line = " ".join(news(1_000_000).split())
    for name, text in [
        ("news, a paragraph a line", news(1_000_000)),
        ("news on one line", line),
        ("wrapped", wrapped),
    ]:
        best = min(timed(lambda text=text: sentences(text)) for _ in range(rounds * 2))
        yield f"| {name} | {len(text.encode()) / best / 1e6:.0f} | {len(sentences(text)):,} |"


# Sentence ends against treebanks


def paragraphs_of(path: Path) -> Iterator[tuple[str, set[int]]]:
    """Each paragraph of a CoNLL-U file with the ends of its sentences but the last."""
    text, ends, glued = "", [], False
    for block in path.read_text("utf-8").split("\n\n"):
        lines = block.split("\n")
        if any(line.startswith(("# newpar", "# newdoc")) for line in lines) and text:
            yield text, set(ends[:-1])
            text, ends = "", []
        for line in lines:
            if line.startswith("# text = "):
                text += ("" if glued or not text else " ") + line[9:].strip()
                ends.append(len(text))
        glued = "SpaceAfter=No" in next((line for line in reversed(lines) if line[:1].isdigit()), "")
    if text:
        yield text, set(ends[:-1])


def splitters() -> Iterator[tuple[str, Callable[[str], set[int]]]]:
    """Ours and the peers that are installed, each giving the places where sentences end."""
    yield "quotewise", lambda text: {span.end for span in sentences(text)}
    try:
        punkt = importlib.import_module("nltk.tokenize.punkt").PunktSentenceTokenizer()
        yield "nltk punkt, untrained", lambda text: {end for _, end in punkt.span_tokenize(text)}
    except ImportError:
        pass
    try:
        segmenter = importlib.import_module("pysbd").Segmenter(language="en", clean=False, char_span=True)
    except ImportError:
        return
    yield "pysbd", lambda text: {len(text[: span.end].rstrip()) for span in segmenter.segment(text)}


def gold_rows(paths: list[Path]) -> Iterator[str]:
    """Precision, recall and F1 of the sentence ends inside paragraphs."""
    for path in paths:
        gold = list(paragraphs_of(path))
        for name, cut in splitters():
            pairs = [({end for end in cut(text) if end < len(text)}, ends) for text, ends in gold]
            right = sum(len(found & ends) for found, ends in pairs)
            precision = right / max(1, sum(len(found) for found, _ in pairs))
            recall = right / max(1, sum(len(ends) for _, ends in pairs))
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            boundaries = sum(len(ends) for _, ends in pairs)
            yield f"| {path.stem} | {boundaries:,} | {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} |"


def timed(run: Callable[[], object]) -> float:
    begun = time.process_time()
    run()
    return time.process_time() - begun


# Memory, in a process of its own

MEMORY = """
import sys, tracemalloc
if sys.argv[1] == "numpy": import numpy
from quotewise import chunks
sys.path.insert(0, "benchmarks")
text = __import__("text").english(10_000_000)
chunks(text[:1000]); tracemalloc.start(); chunks(text, max_tokens=2000)
print(tracemalloc.get_traced_memory()[1] / 1e6)
"""


def memory(kind: str) -> float:
    return float(
        subprocess.run(
            [sys.executable, "-c", MEMORY, kind], check=True, capture_output=True, text=True
        ).stdout
    )


# The report


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--size", type=int, default=1_000_000)
    options.add_argument("--results", type=Path)
    options.add_argument("--plot", type=Path)
    options.add_argument("--only-ours", action="store_true")
    options.add_argument("--gold", type=Path, nargs="+", help="only score sentence ends against these")
    given = options.parse_args()
    warnings.simplefilter("ignore")
    if given.gold:
        head = ["| file | ends | splitter | precision | recall | F1 |", "|---|---|---|---|---|---|"]
        print("\n".join([*head, *gold_rows(given.gold)]))
        return
    lines, plotted = report(given)
    print("\n".join(lines))
    if given.results:
        given.results.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if given.plot:
        given.plot.write_text(plot(plotted), encoding="utf-8")


def report(given: argparse.Namespace) -> tuple[list[str], list[tuple[str, float]]]:
    texts = {
        "news": news(given.size),
        "documentation": english(given.size),
        "Chinese": chinese(given.size // 3),
    }
    lines = ["## Text", "", f"Versions: {versions()}.", ""]
    plotted: list[tuple[str, float]] = []
    cutters: dict[str, Cut] = {"quotewise": without_numpy(ours), "quotewise, numpy there": ours}
    if not given.only_ours:
        cutters |= dict(peers())
    importlib.import_module("numpy")
    for cut in cutters.values():
        cut("Each builds its tables at the first call.", 512)
    # What the imported peers keep is not searched for garbage in anybody's time.
    gc.collect()
    gc.freeze()
    for name, text in texts.items():
        for limit in (512, 2000):
            lines += [f"**{name}, {len(text.encode()):,} bytes, {limit} tokens**", "", *HEAD]
            for found in measure(text, limit, given.rounds, cutters):
                lines.append(table_row(found))
                if name == "news" and limit == 2000:
                    plotted.append((str(found["chunker"]), float(str(found["share"]))))
            lines.append("")
    lines += ["**Sentences** (own splitter)", "", "| text | MB/s | sentences |", "|---|---|---|"]
    lines += [*sentence_speed(given.rounds), ""]
    lines.append(
        f"Extra memory for 10 MB of text, 2000 tokens: {memory('plain'):.0f} MB, "
        f"{memory('numpy'):.0f} MB where numpy is there (peak of Python's allocations)."
    )
    return lines, plotted


HEAD = (
    "| chunker | × one pass | chunks | fill | over the limit | cut inside a sentence | all text kept |",
    "|---|---|---|---|---|---|---|",
)


def table_row(found: dict[str, object]) -> str:
    kept = "yes" if not found["lost"] else "**no**"
    speed = f"{found['chunker']} | {found['share']:.2f} | {found['chunks']}"
    return f"| {speed} | {found['fill']:.3f} | {found['over']} | {found['inside']:.1%} | {kept} |"


def without_numpy(cut: Cut) -> Cut:
    """The same, in a process that looks as if numpy had never been imported."""

    def run(text: str, limit: int) -> list[str]:
        hidden = sys.modules.pop("numpy", None)
        try:
            return cut(text, limit)
        finally:
            if hidden is not None:
                sys.modules["numpy"] = hidden

    return run


def versions() -> str:
    found = [f"Python {sys.version.split()[0]}"]
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def plot(rows: list[tuple[str, float]]) -> str:
    """Bars as an SVG, so that no plotting package is needed."""
    bars = []
    for at, (name, share) in enumerate(sorted(rows, key=lambda row: -row[1])):
        y, width = 40 + 30 * at, 380 * min(share, 1.1)
        colour = "#2563eb" if name.startswith("quotewise") else "#9ca3af"
        bars.append(
            f'<text x="190" y="{y + 14}" text-anchor="end">{name}</text>'
            f'<rect x="200" y="{y}" width="{width:.0f}" height="20" fill="{colour}"/>'
            f'<text x="{206 + width:.0f}" y="{y + 14}">{share:.2f}</text>'
        )
    height = 60 + 30 * len(rows)
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="680" height="{height}"',
        ' font-family="sans-serif" font-size="13">',
        f'<rect width="680" height="{height}" fill="white"/>',
        '<text x="20" y="22">Speed of chunking (news, 2,000 tokens), one tokenisation pass = 1</text>',
        f'<line x1="580" y1="30" x2="580" y2="{height - 16}" stroke="#6b7280" stroke-dasharray="3 3"/>',
    ]
    return "\n".join([*head, *bars, "</svg>\n"])


if __name__ == "__main__":
    main()
