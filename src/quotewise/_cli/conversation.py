"""A conversation about articles: its state, its commands, and what each shows. Knows no terminal.

`chat` reads lines and prints rows; this class turns one into the other, so that it is tested without a
terminal. Questions are answered by a `Reader`, which the commands /model and /budget open anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple

from .._errors import QuotewiseError, UsageError
from .._language.names import names
from .._options import EXTRACTIVE, Budget
from .._reader import Reader
from .._render.markdown import together as markdown_of
from .._render.page import together as page_of
from .._render.places import Named, place
from .._render.places import names as named
from .._render.text import abstention, preamble, price, remarks, short, told_apart, verbatim
from .._results import Answer, Result
from .._text.article import Article
from .._text.words import words
from .._values import Claim, Quote, Usage, clipped
from ..events import CallDone, Event, Listener
from .options import Settings, budget_of
from .output import check_output, write
from .rows import Part, Row, Rows, row


def opened(settings: Settings, on_event: Listener) -> Reader:
    """A reader for these settings."""
    given = settings.given
    given["on_event"] = on_event
    return Reader(**given)


class Turn(NamedTuple):
    """What was asked, what came back, and the number of its first claim."""

    asked: str
    result: Result
    first: int


Open = Callable[[Settings, Listener], Reader]


class Conversation:
    """Questions and commands about some articles, in order; claims are numbered through all of it."""

    def __init__(
        self,
        articles: Sequence[Article],
        settings: Settings,
        open_reader: Open,
    ) -> None:
        self.articles = tuple(articles)
        self._called = _called(self.articles)
        self.turns: list[Turn] = []
        self.done = False
        self.spent = Usage()
        self._paying = Usage()  # the reading under way, as its events tell it
        self._settings = settings
        self._limit = settings.budget
        self._before = Usage()  # what was spent before the limit was set
        self._open = open_reader
        self._listener: Listener = _unheard
        self._reader = open_reader(settings, self._heard)

    # What the loop calls.

    def reply(self, line: str, on_event: Listener | None = None) -> Rows:
        """What a line is answered with; raises `QuotewiseError`, and lets Ctrl-C through."""
        self._listener = on_event or _unheard
        line = line.strip()
        if not line:
            return []
        if _COURTESY.fullmatch(line):
            return [row(Part("That is no question. Ask one, or see the commands with /help.", "dim"))]
        return self._command(line) if line.startswith("/") else self._asked(line)

    def greeting(self) -> Rows:
        """What is read, who answers, and how to go on."""
        shown = [
            row(Part(called, "head"), Part(f" ({_extent(one)})", "dim"))
            for called, one in zip(self._called, self.articles, strict=True)
        ]
        return [*shown, row(*self._who()), row(Part("Ask a question. /help lists the commands.", "dim"))]

    def interrupted(self) -> Rows:
        """What is said when an answer was stopped; what its calls cost is kept."""
        self._settle(self._paying)
        return [row(Part("Stopped. Ask again, or press Ctrl-D to end.", "dim"))]

    def close(self) -> None:
        """Let go of the reader."""
        self._reader.close()

    @property
    def claims(self) -> list[Claim]:
        """Every claim so far: the first is number 1."""
        return [claim for turn in self.turns for claim in turn.result.cited]

    def completions(self, before: str) -> list[str]:
        """What the last word of a line may become: a command, a claim's number, or a name."""
        typed = before.split(" ")[-1]
        if before.startswith("/"):
            return self._command_completions(before, typed)
        low = typed.casefold()
        if len(low) < 2:
            return []
        return [name for name in self._names if any(w.casefold().startswith(low) for w in name.split())]

    # Reading.

    def _asked(self, question: str) -> Rows:
        earlier = [turn.result for turn in self.turns if isinstance(turn.result, Answer)]
        return self._read(question, lambda: self._reader.ask(question, self.articles, earlier=earlier))

    def _read(self, asked: str, read: Callable[[], Result]) -> Rows:
        self._paying = Usage()
        try:
            result = read()
        except QuotewiseError as error:
            self._settle(error.usage or self._paying)
            if error.result is None:
                raise
            return [*self._kept(asked, error.result), row(Part(str(error), "bad"))]
        self._settle(result.usage)
        return self._kept(asked, result)

    def _kept(self, asked: str, result: Result) -> Rows:
        turn = Turn(asked, result, len(self.claims) + 1)
        self.turns.append(turn)
        return list(_turn(turn, self._called))

    def _heard(self, event: Event) -> None:
        if isinstance(event, CallDone) and not event.replayed:
            self._paying += event.usage
        self._listener(event)

    def _settle(self, usage: Usage) -> None:
        self.spent += usage
        self._paying = Usage()

    # Commands.

    def _command(self, line: str) -> Rows:
        name, _, rest = line[1:].partition(" ")
        command = _COMMANDS.get(name.lower())
        if command is None:
            return [row(Part(_unknown(name), "bad"))]
        return command.run(self, rest.strip())

    def _facts(self, focus: str) -> Rows:
        asked = f"/facts {focus}".rstrip()
        return self._read(asked, lambda: self._reader.facts(self.articles, focus=focus or None))

    def _summary(self, focus: str) -> Rows:
        asked = f"/summary {focus}".rstrip()
        return self._read(asked, lambda: self._reader.summarize(self.articles, focus=focus or None))

    def _why(self, number: str) -> Rows:
        claim = self._claim(number)
        shown = [row(Part(claim.text, "head"), Part(f" [{number}]", "mark")), row(_verdict(claim))]
        for quote in claim.quotes:
            shown += [Row(), row(Part(self._place(quote), "dim")), self._in_paragraph(quote)]
        return shown

    def _source(self, number: str) -> Rows:
        if not number:
            return [
                row(Part(called, "head"), f" {_from(one, called)}sha256 {one.id}, {_extent(one)}")
                for called, one in zip(self._called, self.articles, strict=True)
            ]
        shown: Rows = []
        for quote in self._claim(number).quotes:
            article = self.articles[quote.source]
            where = f"article.text[{quote.start}:{quote.end}], sentence {quote.sentence + 1}"
            where += f", page {quote.page}" if quote.page else ""
            called = self._called[quote.source]
            shown.append(row(Part(called, "head"), f" {_from(article, called)}".rstrip(", ")))
            shown.append(row(Part(where + (", widened to its sentence" if quote.widened else ""), "dim")))
            shown.append(row(Part(quote.text, "quote"), indent=2))
        return shown

    def _uncovered(self, _: str) -> Rows:
        cited = [quote for claim in self.claims for quote in claim.quotes]
        shown: Rows = []
        total = 0
        for source, article in enumerate(self.articles):
            here = [quote for quote in cited if quote.source == source]
            for number, part in enumerate(article.paragraphs, 1):
                total += 1
                if not any(q.start < part.end and part.start < q.end for q in here):
                    text = clipped(article.text[part.start : part.end], _CLIPPED)
                    of = f" ({self._called[source]})" if len(self.articles) > 1 else ""
                    shown.append(row(Part(text, "dim"), of, indent=5, lead=f"{number:>3}. "))
        head = f"{len(shown)} of {total} paragraphs have not been cited in this conversation."
        return [row(Part(head, "head")), *shown]

    def _cost(self, _: str) -> Rows:
        used = self.spent
        tokens = (
            f"{used.input_tokens:,} tokens in ({used.cached_tokens:,} cached), {used.output_tokens:,} out"
        )
        requests = f"{used.calls} request{'s' * (used.calls != 1)}"
        return [row(f"{requests}, {tokens}, {price(used)}; {self._limits()}.")]

    def _budget(self, amount: str) -> Rows:
        if not amount:
            return [row(f"{self._limits().capitalize()}.")]
        limit = None if amount == "off" else budget_of(amount)
        self._reopen(replace(self._settings, budget=limit))
        self._limit, self._before = limit, self.spent
        return [row(f"{self._limits().capitalize()}.")]

    def _model(self, name: str) -> Rows:
        if name:
            self._reopen(replace(self._settings, model=name, budget=self._left()))
        return [row(*self._who())]

    def _save(self, path: str) -> Rows:
        self._may_write(path, ".json")
        write(json.dumps(self.as_json(), ensure_ascii=False, indent=2) + "\n", path)
        return [row(f"Saved {_turns(self.turns)} to {path}.")]

    def _export(self, path: str) -> Rows:
        self._may_write(path, ".md", ".html")
        asked = [(turn.asked, turn.result) for turn in self.turns]
        title = ", ".join(self._called)
        write(markdown_of(asked) if path.endswith(".md") else page_of(title, asked, self.articles), path)
        return [row(f"Exported {_turns(self.turns)} to {path}.")]

    def _help(self, _: str) -> Rows:
        shown = [
            row(command.does, indent=24, lead=f"/{name} {command.takes}")
            for name, command in _COMMANDS.items()
        ]
        return [*shown, row(Part(_KEYS, "dim"))]

    def _quit(self, _: str) -> Rows:
        self.done = True
        return []

    # What the commands share.

    def as_json(self) -> dict[str, object]:
        """The conversation for a program: the articles by name and hash, the results in order."""
        return {
            "articles": [{"title": a.title, "source": a.source, "id": a.id} for a in self.articles],
            "turns": [
                {
                    "asked": t.asked,
                    "kind": type(t.result).__name__,
                    "result": t.result.model_dump(mode="json"),
                }
                for t in self.turns
            ],
        }

    def _claim(self, number: str) -> Claim:
        claims = self.claims
        if number.isdecimal() and 1 <= int(number) <= len(claims):
            return claims[int(number) - 1]
        if not claims:
            raise UsageError("No claim was made yet.", next_step="Ask a question first.")
        if not number:
            raise UsageError(
                "It takes the number of a claim, as in /why 1.",
                next_step=f"Numbers go from 1 to {len(claims)}.",
            )
        raise UsageError(
            f"There is no claim {number!r}.", next_step=f"Give a number from 1 to {len(claims)}."
        )

    def _place(self, quote: Quote) -> str:
        article = self.articles[quote.source]
        number = next(n for n, p in enumerate(article.paragraphs, 1) if quote.start < p.end)
        page = f"page {quote.page}, " if quote.page else ""
        return f"{self._called[quote.source]}, {page}paragraph {number}"

    def _in_paragraph(self, quote: Quote) -> Row:
        """The paragraph of a quote (all of them where it runs on), the quote to be seen at a glance."""
        article = self.articles[quote.source]
        around = [p for p in article.paragraphs if p.start < quote.end and quote.start < p.end]
        start, end = min(quote.start, around[0].start), max(quote.end, around[-1].end)
        before, after = article.text[start : quote.start], article.text[quote.end : end]
        return row(before, Part(quote.text, "quote"), after, indent=2)

    def _reopen(self, settings: Settings) -> None:
        """Another reader in place of this one, which stays where the new one cannot be opened."""
        reader = self._open(settings, self._heard)
        self._reader.close()
        self._reader, self._settings = reader, settings

    def _left(self) -> Budget | None:
        """What remains of the limit; raises `UsageError` where nothing does."""
        left = self._remaining()
        if left and min(left.values()) <= 0:
            raise UsageError("The budget is used up.", next_step="Raise it with /budget AMOUNT.")
        return Budget(**left) if left else None  # type: ignore[arg-type]  # calls and tokens are whole

    def _remaining(self) -> dict[str, float]:
        """What remains of each of the limits that are set."""
        now, before = _amounts(self.spent), _amounts(self._before)
        limits = {f.name: getattr(self._limit, f.name) for f in fields(Budget)} if self._limit else {}
        return {
            name: limit - (now[name] - before[name]) for name, limit in limits.items() if limit is not None
        }

    def _limits(self) -> str:
        left = self._remaining()
        if not left:
            return "no budget is set"
        amounts = " and ".join(_amount(name, max(0, amount)) for name, amount in left.items())
        return f"{amounts} of the budget left"

    def _who(self) -> Iterator[Part]:
        if self._reader.options.model == EXTRACTIVE:
            yield Part("The built-in extractive engine answers, with sentences of the article; ")
            yield Part("no model is called. For one, set OPENAI_API_KEY or give --base-url.", "dim")
        else:
            yield Part(f"{self._reader.options.model} answers; {self._limits()}.")

    def _may_write(self, path: str, *endings: str) -> None:
        if not path.endswith(endings):
            why = f"{path} is no name for it." if path else "A file must be named."
            raise UsageError(why, next_step=f"Name a file in {' or '.join(endings)}.")
        check_output(path, [*(a.source for a in self.articles if a.source), self._settings.journal])

    def _command_completions(self, before: str, typed: str) -> list[str]:
        if " " not in before:
            return [f"/{name}" for name in _COMMANDS if f"/{name}".startswith(typed)]
        if before.split(" ")[0] in ("/why", "/source"):
            numbers = map(str, range(1, len(self.claims) + 1))
            return [number for number in numbers if number.startswith(typed)]
        return []

    @cached_property
    def _names(self) -> list[str]:
        """The names in the articles, each once, the most frequent first."""
        counted: dict[str, int] = {}
        for article in self.articles:
            for span in article.sentences:
                text = article.text[span.start : span.end]
                for name in names(text, words(text)):
                    said = " ".join(text[name.start : name.end].split())
                    counted[said] = counted.get(said, 0) + 1
        return sorted(counted, key=lambda name: (-counted[name], name))


