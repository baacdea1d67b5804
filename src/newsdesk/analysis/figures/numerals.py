"""The words and signs that numbers are written with, and the record of a number found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from newsdesk.analysis.figures.words import word_set

Kind = Literal["number", "range", "vague", "fraction"]

SMALL = {
    word: float(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: float(value)
    for value, word in zip(
        range(20, 100, 10),
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        strict=True,
    )
}
SCALE = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "lakh": 1e5,
    "crore": 1e7,
    "mn": 1e6,
    "mln": 1e6,
    "bn": 1e9,
    "tn": 1e12,
}
GLUED_SCALE = {"m": 1e6, "b": 1e9, "k": 1e3, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12}
PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
PARTS |= {word + "s": parts for word, parts in PARTS.items() if word != "half"} | {"halves": 2}
SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
MANY = {"dozens", "scores", "hundreds", "thousands", "millions", "billions", "trillions", "tens"}
FEW = {"several", "few", "handful", "couple"}
CURRENCY_SIGNS = "$€£¥₹₪₽₺₴₩"
CURRENCY_CODES = word_set(
    "usd eur gbp nis ils rs rm inr cad aud chf jpy cny nzd hkd sgd sek nok dkk pln zar brl mxn krw rub uah "
    "egp lbp aed sar ngn kes"
)
ASCII_CURRENCY = {"ps", "y"}
"""Pound and yen where a text was forced into ASCII: "PS2.7m", "Y=590 billion"."""
DOLLAR_PREFIXES = {"us", "a", "c", "nz", "hk", "s", "au", "ca", "r", "can"}
CURRENCY_WORDS = set(
    [
        "dollar",
        "dollars",
        "euro",
        "pounds",
        "sterling",
        "shekel",
        "shekels",
        "rupee",
        "rupees",
        "yen",
        "yuan",
        "rouble",
        "roubles",
        "ruble",
        "rubles",
        "dinar",
        "dinars",
        "dirham",
        "dirhams",
        "riyal",
        "riyals",
        "lira",
        "francs",
        "cents",
        "cent",
        "pence",
        "euros",
        "pesos",
        "peso",
        "rand",
        "naira",
        "taka",
        "baht",
        "rupiah",
        "ringgit",
        "zloty",
        "kronor",
        "kroner",
        "hryvnia",
        "hryvnias",
    ]
)
PERCENT = {"%", "percent", "pct", "pc"}
GLUED_UNITS = {
    "mm": "distance",
    "cm": "distance",
    "km": "distance",
    "kms": "distance",
    "nm": "distance",
    "μm": "distance",
    "ft": "distance",
    "m²": "area",
    "km²": "area",
    "m³": "volume",
    "mi": "distance",
    "g": "mass",
    "kg": "mass",
    "kgs": "mass",
    "min": "minute",
    "mins": "minute",
    "hr": "hour",
    "hrs": "hour",
    "sec": "second",
    "secs": "second",
    "lb": "mass",
    "lbs": "mass",
    "ha": "area",
    "sqm": "area",
    "mph": "speed",
    "kph": "speed",
    "kmh": "speed",
    "mw": "megawatt",
    "gw": "gigawatt",
    "kw": "kilowatt",
    "kwh": "kilowatt-hour",
    "gb": "gigabyte",
    "tb": "terabyte",
    "bps": "basis point",
    "bp": "basis point",
    "w": "watt",
    "v": "volt",
    "mah": "milliampere-hour",
    "cc": "volume",
    "mp": "megapixel",
    "kj": "kilojoule",
    "kv": "kilovolt",
    "twh": "terawatt-hour",
    "gwh": "gigawatt-hour",
    "mwh": "megawatt-hour",
    "hz": "hertz",
    "mhz": "megahertz",
    "ghz": "gigahertz",
    "hp": "horsepower",
    "bhp": "horsepower",
    "ml": "volume",
    "mg": "mass",
    "mb": "megabyte",
    "rpm": "rpm",
    "p": "money",
    "c": "temperature",
    "f": "temperature",
}
PAID = word_set(
    "aid debt funding investment damage taxpayer taxpayers public savings cuts cash money income profit "
    "profits revenue fines compensation sterling spending sales losses tax taxes the its their his her our "
    "extra new government state lottery grants support subsidies benefits credit loans bonuses pay worth "
    "exports imports trade business costs budget fraud donations"
)
"""What pounds of are money, not mass."""
LENGTHS = word_set("mile miles kilometer kilometers kilometre kilometres km meters metres")
SPEED = {("per", "hour"), ("an", "hour"), ("a", "second"), ("per", "second"), ("per", "minute")}
LARGEST = 1e16
"""Numbers from here on are no figures but codes."""

LEXEME = re.compile(
    r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+|[^\W\d_]+|["
    + re.escape(CURRENCY_SIGNS)
    + r"]|[½¼¾⅓⅔%]|[^\w\s]|_"
)


FOLDS = {word + "fold": value for word, value in {**SMALL, **TENS, "hundred": 100.0}.items() if value >= 2}
"""threefold; a hundredfold."""
STARTERS = {"a", "an"}.union(
    SMALL, TENS, PARTS, SIGNS, MANY, FEW, FOLDS, CURRENCY_SIGNS, CURRENCY_CODES, ASCII_CURRENCY
)
"""What a number can begin with, besides digits."""
POSSIBLE = re.compile(
    r"[\d½¼¾⅓⅔]|\b(?:"
    + "|".join([*SMALL, *TENS, *PARTS, *MANY, *FEW, *(s for s in SCALE if len(s) > 3)])
    + r")",
    re.I,
)
"""A text without any of these has no number."""


MOST = 500
"""Numbers of one passage that are read: one with more is a table, not prose, and gets no more time."""


class Lexeme(NamedTuple):
    start: int
    end: int
    word: str
    """Lower case."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text; `low` and `high` are equal but for a range, None where vague."""

    start: int
    end: int
    kind: Kind
    low: float | None
    high: float | None
    unit: str | None = None
    """What stands with the number itself: money, percent, distance."""
    digits: bool = False
    scaled: bool = False
    """A multiplier word or letter belongs to it ("3 million", "2.5m")."""
    weak: bool = False
    """"several", "a few": worth showing only for casualties."""


def lexemes(text: str) -> list[Lexeme]:
    return [Lexeme(m.start(), m.end(), m[0].lower()) for m in LEXEME.finditer(text)]
