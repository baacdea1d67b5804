"""Numbers that are no figures: dates, ages, clock times, ordinals, names, scores, phones, addresses.

Each rule reads the characters around the number only; what needs the parse is in `claim`.
"""

from __future__ import annotations

import re

from newsdesk.analysis.figures.numerals import Number

MONTH = (
    r"(?-i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
COUNTED = (
    r"(?:people|persons|\w*children|\w+men|\w+women|civilians|men|women|children|troops|soldiers|dead|killed"
    r"|homes|houses|families)"
)
YEAR = re.compile(r"(?:1[5-9]|2[01])\d\d")
BEFALLS = re.compile(r"\s+(?:(?:ha[ds]|have)\s+(?:\w+\s+)?been|were|are)\b")
"""Behind a count: no year is what several were, or what "had been freed"."""

MONTH_BEFORE = re.compile(
    rf"(?<![\w-]){MONTH}\.?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+|\s*(?:-|–|to|and)\s*))?$"
)
"""May 4; May 4, 2007; May 4-7."""
BEFORE = (
    r"(?<!\w)age[ds]?\s+(?:of\s+)?(?:between\s+|from\s+)?$",  # aged 5, age of 12
    r"(?<!\w)ages?\s+(?:of\s+)?(?:between\s+|from\s+)?\w+(?:\s+(?:to|and)|-)\s*$",
    r"(?<![\w.])(?:No|Nos|no|Nr|pp|p|Art|Sec|vol|ch)\.\s*$",  # No. 3, pp. 110
    r"#\s*$",
    r"(?<!\w)(?:level|phase|stage|page|pages|chapter|article|section|sections|paragraph|number|numbers"
    r"|resolution|route"
    r"|highway|interstate|channel|room|flight|bus|train|tram|boeing|airbus|windows|iphone|version|series"
    r"|apollo|tier"
    r"|type|class|division|part|appendix|annex|schedule|amendment|proposition|gate|terminal|platform"
    r"|runway|pier"
    r"|zone|area|sector|block|unit|reactor|ward|district|precinct|squad|unit|formula|top|day|act|scene"
    r"|episode"
    r"|season|volume|rule|clause|title|item|lane|exit|line|track|dial|call|gaza strip|goal|category"
    r"|group|camp|psalm"
    r"|verse|covid|sars-cov|u-?turn|freedom|radio|studio|catch|model|square|plan|world war|super bowl"
    r"|grade)\s+$",
    r"(?<!\w)scale of\s+(?:\w+\s+to\s+)?$",
    r"(?<!\w)(?:no|any|this|that|every|each|square|back to square|another|which|the)\s+$",  # only with "one"
)
ONE_ONLY = BEFORE[-1]
NUMBERS = re.compile(r"\b(?:now|still|also|who|which|people|children|[a-z]{2,}[^\Ws]s)\s+number\s+$")
"""The verb: "those dead now number 23"."""
BEFORE_ANY = re.compile("|".join(f"(?:{rule})" for rule in BEFORE[:-1]), re.I)
BEFORE_ONE = re.compile(ONE_ONLY, re.I)

MEASURED_AFTER = re.compile(
    r"[\s-](?:sq\.?|square|km|metres?|meters?|kilomet(?:re|er)s?|miles?|feet|ft|tons?|tonnes?|kg|mw|hectares?|acres?)\b",
    re.I,
)
"""Units behind what could be a year."""
AGE_OF_THINGS = 1000
"""No person's age from here on: "a 2,900-year-old site"."""
PARENT_OF = re.compile(
    r"(?<!\w)(?:mother|father|mum|mom|dad|parent|grand(?:mother|father))s?[\s-]+of[\s-]+$", re.I
)
"""The mother of three: who she is, not a count."""
NUMBERED = re.compile(
    r"(?<!\w)(?:levels?|phases?|stages?|pages?|chapters?|articles?|sections?|paragraphs?|numbers|resolutions?"
    r"|routes?|highways?|channels?|rooms?|flights?|versions?|types?|classes|divisions?|parts?|schedules?"
    r"|amendments?|propositions?|gates?|terminals?|platforms?|runways?|piers?|zones?|areas?|sectors?|blocks?"
    r"|units?|reactors?|wards?|districts?|precincts?|acts?|scenes?|episodes?|seasons?|volumes?|rules?|clauses?"
    r"|titles?|items?|lanes?|exits?|lines?|tracks?|posts?|blocs?|grades?|tiers?|questions?|years|weeks|days"
    r"|games?|rounds?|lots?|exhibits?|counts?|groups?|holes?|laps?|stations?|checkpoints?|buses|trains|trams)\s+"
    r"(?P<more>(?:\d+[a-z]?(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|to|through|&)\s+|\s*[-–]\s*))*)$",
    re.I,
)
"""Sections 4, 5 and 7: the words before a number of the row; `more`: the numbers before it."""
ROW_GOES_ON = re.compile(r"\s*(?:,|and\b|or\b|to\b|through\b|&|[-–])\s*(?:and\s+|or\s+)?\d")
INDEX = re.compile(
    r"(?<!\w)(?:Fortune|S&P|FTSE|Nasdaq|NASDAQ|Nikkei|Russell|Stoxx|STOXX|CAC|DAX|ASX|Sensex|Nifty|KOSPI|Topix"
    r"|TOPIX|TSX|CSI|Forbes|Big|Group of|Formula|Euro|Area|Internet Explorer|Galaxy(?: \w+)?|Windows|Android"
    r"|PlayStation|Xbox|iOS|macOS)\s+$"
)
"""Names that end in a number."""
AIRLINER = re.compile(
    r"7[0-8]7(?:-\d+)?(?:\s+(?:[Mm]ax|MAX|[A-Z]\w+)\b|\s+(?:jets?|jetliners?|airliners?|planes?)\b)"
)
RATIO_BEFORE = re.compile(r"\w[\s-]+to[\s-]+$", re.I)
RATIO_AFTER = re.compile(r"[\s-]+(?:margin|ratio|odds|favou?rite|underdog|advantage|edge)s?\b", re.I)
QUALITY = re.compile(
    r"-(?:state|party|way|sided|faced|handed|legged|pronged|piece|time|tier|track|step|horse|word|dimensional"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b",
    re.I,
)
"""The two-state solution, three-way talks: a kind, not a count; twenty-first: an ordinal."""
RESOLUTION = re.compile(
    r"[48]k(?=[\s-]+(?:screen|tv|video|display|monitor|resolution|camera|image)s?\b)", re.I
)
SALARY = re.compile(r"(?:five|six|seven|eight)[\s-]+figures?\b", re.I)
"""A sum in six figures."""

AFTER_ANY = re.compile(
    rf"(?:\s*(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH}\b)"
    r"|(?:\s*(?:a\.m|p\.m|am\b|pm\b|o.clock|gmt\b|utc\b|bst\b|est\b|edt\b|hrs\b))"
    r"|(?:\s+(?:local time|hours? (?:gmt|utc|local)|noon|midnight)\b)"
    r"|(?:[\s-]*years?[\s-]+olds?\b)|(?:[\s-]*years?[\s-]+of[\s-]+age\b)|(?:[\s-]*(?:months?|weeks?"
    r"|days?)[\s-]+olds?\b)"
    r"|(?:\s+(?:decades?|years?|months?|weeks?|days?|hours?|minutes?|moments?)\s+(?:ago|earlier"
    r"|previously)\b)"
    r"|(?-i:\s+ZIP\b|\s+(?:Ave|Avenue|Rue|Via|Calle)\s+[A-Z])"
    r"|(?-i:\s+(?:[NSEW]\.?\s+)?(?:[A-Z\d][\w'.-]+\s+){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive"
    r"|Boulevard|Blvd|Place|Square|Way|Row)\b)",
    re.I,
)
ONE_AFTER = re.compile(
    r"\s*(?:of(?!\s+(?:the|its|their|his|her|our|those|these)\b)|another|day|thing|way|hand|time|point|reason|more\s+time|must|can|should|would|may|might"
    r"|cannot|is|was|has"
    r"|who|that|which|side|such|night|morning|evening|step|and\s+(?:the\s+same|only|all)|or\s+(?:another"
    r"|other)"
    r"|by\s+one|after\s+(?:the\s+other|another)|set)\b|\s*[,.;:!?'\"”’)]|\s*$|-(?!year|month|week|day"
    r"|hour|percent|third"
    r"|fifth|quarter|tenth)",
    re.I,
)
OLD = re.compile(r"[\s-]*years?[\s-]+olds?\b", re.I)
AGE_GOES_ON = re.compile(r"\s+(?:and\s+(?:her|his|their|[A-Z])|began|was|is|has|who|said|told|from)\b")
OPENER = re.compile(
    r"(?:^|[.;:!?]\s+|\s(?:and|but)\s+)(?:In|At|On|Near|Across|From|Around|Outside|Inside|For"
    r"|According to)\b[^,]*,\s*$",
    re.I,
)
"""A phrase of place or source before the comma: what follows opens a sentence."""
EMERGENCY = re.compile(
    r"(?:911|999|112|988|311|1-1-2)(?=[\s-]+(?:(?:emergency|phone|telephone|hot)\s*)?(?:calls?|callers?|lines?|hotlines?"
    r"|operators?|dispatch\w*|cent(?:er|re)s?|services?|systems?|numbers?|recordings?|tapes?|outages?|texts?)\b)"
)
"""Numbers that are called."""
COUNTED_BEFORE = re.compile(
    r"\b(?:about|some|least|most|than|over|only|total of|received|took|nearly)\s+$", re.I
)
AGES_BEFORE = re.compile(
    r"(?<!\w)(?:aged?|ages)\s+(?:\d{1,3}\s*(?:,|and|or|to|&)\s*(?:and\s+|or\s+)?)+$", re.I
)
"""Aged 19, 20 and 22."""
WHOSE_AGE = re.compile(
    r"(?<!\w)(?:(?:those|anyone|everyone|everybody|anybody|people|persons?|(?:school)?child(?:ren)?|kids?|wom[ae]n|m[ae]n|adults?"
    r"|infants?|bab(?:y|ies)|toddlers?|youths?|boys?|girls?|pupils?|students?|patients?|citizens?|teenagers?|minors?"
    r"|workers?|drivers?|voters?|employees|residents|males?|females?|civilians|mothers|recruits|players|customers"
    r"|visitors|passengers|applicants|all)\s+(?:who (?:are|were|is|was)\s+|aged\s+)?"
    r"(?:under|over|above|below|between|from|as young as|as old as)|(?:older|younger) than"
    r"|(?:over|under)[ -]the[ -]age[ -]of)\s+$",
    re.I,
)
"""Those under 19, women between 20 and 35, younger than 16: people by their age."""
NO_AGE_AFTER = re.compile(
    r"[\s-]+(?:(?!(?:was|has|is|as|its|his|this|does|years|months)\b)[a-z]+s|people|men|women|children|dead|killed"
    r"|feet|percent|per\s+cent|million|thousand|hundred|more|other)\b|\s*[%°]",
    re.I,
)
"""A noun or a unit behind the number: it counts or measures."""
AGE_RANGE_AFTER = re.compile(
    r"\s*(?:months?|weeks?|years?|days?)?\s+(?:and|to|or)\s+[\w-]+\s+(?:years?|months?)(?:\s+of\s+age|[\s-]+olds?)\b"
)
"""The first of "six months and 19 years of age"."""
OLDEST = 120
AGE_AFTER_NAME = re.compile(r"[A-Z][\w.'’-]+\s*[,(]\s*$")
SCORE_NEAR = re.compile(
    r"(?:\bwon|\blost|\bbeat|\bbeaten|\bdefeat\w*|\bdrew|\bdraw|\bwin|\bvictory|\bled|\blead)\b", re.I
)
PHONE = re.compile(
    r"(?:\btel[.:]|\bphone|\bcall(?:ing)?\s+(?:us\s+)?(?:on|at)|\bdial|\bfax)[^.;]{0,20}$", re.I
)
WIDE = 60


def is_no_figure(text: str, number: Number) -> bool:
    """Whether `number` is plainly something else than a count or an amount."""
    if number.kind in ("vague", "fraction") or number.unit in ("percent", "money"):
        return False
    before = text[max(0, number.start - WIDE) : number.start]
    words = text[number.start : number.end]
    return (
        _is_date(text, number, before, words)
        or (
            AFTER_ANY.match(text, number.end) is not None
            and not ((number.low or 0) >= AGE_OF_THINGS and OLD.match(text, number.end) is not None)
        )
        or (
            BEFORE_ANY.search(before) is not None
            and NUMBERS.search(before) is None
            and counts_people(text, number) is None
        )
        or _is_name(text, number, before)
        or _is_age(text, number, before)
        or _is_one(text, number, before, words)
        or _is_code(text, number, before, words)
    )


def _is_date(text: str, number: Number, before: str, words: str) -> bool:
    after = text[number.end : number.end + WIDE]
    if number.digits and MONTH_BEFORE.search(before) is not None and not _is_counted_in_month(text, number):
        return True
    if befalls(text, number):
        return False  # "1720 had been discharged"
    years = YEAR.findall(words)
    if not years or number.scaled or "," in words:
        return False
    if number.kind == "range":
        return YEAR.match(words) is not None and re.search(r"\d{4}$", words) is not None
    if re.fullmatch(YEAR, words) is None or MEASURED_AFTER.match(after) is not None:
        return False
    return re.match(rf"\s+(?:\w+\s+)?{COUNTED}\b", after, re.I) is None and not re.match(
        r"\s+(?!(?:was|has|is|as|its|his|this|us)\b)[a-z]+s\b(?!['’])", after
    )


def befalls(text: str, number: Number) -> bool:
    """ "and 1720 had already been discharged"; not "those taken in 2016 have been freed"."""
    joined = re.search(r"\band\s+$", text[max(0, number.start - WIDE) : number.start]) is not None
    return joined and BEFALLS.match(text, number.end) is not None


def _is_counted_in_month(text: str, number: Number) -> bool:
    """ "since January 400 civilians have died", "in May 12 people died": no day of the month."""
    words = text[number.start : number.end]
    if number.kind == "number" and (number.low or 0) > 31 and YEAR.fullmatch(words) is None:
        return True
    before = text[max(0, number.start - WIDE) : number.start]
    return (
        re.search(rf"\b(?:in|since|until|during|last|this)\s+{MONTH}\s+$", before, re.I) is not None
        and counts_people(text, number) is not None
        and YEAR.fullmatch(words) is None
    )


def counts_people(text: str, number: Number) -> re.Match[str] | None:
    """The word for people right behind `number`:  "in the camp 40 people died"."""
    return re.match(rf"\s+(?:\w+\s+)?{COUNTED}\b", text[number.end : number.end + WIDE], re.I)


def _is_name(text: str, number: Number, before: str) -> bool:
    """Numbers that name things: Sections 4 and 5, the FTSE 100, 737 jets; and those of set phrases."""
    after = text[number.end : number.end + WIDE]
    if PARENT_OF.search(before) is not None:
        return re.match(r"\s+of\b", after) is None
    if RATIO_BEFORE.search(before) is not None and RATIO_AFTER.match(after) is not None:
        return True
    if SALARY.match(text, number.start) is not None or RESOLUTION.match(text, number.start) is not None:
        return True
    if not number.digits and QUALITY.match(after) is not None:
        return True
    if not number.digits or number.unit is not None or number.scaled:
        return False
    if INDEX.search(before) is not None or re.search(r"\w=[\"']?$", before) is not None:
        return True
    if EMERGENCY.match(text, number.start) is not None:
        return COUNTED_BEFORE.search(before) is None or text[number.start : number.end] == "911"
    if AIRLINER.match(text, number.start) is not None:
        return True
    row = NUMBERED.search(before)
    if row is None or counts_people(text, number) is not None:
        return False
    if row["more"] or ROW_GOES_ON.match(after) is not None:
        return True
    return number.kind == "range" and re.match(r"\s+(?:\w+\s+)?[a-z]+s\b", after) is None


def _is_age(text: str, number: Number, before: str) -> bool:
    """ "Turki, 23 and", "Jahnawi, 28 began", "(56)": a bare small number behind a name and a comma."""
    if _is_age_of_some(text, number, before):
        return True
    if number.low is None or number.kind != "number" or number.low > 120 or number.unit or number.scaled:
        return False
    after = text[number.end : number.end + 12]
    if AGE_RANGE_AFTER.match(text, number.end) is not None:
        return True
    if AGES_BEFORE.search(before) is not None:
        return True
    if re.search(r"[A-Z][\w.'’-]+\s*\(\s*$", before) and re.match(r"\s*[),]", after):
        return True
    if re.search(r"(?<!\w)(?:turn(?:ed|s|ing)|aged?)\s+$", before, re.I) and re.match(
        r"\s*(?:[,.;)]|$|on\b|in\b|this\b)", after
    ):
        return True
    name = AGE_AFTER_NAME.search(before)
    if name is None or OPENER.search(before) is not None:
        return False
    if re.match(r"\s*(?:,|\.|\)|;|$|\()", after):
        return True
    return number.digits and AGE_GOES_ON.match(after) is not None


def _is_age_of_some(text: str, number: Number, before: str) -> bool:
    """ "those under 19", "women between 20 and 35"; not "people over 40 miles", "over 19 people"."""
    if number.high is None or number.high > OLDEST or number.unit is not None or number.scaled:
        return False
    return (
        WHOSE_AGE.search(before) is not None
        and NO_AGE_AFTER.match(text, number.end) is None
        and counts_people(text, number) is None
    )


def _is_one(text: str, number: Number, before: str, words: str) -> bool:
    """ "one" as a pronoun or article: one of, no one, one day."""
    if words.lower() == "zero":
        return re.search(r"\b(?:net|near|ground|sub|below)[\s-]+$|-$", before, re.I) is not None or text[
            number.end : number.end + 1
        ] in ("-", "–")
    if words.lower() != "one":
        return False
    return BEFORE_ONE.search(before) is not None or ONE_AFTER.match(text, number.end) is not None


def _is_code(text: str, number: Number, before: str, words: str) -> bool:
    """Parts of names, scores, phone numbers, bare zeros."""
    if number.unit == "magnitude":
        return False
    if re.search(r"[^\W\d_]-$|\bcovid ?-? ?$", before, re.I) and number.digits:  # Covid-19, F-16
        return True
    if re.match(r"-[A-Z]\w*", text[number.end : number.end + 4]) or re.match(
        r"\w", text[number.end : number.end + 1]
    ):
        return True
    if re.fullmatch(r"0\d+", words) or (re.search(r"\+\s*$", before) and len(words) > 6):  # 007; +44 20
        return True
    if PHONE.search(before) and number.digits and len(re.sub(r"\D", "", words)) >= 3:
        return True
    if number.kind == "range" and re.fullmatch(r"\d{1,2}[-–]\d{1,2}", words):
        near = before[-30:] + " | " + text[number.end : number.end + 15]
        return SCORE_NEAR.search(near) is not None
    return number.kind == "range" and re.fullmatch(r"\d{3,4}[-–]\d{4}", words) is not None  # 555-1234