class _Command(NamedTuple):
    run: Callable[[Conversation, str], Rows]
    takes: str
    does: str


_COMMANDS = {
    "why": _Command(Conversation._why, "N", "the quotes of claim [N], each in its paragraph"),
    "source": _Command(
        Conversation._source, "[N]", "where the quotes of claim [N] stand; alone: the articles"
    ),
    "facts": _Command(Conversation._facts, "[TOPIC]", "the checkable facts"),
    "summary": _Command(Conversation._summary, "[TOPIC]", "a summary"),
    "uncovered": _Command(Conversation._uncovered, "", "the paragraphs that nothing has cited yet"),
    "cost": _Command(Conversation._cost, "", "what this conversation has cost"),
    "budget": _Command(
        Conversation._budget,
        "[AMOUNT]",
        "spend at most this from now on: 0.50 (dollars), 50calls, 200ktokens; or off",
    ),
    "model": _Command(Conversation._model, "[NAME]", "who answers; with a name, somebody else from now on"),
    "save": _Command(Conversation._save, "FILE.json", "all results, for a program"),
    "export": _Command(Conversation._export, "FILE.md|.html", "the conversation to read, with its quotes"),
    "help": _Command(Conversation._help, "", "this list"),
    "quit": _Command(Conversation._quit, "", "end (Ctrl-D does, too)"),
}
_COURTESY = re.compile(
    r"(?:(?:thanks|thank you|ok|okay|fine|great|good|hello|hi|bye|goodbye)"
    r"(?: (?:very|so) much| a lot)?[\s,.!]*){1,3}",
    re.IGNORECASE,
)
"""A line that only thanks or greets: nothing is asked, so that nothing is read for it."""
_CLIPPED = 160
"""Characters of a paragraph or a passage that is only to be recognised."""
_KEYS = "Alt-Enter starts a new line, Ctrl-C stops an answer, Tab completes commands and names."


