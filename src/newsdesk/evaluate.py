"""How near an analysis comes to hand-made labels: precision, recall, F1, and every miss.

Pure: gold files are decoded here and compared with `models.Analysis`; reading files is the caller's.
docs/evaluating.md describes the format and what each measure counts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

import msgspec
from msgspec import Struct

from newsdesk.errors import InputError
from newsdesk.models import Analysis, Category, EntityKind, Figure, Quantifier

GOLD_SCHEMA: Final = "newsdesk/gold/1"
SCORED_KINDS: Final[tuple[EntityKind, ...]] = ("person", "organization", "place")
"""The kinds of entities that a gold file labels unless its `entity_kinds` says otherwise."""
FIELDS: Final = ("quantifier", "category", "unit", "speaker")
"""What is asked of a figure that was found."""
CLAIM: Final = ("quantifier", "category", "speaker")
"""What must be right for a claim, besides the value."""
VALUE_TOLERANCE: Final = 0.005
"""Share by which two values may differ: 32,400 and 32.4 thousand are one number."""
NEAR_SIDES: Final[tuple[Quantifier, ...]] = ("less_than", "approximately")
"""What "nearly N" and "almost N" may be read as."""


class GoldPassage(Struct, frozen=True):
    """A block as the article has it. `topics` is left out for what is not labelled, such as headings."""

    index: int
    text: str
    kind: str = "paragraph"
    topics: tuple[str, ...] | None = None
    optional_topics: tuple[str, ...] = ()


class GoldMention(Struct, frozen=True):
    """One occurrence of an entity; what is optional counts neither way."""

    passage: int
    start: int
    end: int
    text: str
    kind: EntityKind
    name: str
    optional: bool = False


class GoldFigure(Struct, frozen=True):
    """A figure; `also_` fields list further right answers, no speaker means the article's own voice."""

    passage: int
    start: int
    end: int
    text: str
    quantifier: Quantifier
    category: Category
    unit: str | None = None
    min: float | None = None
    max: float | None = None
    best: float | None = None
    asserted_by: tuple[str, ...] = ()
    also_quantifier: tuple[Quantifier, ...] = ()
    also_category: tuple[Category, ...] = ()
    also_unit: tuple[str, ...] = ()
    optional: bool = False


class Gold(Struct, frozen=True):
    """A hand-labelled article. Without `entities` or `figures`, those are not scored."""

    schema: Literal["newsdesk/gold/1"]
    desk: str
    passages: tuple[GoldPassage, ...]
    id: str = ""
    text_file: str = ""
    """Beside the gold file; without it the passages' texts are the article."""
    entities: tuple[GoldMention, ...] | None = None
    figures: tuple[GoldFigure, ...] | None = None
    entity_kinds: tuple[EntityKind, ...] = SCORED_KINDS

    @property
    def text(self) -> str:
        """The article, a block a line."""
        return "\n\n".join(passage.text for passage in self.passages)


