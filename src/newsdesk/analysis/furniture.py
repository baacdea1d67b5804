"""What stands on an article's page and is no part of the story: bylines, credits, pointers, notices.

A pattern speaks of the whole block: it either is one of the fixed lines of news pages, or begins as
such a line does and has nothing of a sentence besides. A block within quotation marks is someone's
words and never furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

LENGTH: Final = 240
"""A longer block is never furniture, however it begins ..."""
CREDIT_LENGTH: Final = 600
"""... but for captions and lists of reporters that end or begin as nothing else does."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})"
)
_CLOCK = r"\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*(?:[A-Z]{2,4}|local time))?"
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_AGENCY = (
    r"(?:getty images|getty|ap photo|ap images|ap|associated press|reuters|afp|agence france-presse"
    r"|epa(?:-efe)?"
    r"|shutterstock|anadolu(?: agency)?|bloomberg|pa media|pa|zuma(?: press)?|xinhua|dpa|nurphoto|flash90)"
)
_NAME = r"[A-Z][\w.'’-]*"

_CASED: Final = (
    # Bylines: "By Jane Doe and John A. Roe in Oslo", "Jane Doe, Example News, Oslo" is left a paragraph.
    r"(?:By|Reporting by|Written by|Edited by|Editing by|Compiled by|Writing by|Words by)\s+(?!(?:Monday"
    r"|Tuesday"
    r"|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b)[A-Z][^.!?]*(?:\b[A-Z]\.[^.!?]*)*$",
    r"\(?(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Gg]raphics?|[Pp]roduction) by"
    r" [A-Z].*\)?$",
    r"[Ww]ith (?:(?:additional )?(?:reporting|files|inputs?|contributions?|agency inputs?)) (?:by|from) .*$",
    rf"(?:The )?(?:{_NAME} ){{1,4}}(?:writers?|journalists?|reporters?|correspondents?"
    rf"|staff)\b.{{3,400}}contributed"
    r"(?: to this (?:report|story|article))?\.?$",
    rf"(?:{_NAME},? (?:and )?){{2,12}}(?:also )?contributed(?: \w+)? to this (?:report|story|article)\.?$",
    rf"(?:{_NAME} ){{2,4}}(?:reported|wrote) from (?:(?:{_NAME}|and|from|in),?(?:\s|$))+$",
    rf"(?:{_NAME} ){{2,4}}is an? [^.!?]*\b(?:correspondent|reporter|editor|columnist|journalist|writer"
    rf"|producer)\b"
    r"[^.!?]*\.?$",
    # Datelines alone: "OSLO (AP) —", "LONDON, March 3 (Reuters) -".
    r"[A-Z][A-Z .,'-]{2,40}(?:,\s*[A-Z][\w .,]{1,24})?\s*(?:\([A-Z][\w &./-]{1,24}\)\s*[-–—]*|[-–—]+)$",
    # Captions.
    r"(?:FILE|File)\s*(?:PHOTO|photo)?\s*[-–—:]\s*[A-Z].*$",
    r"\d{1,3} (?:of|/) \d{1,3}\s*\|.*$",
)

