"""Which language an article is in: English unless it plainly is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsdesk.analysis.passages import number, split_text
from newsdesk.analysis.tongue import language_of, name_of
from newsdesk.models import Passage


def told(text: str, said: str = "en") -> str:
    return language_of(number(split_text(text)), said)


OTHERS = {
    "es": "El ministro dijo que las conversaciones seguirían hasta el viernes, cuando se reunirán de nuevo.",
    "de": "Der Minister sagte, die Gespräche gingen bis Freitag weiter, wenn sich beide wieder treffen.",
    "fr": "Le ministre a déclaré que les pourparlers se poursuivraient vendredi avec les deux parties.",
    "nl": "De minister zei dat de gesprekken tot vrijdag zouden doorgaan, wanneer zij elkaar ontmoeten.",
    "da": "Ministeren sagde, at samtalerne ville fortsætte til fredag, når de to parter mødes igen her.",
    "pt": "O ministro disse que as negociações continuariam até sexta-feira, com a presença de todos.",
    "tr": "Bakan, görüşmelerin iki tarafın bir araya geleceği cuma gününe kadar süreceğini söyledi.",
    "ru": "Министр заявил, что переговоры продолжатся до пятницы, когда стороны снова встретятся.",
    "ar": "قال الوزير إن المحادثات ستستمر حتى يوم الجمعة عندما يجتمع الطرفان مرة أخرى للتوقيع",
    "he": "השר אמר כי השיחות יימשכו עד יום שישי, כאשר שני הצדדים ייפגשו שוב",
    "zh": "部长说会谈将持续到周五，届时双方将再次会面并签署协议，这是几个月来的第一次。",
    "ja": "大臣は協議が金曜日まで続くと述べ、双方は再び会談する予定だと語った。",
}


@pytest.mark.parametrize(("code", "text"), OTHERS.items(), ids=list(OTHERS))
def test_another_language_is_named(code: str, text: str) -> None:
    assert told(text) == code
    assert name_of(code)[0].isupper()


ENGLISH = (
    "The harbour office said on Monday that the ferry would not sail before Friday, when its two engines "
    "have been repaired."
)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        f"{ENGLISH} «{OTHERS['es']}»",
        "Ferry sinks off Bergen, 12 dead. Rescue teams search wreck. Storm hits coast, roads closed, schools "
        "shut, power cut. Police seek witnesses, urge drivers: stay home.",
        "Jan Kowalski 1234 Anna Nowak 2345 Piotr Wiśniewski 3456 Krzysztof Wójcik 4567 Andrzej Kamiński 5678 "
        "Tomasz Lewandowski 6789 Paweł Zieliński 7890",
        "Netanyahu Hamas Hezbollah Khan Younis Rafah Kiryat Shmona Haniyeh Sinwar Nasrallah Gantz Blinken",
        "Voilà: déjà vu.",
        "12 34 56 78 " * 40,
        "\U0001f600\U0001f680 " * 80,
        "",
        "\x00\x01\x02",
    ],
)
def test_english_names_and_scraps_are_english(text: str) -> None:
    assert told(text) == "en"


def test_what_is_too_short_is_what_the_feed_says() -> None:
    assert told("Le ministre a dit non.", said="fr") == "fr"
    assert told(ENGLISH, said="fr") == "en"


def test_furniture_does_not_count() -> None:
    furniture = Passage(0, "furniture", None, ENGLISH)
    assert language_of([furniture, Passage(1, "paragraph", None, OTHERS["de"])]) == "de"


@settings(deadline=None)  # the first text loads the classifier
@given(st.text(max_size=300))
def test_any_text_has_a_language(text: str) -> None:
    assert name_of(told(text))