class Rate(Struct):
    """What was found right, what was found besides, what was missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return _share(self.right, self.right + self.extra)

    @property
    def recall(self) -> float:
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        return _share(2 * self.right, 2 * self.right + self.extra + self.missed)

    @property
    def wanted(self) -> int:
        """How many the gold has."""
        return self.right + self.missed

    def count(self, right: bool) -> None:
        """One that the gold has, found with or without fault; what is wrong is missed and too many."""
        self.right += right
        self.extra += not right
        self.missed += not right


class Share(Struct):
    """How many of those that were looked at are right."""

    right: int = 0
    of: int = 0

    @property
    def share(self) -> float:
        return _share(self.right, self.of)

    def count(self, right: bool) -> None:
        self.right += right
        self.of += 1


class Miss(Struct, frozen=True):
    """One difference. `passage` counts in the gold file."""

    article: str
    passage: int
    kind: str
    """`topic`, `entity`, `entity kind`, `figure`, `passage`, or a field of figures."""
    text: str
    wanted: str | None
    """None: nothing is there by the gold."""
    got: str | None
    """None: nothing was found."""


class Scores(Struct):
    """The measures over all articles added, summed up (micro), and by topic, kind and field."""

    articles: int = 0
    lost: int = 0
    topics: Rate = msgspec.field(default_factory=Rate)
    by_topic: dict[str, Rate] = msgspec.field(default_factory=dict)
    """By `desk/topic`."""
    entities: Rate = msgspec.field(default_factory=Rate)
    """Exact span and kind."""
    spans: Rate = msgspec.field(default_factory=Rate)
    """Exact span, whatever the kind."""
    by_kind: dict[str, Rate] = msgspec.field(default_factory=dict)
    linking: Share = msgspec.field(default_factory=Share)
    figures: Rate = msgspec.field(default_factory=Rate)
    fields: dict[str, Share] = msgspec.field(default_factory=lambda: {name: Share() for name in FIELDS})
    claims: Rate = msgspec.field(default_factory=Rate)
    misses: list[Miss] = msgspec.field(default_factory=list)

    def add(self, gold: Gold, analysis: Analysis) -> None:
        """Compare one article with its labels."""
        self.articles += 1
        found = _aligned(gold, analysis)
        for passage in gold.passages:
            if passage.index not in found:
                self.lost += 1
                self._miss(gold, passage.index, "passage", passage.text, passage.text, None)
        self._add_topics(gold, analysis, found)
        back = {there: here for here, there in found.items()}
        if gold.entities is not None:
            self._add_entities(gold, gold.entities, analysis, back)
        if gold.figures is not None:
            self._add_figures(gold, gold.figures, analysis, back)

    def measures(self) -> dict[str, float]:
        """Each measure that something was there for: an F1, or a share right."""
        rates = {"topics": self.topics, "entities": self.entities, "figures": self.figures}
        shares = {"linking": self.linking, **self.fields}
        found = {name: rate.f1 for name, rate in (*rates.items(), ("claim", self.claims)) if rate.wanted}
        return {**found, **{name: share.share for name, share in shares.items() if share.of}}

    # ------------------------------------------------------------------ topics

    def _add_topics(self, gold: Gold, analysis: Analysis, found: Mapping[int, int]) -> None:
        for passage in gold.passages:
            if passage.topics is None or passage.index not in found:
                continue
            wanted = set(passage.topics)
            got = set(analysis.passages[found[passage.index]].topics)
            for topic in sorted(wanted | (got - set(passage.optional_topics))):
                rate = self.by_topic.setdefault(f"{gold.desk}/{topic}", Rate())
                for one in (self.topics, rate):
                    one.right += topic in wanted and topic in got
                    one.missed += topic not in got
                    one.extra += topic not in wanted
                if topic not in got:
                    self._miss(gold, passage.index, "topic", passage.text, topic, None)
                elif topic not in wanted:
                    self._miss(gold, passage.index, "topic", passage.text, None, topic)

    # ------------------------------------------------------------------ entities

    def _add_entities(
        self, gold: Gold, labels: Sequence[GoldMention], analysis: Analysis, back: Mapping[int, int]
    ) -> None:
        spans = _spans(analysis, back)
        wanted = {_Span(one.passage, one.start, one.end): one for one in labels if not one.optional}
        for span, label in wanted.items():
            got = spans.get(span)
            self._count_entity(gold, label, None if got is None else got.kind)
        optional = [one for one in labels if one.optional]
        for span, named in spans.items():
            scored = span not in wanted and named.kind in gold.entity_kinds
            if scored and not any(span.touches(one.passage, one.start, one.end) for one in optional):
                for rate in (self.spans, self.entities, self._of_kind(named.kind)):
                    rate.extra += 1
                self._miss(gold, span.passage, "entity", _cut(gold, span), None, named.kind)
        self._add_links(wanted, spans)

    def _count_entity(self, gold: Gold, label: GoldMention, got: EntityKind | None) -> None:
        if got is None:
            for rate in (self.spans, self.entities, self._of_kind(label.kind)):
                rate.missed += 1
            self._miss(gold, label.passage, "entity", label.text, label.kind, None)
            return
        right = got == label.kind
        self.spans.right += 1
        self.entities.count(right)
        self._of_kind(label.kind).right += right
        if not right:
            self._of_kind(label.kind).missed += 1
            self._of_kind(got).extra += 1
            self._miss(gold, label.passage, "entity kind", label.text, label.kind, got)

    def _of_kind(self, kind: EntityKind) -> Rate:
        return self.by_kind.setdefault(kind, Rate())

    def _add_links(self, wanted: Mapping[_Span, GoldMention], spans: Mapping[_Span, _Named]) -> None:
        """Of a name with several surfaces, how many mentions found go by the name most of them go by."""
        surfaces: defaultdict[str, set[str]] = defaultdict(set)
        for label in wanted.values():
            surfaces[label.name].add(label.text)
        joined: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for span, label in wanted.items():
            if len(surfaces[label.name]) > 1 and span in spans:
                joined[label.name][spans[span].name] += 1
        for names in joined.values():
            self.linking.right += max(names.values())
            self.linking.of += names.total()

    # ------------------------------------------------------------------ figures

    def _add_figures(
        self, gold: Gold, labels: Sequence[GoldFigure], analysis: Analysis, back: Mapping[int, int]
    ) -> None:
        left = [one for one in analysis.figures if one.passage in back and not one.hypothetical]
        # What must be found is matched first; what may be takes from the rest.
        for label in sorted(labels, key=lambda one: one.optional):
            found = next((one for one in left if _matches(label, one, back[one.passage])), None)
            if found is not None:
                left.remove(found)
            if not label.optional:
                self._count_figure(gold, label, found)
        for one in left:
            self.figures.extra += 1
            self.claims.extra += 1
            self._miss(gold, back[one.passage], "figure", one.text, None, one.text)

    def _count_figure(self, gold: Gold, label: GoldFigure, found: Figure | None) -> None:
        if found is None:
            self.figures.missed += 1
            self.claims.missed += 1
            self._miss(gold, label.passage, "figure", label.text, label.text, None)
            return
        self.figures.right += 1
        answers = {
            "quantifier": (_quantifiers(label), found.quantifier),
            "category": ((label.category, *label.also_category), found.category),
            "unit": ((label.unit, *label.also_unit), found.unit),
            "speaker": (label.asserted_by, found.asserted_by),
        }
        right = {name: got in wanted for name, (wanted, got) in answers.items()}
        right["speaker"] = same_speaker(label.asserted_by, found.asserted_by)
        for name, (wanted, got) in answers.items():
            self.fields[name].count(right[name])
            if not right[name]:
                known = " or ".join(one for one in wanted if one) or None
                self._miss(gold, label.passage, name, label.text, known, got)
        self.claims.count(all(right[name] for name in CLAIM))

    def _miss(
        self, gold: Gold, passage: int, kind: str, text: str, wanted: str | None, got: str | None
    ) -> None:
        self.misses.append(Miss(gold.id, passage, kind, text, wanted, got))


class _Span(NamedTuple):
    passage: int
    start: int
    end: int

    def touches(self, passage: int, start: int, end: int) -> bool:
        return self.passage == passage and start < self.end and self.start < end


class _Named(NamedTuple):
    kind: EntityKind
    name: str


def read_gold(data: bytes, name: str) -> Gold:
    """A gold file's bytes; `name` is the file's, for errors, and the article's id where it has none.

    Raises InputError that names file and key.
    """
    try:
        gold = msgspec.json.decode(data, type=Gold)
    except msgspec.ValidationError as error:
        raise InputError(
            f"{name}: {error}", f"schema {GOLD_SCHEMA} is described in docs/evaluating.md"
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{name}: not JSON: {error}") from None
    _check(gold, name)
    return gold if gold.id else msgspec.structs.replace(gold, id=name)


def _check(gold: Gold, name: str) -> None:
    """Offsets must cut out the words that stand beside them: a label in the wrong place counts as a miss."""
    texts = {passage.index: passage.text for passage in gold.passages}
    parts: dict[str, Sequence[GoldMention | GoldFigure]] = {
        "entities": gold.entities or (),
        "figures": gold.figures or (),
    }
    for part, place, label in ((part, *one) for part, found in parts.items() for one in enumerate(found)):
        where = f"{name}: {part}[{place}]"
        if label.passage not in texts:
            raise InputError(f"{where}: there is no passage {label.passage}")
        there = texts[label.passage][label.start : label.end]
        if there != label.text:
            raise InputError(f"{where}: {label.start} to {label.end} is {there!r}, not {label.text!r}")


def same_speaker(wanted: Iterable[str], got: str | None) -> bool:
    """Whether all words of one form stand in the other: "Gaza's Health Ministry" is "the Health Ministry"."""
    said = _content_words(got or "")
    forms = [_content_words(form) for form in wanted]
    if not forms or not said:
        return not forms and not said
    return any(form <= said or said <= form for form in forms)


_SMALL: Final = frozenset(["a", "an", "and", "for", "her", "his", "in", "its", "of", "s", "the", "their"])


def _content_words(text: str) -> frozenset[str]:
    plain = text.casefold().replace("'", " ").replace("’", " ")
    return frozenset(re.findall(r"[\w.]+", plain)) - _SMALL


def _aligned(gold: Gold, analysis: Analysis) -> dict[int, int]:
    """Gold passage -> passage of the analysis, by equal text with white space folded, in order."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, passage in enumerate(analysis.passages):
        places[_folded(passage.text)].append(place)
    found = {}
    for label in gold.passages:
        if left := places[_folded(label.text)]:
            found[label.index] = left.pop(0)
    return found