_LOOSE: Final = (
    # Time stamps.
    r"(?:(?:first |last )?(?:published|posted|updated|modified|issued)(?:\s+(?:on|at))?:?\s*)?"
    rf"(?:{_DAY}\.?,?\s+)?(?:{_CLOCK},?\s+)?(?:{_DATE})(?:[\s,|·•–—-]*(?:at\s+)?{_CLOCK})?\W*$",
    rf"(?:first |last )?(?:published|posted|updated|modified)(?: (?:on|at))?:?\s+(?:{_DAY}\b\W*)?\d[^a-z]*"
    rf"(?:{_MONTH}[^a-z]*)?(?:\b(?:gmt|est|edt|utc|bst|cet|ist|am|pm|hours?|minutes?|days?|ago)\b[^a-z]*)*"
    rf"(?:{_DATE})?\W*$",
    rf"(?:first |last )?(?:published|posted|updated|modified)(?: (?:on"
    rf"|at))?:?\s+(?:{_DAY},?\s+)?(?:{_DATE}|\d{{1,2}}"
    rf" {_MONTH}|{_MONTH} \d{{1,2}}).{{0,40}}$",
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|eight|ten)\s+(?:min(?:ute)?s?|hours?|days?"
    r"|weeks?)\s+(?:read|ago)\W*$",
    # Pointers to other pages.
    r"(?:read (?:more|also|next|on|the full (?:story|report))|also read|see also|more on this|watch|listen"
    r"|related(?: (?:stories|articles|coverage|content|topics|links?|news|video))?|explainer|in pictures"
    r"|recommended|most (?:read|popular|viewed|watched)|editors?['’]?s? (?:picks?|choice)|must read|go deeper"
    r"|don['’]t miss|what to know|key takeaways|live updates?)\s*(?:[:|–—»>]|$)",
    r"more (?:on this(?: story)?|from (?:[\w'’]+ ?){1,4}|stories|news|coverage|like this|top stories)\W*$",
    r"listen to (?:this|the) (?:article|story|episode|podcast)\b.{0,60}$",
    r"listen to the latest\b.*$",
    r"(?:you (?:may|might) (?:also )?(?:like|be interested in)|(?:recommended|selected) for you"
    r"|trending(?: now)?"
    r"|top stories|latest (?:news|stories|headlines)|popular stories|from our partners|sponsored(?: content)?"
    r"|promoted(?: stories)?|paid post|what['’]s next|up next|read this next)\W*$",
    # Invitations.
    r"(?:click|tap) here (?:to|for)\b|sign up (?:for|to|here|now|today)\b|subscribe (?:(?:to|for) (?:our"
    r"|my|get|read|all"
    r"|this|unlimited|continue)|now|today|here)\b|subscribe\W*$|already a subscriber",
    r"follow (?:us|me|@|[\w .&'’-]{2,40}) (?:on|at|via) (?:twitter|x|facebook|instagram|telegram|whatsapp"
    r"|youtube"
    r"|google news|linkedin|tiktok|social media|threads|bluesky|mastodon)\b",
    r"follow @\w+|follow\W*$|follow (?:the )?(?:latest|live) (?:updates|coverage|news)\b.{0,60}$",
    r"share(?: (?:this|on|via|with)(?: [\w-]+){0,5})?\W*$|tweet(?: this)?\W*$|(?:join|get) (?:our"
    r"|the conversation)\b.{0,160}$",
    r"get (?:the )?(?:latest|top|best|all|more) .{0,80}(?:inbox|newsletter|email|e-mail|alerts?|app)\b",
    r"(?:download|get|try) (?:the|our) .{0,40}\bapp\b|(?:advertisement|advertising|anzeige|publicité"
    r"|werbung)s?\b"
    r"\s*(?:$|[-–—:|.].*)|(?:article|story|text|page) continues(?: below)?\b.*$|skip (?:to|past|ad)\b"
    r"|continue reading"
    r"|back to (?:top|home)|view (?:all )?(?:\d+ )?comments?|(?:leave|post|add|write) a (?:comment|reply)"
    r"|(?:print|email|e-mail|save|bookmark) (?:this|article|story|page)\b.{0,40}$",
    r"(?:have an? (?:opinion|story|tip|question)|got a (?:tip|story|question)|do you have a (?:story|tip)"
    r"|tell us what|what do you think|are you affected|have your say|contact (?:us|the (?:author|reporter"
    r"|newsroom)))\b.{0,160}$",
    r"(?:support (?:our|independent) (?:journalism|work|newsroom|reporting)|donate (?:now|today)\W*$"
    r"|become a (?:member|subscriber|"
    r"supporter)|make a donation\W*$)",
    r"(?:tags?|topics?|filed under|keywords?|categories|sections?|labels?)\s*:|(?:news)?letters?\W*$",
    # Pictures.
    r"[(\[]?(?:photo(?:graph)?|picture|image|video|graphic|illustration|file photo|photo"
    r" credit|caption|pic)s?"
    r"(?:\s+(?:by|credit|courtesy|source|caption)\b|\s*[/©]|\s*:(?!\s*(?:police|officials?"
    r"|the \w+ said)))(?!.*\bsaid\b)",
    r"(?:image (?:source|caption|credit)|media caption|video caption|getty images|open this (?:photo"
    r"|image)|enlarge"
    r"(?: this)? (?:image|photo)|toggle caption|hide caption|view image in fullscreen"
    r"|view gallery)\b.{0,200}$",
    r"credit\s*:\s*(?:[\w.'’&-]+[ /,]*){1,6}$(?<![.])",
    rf".*(?:/|\b(?:via|by)\s){_AGENCY}(?:\s+via [\w ]+)?\W*$",
    rf"(?:source|sources|agencies|via)?\s*[:–—-]?\s*{_AGENCY}(?:\s*(?:,|/|and|&)\s*{_AGENCY})*\W*$",
    # Notices.
    r"(?:©|\(c\)\s*\d{4}|copyright\s*(?:©|\(c\)|\d{4}|by\b|$))",
    r"this (?:story|article|report|post|page|piece|headline|version)\b.{0,40}\b(?:has been|was|is being"
    r"|will be|is)\b"
    r".{0,30}\b(?:updated|corrected|amended|revised|edited|republished|syndicated|(?:first "
    r"|originally )?published|clarified"
    r"|produced|translated|generated|adapted|supported by)\b",
    r"this is a (?:breaking|developing)(?: news)?(?: story)?\b(?:$|[^\w]+.*\b(?:check back|updates?"
    r"|updated|refresh|follow)\b|"
    r"[.,:;–—-]*$)",
    r"(?:correction|clarification|update|editors?['’]?s? note|a note to readers"
    r"|note)\s*(?:\([^)]*\))?\s*:?\s*(?:an (?:earlier|"
    r"previous)|this (?:story|article|report)|the original|a previous)\b",
    r"an? (?:earlier|previous) version of this (?:story|article|report|headline|post|page|caption)\b",
    r"editors?['’]?s? note\s*[:–—-]",
    r"some (?:information|material|details?) (?:for|in) this (?:report|story|article) (?:came|comes|was"
    r"|were|is)\b",
    r"(?:our standards|the thomson reuters trust principles|purchase licensing rights|terms (?:of (?:use"
    r"|service)|and conditions"
    r"|& conditions)|privacy (?:policy|notice|statement)|cookies? (?:policy|notice|settings)"
    r"|do not sell my|accessibility"
    r"|reprints?(?: & permissions)?|report (?:this ad|an? (?:correction|error|typo|problem)(?: or \w+)?)"
    r"|copy link|external links?"
    r"|sister links?|sources?|references|comments?(?: \(\d+\))?|\d+ comments?|share|email|e-mail|print"
    r"|save|play|loading"
    r"|newsletters?|agencies|menu|search|close|home|log ?in|sign in|register|next|previous|ends?|-ends-"
    r"|cookies)\W*$",
    r"(?:our standards|suggested topics)\s*:.*$",
    r"(?:the )?views expressed (?:in this|are|here)\b|(?:the )?opinions expressed\b",
    r"(?:twitter|x|facebook|instagram|e-?mail|telegram|tel|phone"
    r"|web)\s*:\s*\S+$|@\w{2,30}$|[\w.+-]+@[\w-]+\.[\w.]+$"
    r"|(?:https?://|www\.)\S+$",
    r"[^\w\s\"'“”‘’]{1,3}(?:\s*[^\w\s\"'“”‘’]{1,3}){0,9}$",
)

