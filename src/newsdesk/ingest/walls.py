"""Pages that stand in front of an article: paywalls, consent pages, checks for robots.

What such a page says is no text of the article: the feed's summary is the better one, and the reader is told
why. Each kind needs evidence of the page itself, and none of it may be there by chance: a word such as
"subscribe" is on every news page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from newsdesk.models import Block

Wall = Literal["", "paywall", "consent", "captcha"]
"""What stands in front of the article; empty: nothing."""

STUB = 1_800
"""Characters of text below which a page that says it is locked shows only the beginning of its article."""
INTERSTITIAL = 4_000
"""Characters of text that a consent page has at most; a check for robots has less than a quarter."""
HEAD = 200_000
"""Characters of a page that are looked at."""

# schema.org/isAccessibleForFree, in JSON-LD and microdata (Google's guideline for subscription content), and
# the tiers of Open Graph's article.
_LOCKED = re.compile(
    r"\"isAccessibleForFree\"\s*:\s*\"?false\b"
    r"|itemprop=[\"']isAccessibleForFree[\"'][^<>]{0,80}content=[\"']false"
    r"|article:content_tier[\"'][^<>]{0,40}content=[\"']locked",
    re.IGNORECASE,
)
_ASKS_TO_PAY = re.compile(
    r"(?:subscribe|sign ?up|register|log ?in|sign ?in|create an? (?:free )?account)[^.!?<>]{0,60}"
    r"\bto (?:continue|keep|finish) (?:reading|this)"
    r"|(?:continue|keep) reading (?:this article )?(?:with|for) (?:a |your )?(?:free |digital )?"
    r"(?:subscription|trial|account|[€$£]\s?\d)"
    r"|(?:this|the full|the rest of (?:this|the)) (?:article|story|content|post)[^.!?<>]{0,40}\b(?:is|are) "
    r"(?:only |exclusively |reserved |exclusive |available )*(?:for|to) (?:our |paid |paying |digital )*"
    r"(?:subscribers?|members?)\b"
    r"|(?:you have|you['’]ve) (?:reached|used|read) (?:your|all|the)[^.!?<>]{0,40}\b(?:free|limit)\b"
    r"|already a (?:subscriber|member)\?[^<>]{0,20}|unlock (?:this|the full) (?:article|story)"
    r"|(?:artikel|beitrag|text|inhalt)[^.!?<>]{0,40}\b(?:nur|exklusiv) für"
    r"[^.!?<>]{0,30}\b(?:abonnent|abonnement|mitglied)"
    r"|(?:jetzt|sie) weiterlesen mit|weiterlesen mit [^.!?<>]{0,30}(?:abo|plus|\+)"
    r"|article (?:est )?réservé (?:à|aux) (?:nos )?abonné|il vous reste [\d.,]+ ?% de cet article"
    r"|(?:contenido|artículo|noticia)[^.!?<>]{0,30}(?:exclusiv[oa]|solo) para (?:los )?(?:suscriptores"
    r"|socios)"
    r"|(?:conteúdo|matéria)[^.!?<>]{0,30}exclusiv[oa] para assinantes"
    r"|(?:articolo|contenuto)[^.!?<>]{0,30}(?:riservato|esclusivo)[^.!?<>]{0,20}abbonati"
    r"|(?:alleen|exclusief) voor (?:onze )?abonnees|dalsza część (?:artykułu )?dostępna (?:jest )?dla"
    r"|доступ(?:ен|на|но)? только (?:для )?подписчик|この記事は(?:会員|有料)|(?:会員|有料)限定",
    re.IGNORECASE,
)

_ROBOT_TITLE = re.compile(
    r"(?:just a moment|attention required|access denied|access to this page has been denied"
    r"|are you a (?:robot|human)|robot check|(?:human|bot|security) (?:verification|check)"
    r"|checking your browser|pardon our interruption"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|request (?:blocked|rejected)|ddos-guard|one more step"
    r"|bloomberg - are you a robot)\b",
    re.IGNORECASE,
)
# Scripts and boxes of Cloudflare, PerimeterX, DataDome, Imperva, Akamai, AWS WAF and the two common puzzles.
_ROBOT_MARK = re.compile(
    r"cf-chl|cf_chl_|challenges\.cloudflare\.com|/cdn-cgi/challenge-platform|px-captcha"
    r"|captcha-delivery\.com"
    r"|_Incapsula_Resource|/_sec/cp_challenge|awswaf|g-recaptcha|h-captcha|hcaptcha\.com"
    r"|friendly-?challenge",
    re.IGNORECASE,
)
_ROBOT_TEXT = re.compile(
    r"(?:enable|turn on|allow|requires?) (?:javascript|js)(?: and cookies)? (?:to continue"
    r"|in your browser|and reload)"
    r"|(?:verify|confirm|prove|make sure)[^.<>]{0,30}\b(?:you are|you['’]re)[^.<>]{0,12}\b(?:human"
    r"|robot|bot)\b"
    r"|unusual (?:traffic|activity) from your|you have been blocked|automated access|not a robot"
    r"|kein roboter"
    r"|pas un robot|no (?:eres|soy|es) un robot|não (?:é|sou) um robô|non sei un robot|что вы не робот"
    r"|ロボットではない",
    re.IGNORECASE,
)

_CONSENT_ADDRESS = re.compile(
    r"^https?://(?:consent|cmp|myprivacy|privacy-?gate|cookie-?wall)\.|/(?:cookie-?wall|cookie-?consent"
    r"|consent/|"
    r"privacy-?gate|cookie-?muur)",
    re.IGNORECASE,
)
_PRIVACY = re.compile(
    r"cookie|consent|privacy|personal data|datenschutz|einwillig|zustimm|personenbezogen|vie privée"
    r"|consente|"
    r"données personnelles|traceurs|privacidad|consentimiento|datos personales|privacidade|dados pessoais|"
    r"dati personali|informativa|toestemming|persoonlijke gegevens|persoonsgegevens|prywatno|zgod[ęya]|"
    r"danych osobowych|samtycke|personuppgift|samtykke|персональн|конфиденциальн|согласи|隐私|個人情報"
    r"|クッキー|"
    r"개인정보|쿠키|الخصوصية|ملفات تعريف الارتباط|gizlilik|çerez|kişisel veri",
    re.IGNORECASE,
)
_ACCEPT = re.compile(
    r"accept all|i (?:accept|agree|consent)|agree and (?:continue|close)|manage (?:settings|options"
    r"|preferences)|"
    r"alle(?:s)? akzeptieren|akzeptieren und weiter|zustimmen|tout accepter|accepter et (?:continuer"
    r"|fermer)|j['’]accepte|"
    r"aceptar todo|aceptar y continuar|acept[oa]r?\b|aceitar (?:tudo|todos)|accetta (?:tutt[oi]"
    r"|e continua)|accetto|"
    r"alles accepteren|akkoord|akceptuj|przejdź do serwisu|godkänn|godta alle|tillad alle|принять|同意"
    r"|동의|"
    r"قبول|موافق|kabul et|tümünü kabul",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"og:type[\"'][^<>]{0,40}content=[\"']article|\"@type\"\s*:\s*\[?\s*\"(?:\w*Article|Report\w*"
    r"|BlogPosting|"
    r"LiveBlogPosting)\"|article:published_time",
    re.IGNORECASE,
)


def wall(page: str, url: str, title: str, blocks: Sequence[Block]) -> Wall:
    """What stands in front of the article of a page: `page` is its HTML as text, `blocks` what an extractor
    took for the article, `url` the address that answered in the end."""
    head = page[:HEAD]
    length = sum(len(block.text) for block in blocks)
    if _is_robot_check(head, title, length):
        return "captcha"
    if _is_consent(head, url, blocks, length):
        return "consent"
    if length < STUB and (
        _LOCKED.search(head) or any(_ASKS_TO_PAY.search(block.text) for block in blocks[-6:])
    ):
        return "paywall"
    return ""


def _is_robot_check(head: str, title: str, length: int) -> bool:
    """Little text, and two of three: a title, a script, a sentence as such pages have them."""
    if length > INTERSTITIAL // 4 or _ARTICLE.search(head):
        return False
    signs = (_ROBOT_TITLE.match(title), _ROBOT_MARK.search(head), _ROBOT_TEXT.search(head))
    return sum(sign is not None for sign in signs) >= 2


def _is_consent(head: str, url: str, blocks: Sequence[Block], length: int) -> bool:
    """No article by its own word, and most of its text is about data and cookies, with a button to accept."""
    if length > INTERSTITIAL or _ARTICLE.search(head) or _ACCEPT.search(head) is None:
        return False
    about = sum(len(block.text) for block in blocks if _PRIVACY.search(block.text))
    by_address = _CONSENT_ADDRESS.search(url) is not None and _PRIVACY.search(head) is not None
    return by_address or (bool(about) and about >= 0.6 * length)