def _unheard(event: Event) -> None:
    """Nobody listens."""


def _unknown(name: str) -> str:
    near = get_close_matches(name, _COMMANDS, n=1, cutoff=0.5)
    return f"There is no command /{name}. " + (f"Did you mean /{near[0]}?" if near else "/help lists them.")


def _amount(unit: str, amount: float) -> str:
    """So much, in words.

    >>> _amount("usd", 0.5), _amount("calls", 1), _amount("tokens", 2_000)
    ('$0.5000', '1 call', '2,000 tokens')
    """
    return f"${amount:.4f}" if unit == "usd" else f"{amount:,} {unit if amount != 1 else unit[:-1]}"


def _amounts(usage: Usage) -> dict[str, float]:
    """What was used, in the units of a budget."""
    tokens = usage.input_tokens + usage.output_tokens
    return {"usd": usage.usd or 0.0, "tokens": tokens, "calls": usage.calls}


def _turn(turn: Turn, called: Sequence[str]) -> Iterator[Row]:
    result = turn.result
    if headline := getattr(result, "headline", ""):
        yield row(Part(headline, "head"))
    if not result.cited:
        yield row(abstention(result))
        for quote in getattr(result, "nearest", ()):
            where = place(quote, called)
            told = f"closest: “{clipped(quote.text, _CLIPPED)}”" + (f" ({where})" if where else "")
            yield row(Part(told, "dim"), indent=2)
    elif words := preamble(result):
        yield row(words)
    yield from _claims(turn, called)
    for rejected in result.rejected:
        yield row(Part(f"Not returned: {rejected.claim.text}", "bad"), indent=2, lead="x ")
        yield row(Part(rejected.reason, "dim"), indent=2)
    for gap in result.gaps:
        yield row(Part(f"Not read: {gap.reason}", "bad"))
    for note in remarks(result):
        yield row(Part(f"Note: {note}", "dim"))