# Captions with their credit: "... on Monday. (AP Photo/Jane Doe)", "... . REUTERS/Jane Doe".
_BRACKETED: Final = re.compile(
    r".*[(\[](?:[^()\[\]]*/\s*)?(?:AP|AFP|EPA|Reuters|REUTERS|Getty)\b[^()\[\]]*[)\]]\W*$"
)
_LONG_BRACKETED: Final = re.compile(
    r".*[(\[](?:AP Photo|[^()\[\]]{2,40}/\s*(?:AP|AFP|EPA|Reuters|REUTERS|Getty))[^()\[\]]*[)\]]\W*$"
)
_SLASHED: Final = re.compile(
    r".*\b(?:REUTERS|AFP|EPA|AP Photo|Getty Images)\s*/\s*(?:[A-Z][\w.'’-]*\s*){1,4}(?:/[\w ]+)?\W*$"
)
_RESERVED: Final = re.compile(r".*\ball rights reserved\b", re.IGNORECASE)


def _any(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """One pattern for all: a third of the time of one after the other."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


_SHORT: Final = (_any(_CASED), _any(_LOOSE, re.IGNORECASE))
_LONG: Final = (
    _any((_CASED[1], _CASED[3], r"(?:FILE|File)\s*(?:PHOTO|photo)?\s*[-–—:]\s*[A-Z].*[)\]]\W*$")),
    re.compile(r"(?:©|copyright\s*(?:©|\d{4}))", re.IGNORECASE),
)


def looks_like_furniture(text: str) -> bool:
    """Whether a block with this text is no part of the story."""
    text = text.strip()
    if len(text) > CREDIT_LENGTH or text[:1] in ('"', "“", "«", "„"):
        return False
    long = len(text) > LENGTH
    if any(pattern.match(text) for pattern in (_LONG if long else _SHORT)):
        return True
    # What may stand anywhere in a text is looked for only where one of its signs does.
    if (")" in text or "]" in text) and (_LONG_BRACKETED if long else _BRACKETED).match(text):
        return True
    if not long and "/" in text and _SLASHED.match(text):
        return True
    return "erved" in text.lower() and _RESERVED.match(text) is not None
