"""Who says so: passages of one to three sentences, and the speaker of each figure in them.

Own-written; places and people are invented. A case names every figure of its text with its speaker (None:
the article's own voice) and the fields that matter to the trap. A line break begins a new passage.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Said(NamedTuple):
    """A figure by words of it, its speaker, and other fields of the record with the value they must have."""

    text: str
    speaker: str | None
    fields: dict[str, Any]


class Case(NamedTuple):
    trap: str
    text: str
    figures: tuple[Said, ...]


def said(text: str, speaker: str | None, **fields: Any) -> Said:
    return Said(text, speaker, fields)


def case(trap: str, text: str, *figures: Said) -> Case:
    return Case(trap, text, figures)


WORD_ORDERS = (
    case(
        "speaker first",
        "The interior ministry said 14 people were arrested in Marlow.",
        said("14 people", "interior ministry", stance="says"),
    ),
    case(
        "speaker last",
        "At least 14 people were arrested in Marlow, the interior ministry said.",
        said("At least 14 people", "interior ministry", stance="says"),
    ),
    case(
        "verb before the speaker",
        "Fourteen people were arrested in Marlow, said Interior Minister Dana Holt.",
        said("Fourteen people", "Interior Minister Dana Holt"),
    ),
    case(
        "aside in the middle",
        "Fourteen people, the interior ministry said, were arrested in Marlow.",
        said("Fourteen people", "interior ministry"),
    ),
    case(
        "a clause between speaker and verb",
        "Dana Holt, who heads the relief agency, said 300 homes were lost.",
        said("300 homes", "Dana Holt"),
    ),
    case(
        "an apposition between speaker and verb",
        "Dana Holt, the director of the relief agency, said 300 homes were lost.",
        said("300 homes", "Dana Holt"),
    ),
    case(
        "the speaker's office behind the name, and the verb before both",
        "About 300 homes were lost, said Dana Holt, the director of the relief agency.",
        said("About 300 homes", "Dana Holt"),
    ),
    case(
        "according to, behind",
        "Nine soldiers were wounded, according to the army.",
        said("Nine soldiers", "army", stance="says"),
    ),
    case(
        "according to, in front",
        "According to the army, nine soldiers were wounded.",
        said("nine soldiers", "army"),
    ),
    case(
        "according to, with a clause behind the speaker",
        "Nine soldiers were wounded, according to Dana Holt, who runs the clinic in Tarif.",
        said("Nine soldiers", "Dana Holt"),
    ),
    case(
        "in a statement",
        "In a statement, the army said nine soldiers were wounded.",
        said("nine soldiers", "army"),
    ),
    case(
        "told somebody",
        "Mayor Dana Holt told residents that 40 buses were ready.",
        said("40 buses", "Mayor Dana Holt", via=None),
    ),
    case(
        "put the toll at",
        "The health ministry put the death toll at 57.",
        said("57", "health ministry", stance="estimates"),
    ),
    case(
        "was quoted as saying",
        "Mayor Dana Holt was quoted as saying that 40 buses were ready.",
        said("40 buses", "Mayor Dana Holt", stance="says"),
    ),
    case(
        "is said by a passive with an agent",
        "Some 40 deaths were reported by the coast guard.",
        said("Some 40 deaths", "coast guard", stance="says"),
    ),
    case(
        "reports what is its object",
        "The clinic reported 12 new cases on Monday.",
        said("12 new cases", "clinic"),
    ),
    case(
        "announces what is its object",
        "Fenwick Motors announced 900 layoffs.",
        said("900 layoffs", "Fenwick Motors"),
    ),
    case(
        "tweeted",
        "Holt tweeted that 70 flights had been cancelled.",
        said("70 flights", "Holt"),
    ),
    case(
        "counted",
        "The relief agency counted 220 tents at the border.",
        said("220 tents", "relief agency"),
    ),
    case(
        "warned of",
        "The governor warned of 30 dams at risk.",
        said("30 dams", "governor"),
    ),
    case(
        "with the speaker saying",
        "Shelling went on in Tarif, with the ministry saying 12 people had died.",
        said("12 people", "ministry"),
    ),
    case(
        "adding",
        "The ministry said the road was open, adding that 80 trucks had crossed.",
        said("80 trucks", "ministry"),
    ),
    case(
        "two clauses under one verb",
        "Police said three people had died and five were hurt.",
        said("three people", "Police"),
        said("five", "Police"),
    ),
    case(
        "a dash for the comma",
        "The blaze killed 11 people - the fire service said - and spread to Tarif.",
        said("11 people", "fire service"),
    ),
)

UNNAMED = (
    case(
        "officials",
        "Officials said 18 people were missing.",
        said("18 people", "Officials"),
    ),
    case(
        "witnesses",
        "Witnesses said about 200 men stormed the office.",
        said("about 200 men", "Witnesses"),
    ),
    case(
        "medics at a place",
        "Medics at the Tarif hospital said 18 people were brought in.",
        said("18 people", "Medics at the Tarif hospital"),
    ),
    case(
        "a source",
        "A security source said 18 gunmen were detained.",
        said("18 gunmen", "security source"),
    ),
    case(
        "the place in the speaker's phrase",
        "The Health Ministry in rebel-held Tarif said 18 people were killed.",
        said("18 people", "Health Ministry in rebel-held Tarif"),
    ),
    case(
        "the statement",
        "The statement said 18 people were killed.",
        said("18 people", "statement"),
    ),
)

NOMINAL = (
    case(
        "data from",
        "Data from the labour office showed that 45,000 people were out of work.",
        said("45,000 people", "Data from the labour office"),
    ),
    case(
        "somebody's figures",
        "The labour office's figures show 45,000 people out of work.",
        said("45,000 people", "labour office's figures"),
    ),
    case(
        "a report by",
        "A report by Marlow University found 45,000 people had no work.",
        said("45,000 people", "report by Marlow University"),
    ),
    case(
        "a poll",
        "A Northgate poll found that 52% of voters back the plan.",
        said("52% of voters", "Northgate poll"),
    ),
    case(
        "a survey released by",
        "A survey released by the Northgate Institute on Monday showed 52% of voters back the plan.",
        said("52% of voters", "survey released by the Northgate Institute"),
    ),
    case(
        "somebody's claim that",
        "The army rejected the rebels' claim that 60 soldiers had died.",
        said("60 soldiers", "rebels", stance="says"),
    ),
    case(
        "by somebody's count",
        "By the charity's count, 75 villages were burned.",
        said("75 villages", "charity", stance="estimates"),
    ),
    case(
        "somebody's toll of",
        "The ministry's toll of 57 dead includes children.",
        said("57", "ministry"),
    ),
    case(
        "somebody's estimate of",
        "The bank's estimate of $4 billion in losses stunned investors.",
        said("$4 billion", "bank", stance="estimates"),
    ),
    case(
        "figures from, in front",
        "Figures from the harbour board put traffic at 3,000 ships a year.",
        said("3,000 ships", "Figures from the harbour board"),
    ),
    case(
        "estimates by",
        "Estimates by the harbour board suggest 3,000 ships pass each year.",
        said("3,000 ships", "Estimates by the harbour board"),
    ),
    case(
        "documents show",
        "Court documents show that 16 officers took bribes.",
        said("16 officers", "Court documents"),
    ),
    case(
        "a forecast",
        "The central bank cut its growth forecast to 2.1%.",
        said("2.1%", "central bank", stance="estimates"),
    ),
    case(
        "citing",
        "The death toll has reached 57, the Herald reported, citing the health ministry.",
        said("57", "health ministry", via="Herald"),
    ),
    case(
        "a statement from",
        "A statement from the navy said 31 sailors were rescued.",
        said("31 sailors", "statement from the navy"),
    ),
)

RELAYS = (
    case(
        "told an agency",
        "Interior Minister Dana Holt told Reuters that 14 people were arrested.",
        said("14 people", "Interior Minister Dana Holt", via="Reuters"),
    ),
    case(
        "told a paper, behind",
        "Fourteen people were arrested, Holt told the Marlow Times.",
        said("Fourteen people", "Holt", via="Marlow Times"),
    ),
    case(
        "told an agency named behind it",
        "Holt told news agency AFP that 14 people were arrested.",
        said("14 people", "Holt", via="AFP"),
    ),
    case(
        "quoted by",
        "Fourteen people were arrested, Holt was quoted by Interfax as saying.",
        said("Fourteen people", "Holt", via="Interfax"),
    ),
    case(
        "an agency quoted somebody",
        "Xinhua quoted the ministry as saying that 14 people were arrested.",
        said("14 people", "ministry", via="Xinhua"),
    ),
    case(
        "an agency citing",
        "Fourteen people were arrested, the BBC reported, citing police.",
        said("Fourteen people", "police", via="BBC"),
    ),
    case(
        "an agency itself",
        "Fourteen people were arrested, the state news agency reported.",
        said("Fourteen people", "state news agency", via=None),
    ),
    case(
        "said in an interview with",
        "Holt said in an interview with CNN that 14 people were arrested.",
        said("14 people", "Holt", via="CNN"),
    ),
    case(
        "told an agency's reporters",
        "Police told AP 14 people were arrested.",
        said("14 people", "Police", via="AP"),
    ),
)

SEVERAL = (
    case(
        "two speakers",
        "The army and the police said 14 people were arrested.",
        said("14 people", "army and the police"),
    ),
    case(
        "confirming, beside the speaker",
        "The mayor said seven people were killed, with hospital officials confirming the toll.",
        said("seven people", "mayor", confirmed_by=("hospital officials",), stance="says"),
    ),
    case(
        "confirmed by",
        "The mayor said seven people were killed, a figure confirmed by hospital officials.",
        said("seven people", "mayor", confirmed_by=("hospital officials",)),
    ),
    case(
        "which somebody confirmed",
        "Rebels said they had captured 20 soldiers, which the army confirmed.",
        said("20 soldiers", "Rebels", confirmed_by=("army",)),
    ),
    case(
        "confirmed in the next sentence",
        "The mayor said seven people were killed. The army confirmed the toll.",
        said("seven people", "mayor", confirmed_by=("army",)),
    ),
    case(
        "confirmed as the only speaker",
        "The army confirmed that seven people were killed.",
        said("seven people", "army", stance="confirms", confirmed_by=()),
    ),
    case(
        "each clause its own speaker",
        "Police said six people had died, while rescuers said nine people had died.",
        said("six people", "Police"),
        said("nine people", "rescuers"),
    ),
    case(
        "but somebody else's number",
        "The army says it lost 12 men, but the rebels put the number at 90.",
        said("12 men", "army"),
        said("90", "rebels", stance="estimates"),
    ),
    case(
        "a figure in the speaker's phrase",
        "A group of 12 charities said 400 families had fled.",
        said("12 charities", None),
        said("400 families", "group of 12 charities"),
    ),
)

QUOTATIONS = (
    case(
        "quotation in front",
        '"We buried 22 people today," said Omar Lind, a farmer.',
        said("22 people", "Omar Lind"),
    ),
    case(
        "quotation broken by its verb",
        '"We are tired," Omar Lind said. "We buried 22 people today."',
        said("22 people", "Omar Lind"),
    ),
    case(
        "quotation behind a colon",
        'Omar Lind said: "We buried 22 people today."',
        said("22 people", "Omar Lind"),
    ),
    case(
        "quotation open over two passages",
        'Omar Lind, a farmer, said: "The river rose at night.\n"We buried 22 people today," he added.',
        said("22 people", "Omar Lind"),
    ),
    case(
        "the next passage runs on, without a verb",
        '"The river rose at night," Omar Lind said.\n"We buried 22 people today."',
        said("22 people", "Omar Lind"),
    ),
    case(
        "a new speaker behind the second quotation",
        '"The river rose at night," Omar Lind said.\n"We buried 22 people today," said Vera Molk.',
        said("22 people", "Vera Molk"),
    ),
    case(
        "after a quotation the article speaks again",
        '"The river rose at night," Omar Lind said. The flood killed 22 people.',
        said("22 people", None),
    ),
    case(
        "part of a quotation",
        'Omar Lind spoke of "22 people in one grave".',
        said("22 people", "Omar Lind"),
    ),
    case(
        "curly quotation marks",
        "“We buried 22 people today,” said Omar Lind.",
        said("22 people", "Omar Lind"),
    ),
    case(
        "pronoun behind a quotation",
        'Omar Lind lost his farm. "We buried 22 people today," he said.',
        said("22 people", "Omar Lind"),
    ),
)

PRONOUNS = (
    case(
        "he",
        "Omar Lind said the dam had failed. He said 22 people were missing.",
        said("22 people", "Omar Lind"),
    ),
    case(
        "she also",
        "Mayor Vera Molk visited the site. She also said 22 people were missing.",
        said("22 people", "Mayor Vera Molk"),
    ),
    case(
        "it added",
        "The ministry said the dam had failed. It added that 22 people were missing.",
        said("22 people", "ministry"),
    ),
    case(
        "they said",
        "Rescuers reached the village at dawn. They said 22 people were missing.",
        said("22 people", "Rescuers"),
    ),
    case(
        "it is no person",
        "The ministry sent its deputy, Omar Lind, to Tarif. It said 22 people were missing.",
        said("22 people", "ministry"),
    ),
    case(
        "he is no body",
        "Omar Lind leads the ministry. The ministry said the dam had failed. He said 22 people were missing.",
        said("22 people", "Omar Lind"),
    ),
    case(
        "she is not the man named last",
        "Vera Molk, the mayor, met Mr. Lind on Monday. She said 22 people were missing.",
        said("22 people", "Vera Molk"),
    ),
    case(
        "he is not the woman named last",
        "Mr. Lind met Mrs. Molk on Monday, and Mrs. Molk thanked the crews. He said 22 people were missing.",
        said("22 people", "Mr. Lind"),
    ),
    case(
        "the pronoun over passages",
        "Omar Lind said the dam had failed.\nHe added that 22 people were missing.",
        said("22 people", "Omar Lind"),
    ),
    case(
        "the group, the ministry: said as printed",
        "The ministry said the dam had failed. The ministry said 22 people were missing.",
        said("22 people", "ministry"),
    ),
)

STANCES = (
    case(
        "denies",
        "The army denied that 30 civilians had been killed.",
        said("30 civilians", "army", stance="denies"),
    ),
    case(
        "believes",
        "Police believe 30 people were on board.",
        said("30 people", "Police", stance="believes"),
    ),
    case(
        "is believed by nobody named",
        "About 30 people are believed to be on board.",
        said("About 30 people", None, stance=None),
    ),
    case(
        "estimates",
        "The agency estimates that 30,000 people have fled.",
        said("30,000 people", "agency", stance="estimates"),
    ),
    case(
        "estimated by nobody named",
        "An estimated 30,000 people have fled.",
        said("30,000 people", None),
    ),
    case(
        "demands",
        "The union demanded a raise of 8%.",
        said("8%", "union", stance="demands"),
    ),
    case(
        "calls for",
        "The union called for the release of 30 prisoners.",
        said("30 prisoners", "union", stance="demands"),
    ),
    case(
        "pledges",
        "Norland pledged to send 500 troops.",
        said("500 troops", "Norland", stance="says"),
    ),
    case(
        "confirms",
        "The airline confirmed 30 deaths.",
        said("30 deaths", "airline", stance="confirms"),
    ),
    case(
        "a plan",
        "The minister's plan calls for 155 new schools.",
        said("155 new schools", "minister's plan"),
    ),
    case(
        "fears",
        "Rescuers fear 30 people are buried in the mud.",
        said("30 people", "Rescuers", stance="believes"),
    ),
    case(
        "expects",
        "The bank expects the economy to shrink by 3%.",
        said("3%", "bank", stance="estimates"),
    ),
)

OWN_VOICE = (
    case(
        "a sentence after a report",
        "The ministry said the dam had failed. The flood killed 22 people.",
        said("22 people", None),
    ),
    case(
        "a sentence before a report",
        "The flood killed 22 people. The ministry said the dam had failed.",
        said("22 people", None),
    ),
    case(
        "a plain sentence",
        "A bomb killed nine people in Tarif on Monday.",
        said("nine people", None),
    ),
    case(
        "a relative clause about the speaker",
        "Omar Lind, who lost four cousins in the flood, said the dam had failed.",
        said("four cousins", None),
    ),
    case(
        "the speaker's own number",
        "Fifty survivors said the dam had failed.",
        said("Fifty survivors", None),
    ),
    case(
        "when it was said",
        "The ministry said the dam had failed, hours after a flood killed 22 people.",
        said("22 people", None),
    ),
    case(
        "after it was said",
        "The ministry blamed rebels after 22 people were killed.",
        said("22 people", None),
    ),
    case(
        "reported by nobody named",
        "At least 24 people have been reported injured.",
        said("At least 24 people", None),
    ),
    case(
        "reportedly",
        "The blast reportedly killed 24 people.",
        said("24 people", None),
    ),
    case(
        "what was attended is not said",
        "The minister met 12 envoys in Tarif and said talks would go on.",
        said("12 envoys", None),
    ),
    case(
        "a cause in front",
        "As 300 mourners gathered, the mayor said the dam had failed.",
        said("300 mourners", None),
    ),
    case(
        "toll as subject of a report's verb",
        "The toll of 24 dead showed how strong the blast was.",
        said("24 dead", None),
    ),
)

MORE_CLAUSES = (
    case(
        "a list before the speaker",
        "The raid killed 12 people, including five children, hospital officials and relatives said Monday.",
        said("12 people", "hospital officials and relatives"),
        said("five children", "hospital officials and relatives"),
    ),
    case(
        "that-clause behind in a statement",
        "The union said in a statement that 40 members had been fired, and called on the firm to talk.",
        said("40 members", "union"),
    ),
    case(
        "short answer in a quotation",
        '"How many died? We do not know. Maybe 40," the governor said.',
        said("40", "governor"),
    ),
    case(
        "by somebody's own admission",
        "By the minister's own admission, 40 schools are closed.",
        said("40 schools", "minister", stance="confirms"),
    ),
    case(
        "somebody's count stands at",
        "The latest count by the ministry stands at 20,000 dead.",
        said("20,000", "ministry"),
    ),
    case(
        "as somebody told a paper",
        "As Lena Orr told the Herald, sales have dropped by 25 percent.",
        said("25 percent", "Lena Orr", via="Herald"),
    ),
    case(
        "a quotation behind a sentence of its speaker",
        'Lena Orr noted that help was far away. "We have 40 beds for everyone."',
        said("40 beds", "Lena Orr"),
    ),
    case(
        "a title with a full stop behind a quotation",
        '"We buried 22 people today," Dr. Lind said.',
        said("22 people", "Dr. Lind"),
    ),
    case(
        "an inner speaker in a quotation",
        '"People say the mine employs 900 men," said Vera Molk.',
        said("900 men", "Vera Molk"),
    ),
    case(
        "two single marks",
        "''We buried 22 people today,'' said Omar Lind.",
        said("22 people", "Omar Lind"),
    ),
    case(
        "they said, inside a relative clause",
        "A day earlier, officials reported strikes on the camp that they said killed nine people.",
        said("nine people", "officials"),
    ),
    case(
        "rebuked for",
        "The mayor rebuked the governor for leaving 300 families without shelter.",
        said("300 families", "mayor"),
    ),
    case(
        "accused of",
        "The opposition accused the government of hiding 40 deaths.",
        said("40 deaths", "opposition"),
    ),
    case("did not confirm", "The army did not confirm that 28 people had died.", said("28 people", None)),
    case(
        "a heading that begins with its speaker",
        "Police: 12 dead in Marlow crash",
        said("12 dead", "Police"),
    ),
    case(
        "a heading that ends with its speaker",
        "At least 12 dead in Marlow crash: police",
        said("12 dead", "police"),
    ),
    case("a heading that begins with no speaker", "Update: 12 people killed", said("12 people", None)),
    case(
        "citing, in front",
        "Citing police, the state broadcaster said 40 people had died.",
        said("40 people", "police", via="state broadcaster"),
    ),
    case(
        "officials counted as a source",
        "Reuters reported 40 deaths, citing two security officials.",
        said("40 deaths", "two security officials", via="Reuters"),
    ),
    case(
        "wants another to be done",
        "The rebels want 900 prisoners freed.",
        said("900 prisoners", "rebels", stance="demands"),
    ),
    case(
        "wants to end what there is",
        "Norland wants to end the 15% tariffs on timber.",
        said("15%", None),
    ),
    case(
        "a toll that belongs to a place",
        "Norway's toll of 57 dead is the highest in years.",
        said("57", None),
    ),
    case(
        "a participle as subject",
        "Leaders meeting in Marlow pledged $2 billion for the fund.",
        said("$2 billion", "Leaders"),
    ),
)

CASES = (
    *WORD_ORDERS,
    *UNNAMED,
    *NOMINAL,
    *RELAYS,
    *SEVERAL,
    *QUOTATIONS,
    *PRONOUNS,
    *STANCES,
    *OWN_VOICE,
    *MORE_CLAUSES,
)