def _folded(text: str) -> str:
    return " ".join(text.split())


def _spans(analysis: Analysis, back: Mapping[int, int]) -> dict[_Span, _Named]:
    """Every mention that was found, by its place in the gold file."""
    return {
        _Span(back[one.passage], one.start, one.end): _Named(entity.kind, entity.name)
        for entity in analysis.entities
        for one in entity.mentions
        if one.passage in back
    }


def _cut(gold: Gold, span: _Span) -> str:
    return next((one.text[span.start : span.end] for one in gold.passages if one.index == span.passage), "")


def _matches(label: GoldFigure, found: Figure, passage: int) -> bool:
    """In the same passage, overlapping; and of the same value, unless the label is optional."""
    overlap = found.start < label.end and label.start < found.end
    return passage == label.passage and overlap and (label.optional or _same_value(label, found))


def _same_value(label: GoldFigure, found: Figure) -> bool:
    wanted, got = _value(label), _value(found)
    if wanted is None or got is None:
        return wanted is got
    # Below one, a hundredth more: a third is .33 as well as .3333.
    allowed = VALUE_TOLERANCE * max(abs(wanted), abs(got)) + (0.01 if abs(got) < 1 else 0)
    return abs(wanted - got) <= allowed


def _value(figure: GoldFigure | Figure) -> float | None:
    return next((one for one in (figure.best, figure.min, figure.max) if one is not None), None)


def _quantifiers(label: GoldFigure) -> tuple[Quantifier, ...]:
    near = label.text.lower().startswith(("nearly", "almost"))
    return (label.quantifier, *label.also_quantifier, *(NEAR_SIDES if near else ()))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
