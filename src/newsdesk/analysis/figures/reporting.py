"""Word lists of the speakers: which verbs and nouns report, and how. All lemmas, lower case."""

from __future__ import annotations

from newsdesk.analysis.figures.words import word_set
from newsdesk.models import Stance

CLAUSE_REPORT = word_set(
    "say tell report announce confirm claim believe estimate warn note add state insist stress allege "
    "admit acknowledge deny declare maintain explain reveal indicate suggest argue assert contend "
    "predict project expect fear think conclude find show write tweet post testify remark observe "
    "comment reiterate complain recall boast caution concede disclose emphasize emphasise hope "
    "propose reckon cite quote document calculate forecast assume inform advise assure affirm attest "
    "charge accuse describe repeat reply respond answer recount relate guess pledge vow promise "
    "threaten demand urge request hear learn understand know worry doubt suspect point agree signal mention "
    "joke specify clarify underline highlight determine establish verify"
)
"""Verbs that report what stands in a clause under them ("said that N ...")."""
OBJECT_REPORT = word_set(
    "report confirm announce estimate deny demand request pledge promise propose predict "
    "forecast expect project record register document acknowledge admit allege disclose cite put verify "
    "count tally log"
)
"""Verbs that report what is their object ("confirmed two deaths")."""
INTENT_REPORT = word_set(
    "pledge vow promise claim threaten propose demand request ask offer want describe recall urge call "
    "report deny admit"
)
"""Verbs that report what stands in an infinitive under them ("pledged to buy 13 million doses")."""
EXPECTING = word_set("expect project forecast predict estimate")
"""Verbs that say what they expect of another in an infinitive ("expects the economy to shrink by 3%")."""
CENSURE = word_set(
    "accuse blame rebuke criticize criticise condemn slam chide fault denounce berate scold lambast"
)
"""Verbs that say what another did, behind "of" or "for"."""
WARNING = word_set("warn advise caution")
"""Verbs that say what not to do, behind "against"."""
CALLING_FOR = word_set("call ask appeal press push lobby")
"""Verbs that demand what stands behind "for"."""
HEADING_SPEAKERS = word_set(
    "police officials un who eu nato imf un report poll survey study ministry army military government "
    "witnesses medics rescuers doctors activists monitors rebels sources source minister president mayor "
    "governor spokesman spokeswoman union charity watchdog"
)
"""Speakers of a heading, before its colon or behind it."""
QUOTE_REPORT = CLAUSE_REPORT | word_set(
    "ask joke shout yell whisper begin continue conclude agree speak call read go protest plead "
    "lament praise criticize criticise condemn decry issue"
)
"""Verbs that introduce or close a quotation."""
SOURCE_NOUN = word_set(
    "report study survey poll data figure statement document plan census analysis estimate statistic "
    "datum record research paper review audit tally count assessment investigation inquiry model index "
    "average filing letter video spot website dossier memo bulletin note log update release"
)
SOURCE_VERB = word_set(
    "call show find suggest put say indicate estimate reveal state conclude provide propose include "
    "list figure record detail note"
)
REPORT_NOUN = word_set(
    "claim report estimate statement warning assertion announcement allegation belief prediction "
    "accusation complaint "
    "admission confirmation declaration argument suggestion insistence emphasis"
)
NOUN_STANCE: dict[str, Stance] = {
    "estimate": "estimates",
    "prediction": "estimates",
    "belief": "believes",
    "confirmation": "confirms",
    "admission": "confirms",
}
RECKONING = word_set("estimate estimation account count tally reckoning calculation admission")
STANCE: dict[str, Stance] = {
    **dict.fromkeys(word_set("confirm acknowledge admit concede verify affirm attest establish"), "confirms"),
    **dict.fromkeys(word_set("deny reject dispute doubt refute"), "denies"),
    **dict.fromkeys(
        word_set("believe think fear suspect assume understand hope worry guess know"), "believes"
    ),
    **dict.fromkeys(word_set("estimate predict project expect forecast reckon calculate put"), "estimates"),
    **dict.fromkeys(word_set("demand request urge call ask appeal press push lobby want"), "demands"),
}
RELAY = word_set(
    "reuters ap afp bbc cnn al-jazeera jazeera upi tass interfax xinhua anadolu dpa ansa efe kyodo "
    "bloomberg npr pbs abc nbc cbs fox msnbc haaretz axios politico voa rfe/rl"
)
RELAY_WORD = word_set(
    "news agency radio television tv times post journal newspaper press channel magazine network "
    "newshour broadcaster telegraph guardian herald tribune"
)
MEDIA = word_set("newspaper broadcaster television tv radio media daily")
PRONOUNS = word_set("he she they it who which that we i")
LINKING_AFTER = word_set("after as while when before although though until once")
"""Conjunctions whose clause, tied straight to the reporting verb, is the article's own voice."""
BODIES = word_set(
    "ministry government police army military navy force agency office department authority commission "
    "committee council court parliament senate congress party group union company firm bank organization "
    "organisation hospital service university institute team spokesman official source medic "
    "retailer carmaker automaker airline lender regulator exchange brokerage insurer charity club school "
    "college clinic municipality chain giant coalition alliance federation association board fund society "
    "foundation observatory mission embassy presidency cabinet legislature assembly secretariat bureau "
    "directorate center centre watchdog broadcaster newspaper junta administration treasury fed "
    "brigade corps unit faction militia tv television radio media"
)
"""Nouns for who speaks as one: a pronoun may stand for the last of them."""
