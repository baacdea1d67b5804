"""What stands in front of an article is told from the article."""

from __future__ import annotations

import pytest

from newsdesk.ingest.extract import page_text

URL = "https://harbour.example/a/1"
LEAD = (
    "<p>The ferry company and its crews went back to the table on Monday, two weeks after the last "
    "meeting had "
    "ended without a result.</p><p>About 120 crew members want shorter shifts, the union said on Sunday "
    "evening.</p>"
)
LONG = (
    "<p>"
    + "The crews said on Monday that they had waited long enough for an answer to their letter. " * 30
    + "</p>"
)


def page(body: str, head: str = "", title: str = "Ferry talks resume") -> bytes:
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()
    )


LOCKED = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (LEAD, LOCKED),
        (LEAD, LOCKED.replace("false", '"False"')),
        (LEAD, '<meta property="article:content_tier" content="locked">'),
        (LEAD + "<p>Subscribe to continue reading this story.</p>", ""),
        (LEAD + "<p>This article is available only to subscribers.</p>", ""),
        (LEAD + "<p>You have reached your limit of free articles this month.</p>", ""),
        (LEAD + "<p>Dieser Artikel ist exklusiv für Abonnenten.</p>", ""),
        (LEAD + "<p>Article réservé aux abonnés. Il vous reste 82 % de cet article à lire.</p>", ""),
        (LEAD + "<p>Contenido exclusivo para suscriptores de El Puerto.</p>", ""),
        (LEAD + "<p>Conteúdo exclusivo para assinantes do Porto.</p>", ""),
        (LEAD + "<p>Contenuto riservato agli abbonati del Porto.</p>", ""),
        (LEAD + "<p>この記事は会員限定です。</p>", ""),
    ],
)
def test_a_stub_in_front_of_a_paywall(body: str, head: str) -> None:
    assert page_text(page(f"<article>{body}</article>", head), URL).wall == "paywall"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (LEAD, ""),
        (LEAD, LOCKED.replace("false", "true")),
        (LEAD + LONG, LOCKED),
        (LEAD + LONG + "<p>Subscribe to continue reading this story.</p>", ""),
        (LEAD + "<p>Subscribe to our newsletter for more.</p>", ""),
        (LEAD + "<p>Only subscribers of the old line may vote on the plan, the company says.</p>", ""),
        (LEAD + '<div class="cookie-banner"><p>We use cookies.</p><button>Accept all</button></div>', ""),
    ],
)
def test_an_article_is_no_wall(body: str, head: str) -> None:
    assert page_text(page(f"<article>{body}</article>", head), URL).wall == ""


CONSENT = {
    "en": ("We and our 842 partners store and access personal data, such as cookies, on your device. With "
           "your "
           "consent we process such data for advertising. You may change your privacy "
           "choices.", "Accept all"),
    "de": ("Wir und unsere 842 Partner speichern Cookies und personenbezogene Daten auf Ihrem Gerät. Ihre "
           "Einwilligung können Sie jederzeit widerrufen.", "Alle akzeptieren"),
    "fr": ("Avec votre accord, nos partenaires et nous utilisons des cookies pour accéder à des données "
           "personnelles comme votre visite sur ce site.", "Tout accepter"),
    "es": ("Nosotros y nuestros socios utilizamos cookies y tratamos datos personales con su "
           "consentimiento para "
           "mostrar publicidad.", "Aceptar todo"),
    "it": ("Noi e i nostri partner archiviamo cookie e trattiamo dati personali con il tuo consenso, come "
           "dice "
           "l'informativa.", "Accetta tutti"),
    "nl": ("Wij en onze partners gebruiken cookies en verwerken persoonsgegevens met uw toestemming.",
           "Alles accepteren"),
    "pl": ("My i nasi partnerzy przechowujemy pliki cookie i przetwarzamy dane za Twoją zgodą.", "Akceptuję"),
    "ru": ("Мы используем файлы cookie и обрабатываем персональные данные с вашего согласия.", "Принять"),
    "ja": ("当社はクッキーを使用し、同意を得て個人情報を取り扱います。", "同意する"),
}  # fmt: skip


@pytest.mark.parametrize("language", CONSENT)
def test_consent_pages(language: str) -> None:
    text, button = CONSENT[language]
    body = f"<div><h1>Harbour</h1><p>{text}</p><p>{text}</p><button>{button}</button></div>"
    assert page_text(page(body, title="The Harbour"), URL).wall == "consent"


def test_a_consent_page_by_its_address() -> None:
    body = "<p>Before you go on to The Harbour, we have a question for you. It takes a second.</p>"
    body += '<a href="/privacy">More</a><button>Agree and continue</button>'
    assert page_text(page(body), "https://consent.harbour.example/collect?x").wall == "consent"


def test_an_article_about_cookies_is_an_article() -> None:
    text = "<p>Cookies are small files; privacy laws ask for consent before a site may store any of them.</p>"
    article = '<meta property="og:type" content="article">'
    assert (
        page_text(page(f"<article>{text * 5}</article><button>Accept all</button>", article), URL).wall == ""
    )


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Just a "
         "moment...", '<p>Enable JavaScript and cookies to continue</p><script '
                      'src="/cdn-cgi/challenge-platform/x">'
         "</script>"),
        ("Attention Required! | "
         "Cloudflare", '<p>Please verify that you are human.</p><div id="cf_chl_x"></div>'),
        ("Access to this page has been denied", '<div id="px-captcha"></div><p>Press and hold.</p>'),
        ("harbour.example", '<p>Please confirm that you are not a robot.</p><iframe '
                            'src="https://geo.captcha-delivery.com/">'
         "</iframe>"),
        ("Are you a robot?", "<p>We have detected unusual activity from your computer network.</p>"),
    ],
)  # fmt: skip
def test_checks_for_robots(title: str, body: str) -> None:
    assert page_text(page(body, title=title), URL).wall == "captcha"


def test_an_article_with_a_puzzle_in_its_comment_form_is_an_article() -> None:
    assert page_text(page(f'<article>{LEAD}</article><div class="g-recaptcha"></div>'), URL).wall == ""