def _claims(turn: Turn, called: Sequence[str]) -> Iterator[Row]:
    for number, claim in enumerate(turn.result.cited, turn.first):
        where = "; ".join(dict.fromkeys(filter(None, (place(quote, called) for quote in claim.quotes))))
        told = ", ".join(filter(None, (getattr(claim, "kind", ""), where)))
        before, held, after = told_apart(short(turn.result), claim.text)
        yield row(
            before,
            Part(held, "head"),
            after,
            Part(f" [{number}]", "mark"),
            Part(f" {told}" if told else "", "dim"),
            indent=2,
            lead="- ",
        )


def _verdict(claim: Claim) -> Part:
    verdict = claim.verdict
    if verbatim(claim):
        return Part("Word for word in the article; whether it answers is for you to judge.", "dim")
    if verdict.supported:
        return Part(f"Supported by what it cites (score {verdict.score:.2f}).", "dim")
    reasons = "; ".join(f"“{issue.text}”: {issue.why}" for issue in verdict.issues)
    return Part(f"Not supported (score {verdict.score:.2f}). {reasons}", "bad")


def _called(articles: Sequence[Article]) -> list[str]:
    """What each article is called: its title where it is the only one, else names that tell them apart."""
    if len(articles) == 1 and articles[0].title:
        return [articles[0].title]
    return named([Named(one.title, one.source) for one in articles])


def _from(article: Article, called: str) -> str:
    """Where it came from, where its name does not already say so."""
    return "" if article.source in ("", called) else f"{article.source}, "


def _extent(article: Article) -> str:
    return f"{_many(len(article.paragraphs), 'paragraph')}, {_many(len(article.sentences), 'sentence')}"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _turns(turns: Sequence[Turn]) -> str:
    return "1 turn" if len(turns) == 1 else f"{len(turns)} turns"
