"""One-sentence figure cases, each a trap: the sentence, and the figures that it must give, field by field.

Own-written; places and people are invented. A case names every figure of its sentence, and of each the
fields that matter to the trap.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Expected(NamedTuple):
    """A figure by its words, and fields of the record with the value they must have."""

    text: str
    fields: dict[str, Any]


class Case(NamedTuple):
    trap: str
    sentence: str
    figures: tuple[Expected, ...]


def figure(text: str, **fields: Any) -> Expected:
    return Expected(text, fields)


def case(trap: str, sentence: str, *figures: Expected) -> Case:
    return Case(trap, sentence, figures)


NO_FIGURES = (
    case("age after a name", "Lena Orr, 34, was named head of the council."),
    case("two ages", "Anna Berg, 23, and her brother Tom, 19, studied in Marlow."),
    case("age in brackets", "The list named Omar Said (56) as its leader."),
    case("age with a hyphen", "A 12-year-old boy opened the parade."),
    case("age in words", "The girl is five years old."),
    case("aged", "Voters aged 18 to 24 stayed away."),
    case("month and day", "The truce begins on May 4."),
    case("day and month", "They met on 16 December in Tarif."),
    case("full date", "The bill was signed on March 9, 2007."),
    case("date with slashes", "The form is dated 10/1/2008."),
    case("year", "The treaty was signed in 1986."),
    case("span of years", "The drought of 2008-09 ruined the harvest."),
    case("clock time", "The siren sounded at 2:15 p.m. in Marlow."),
    case("clock time with a full stop", "It struck at 10.30 local time."),
    case("clock time by name", "Polls close at 7 a.m. GMT."),
    case("o'clock", "They left at two o'clock."),
    case("ordinal in digits", "It was the 11th day of the strike."),
    case("ordinal in words", "The third attempt failed."),
    case("name of a road", "Traffic stopped on Highway 40."),
    case("flight", "Flight 237 landed safely."),
    case("law", "He was charged under Section 21 of the act."),
    case("resolution", "The council passed Resolution 1701."),
    case("weapon", "The M16 and the F-16 are old."),
    case("bill", "The house debated H.R. 1424 again."),
    case("score", "Marlow beat Tarif 3-1 on Saturday."),
    case("phone number", "Call 555-1234 for help."),
    case("street address", "The office is at 10 Downing Street."),
    case("one of", "It was one of the worst storms in memory."),
    case("no one", "No one claimed the attack."),
    case("one another", "The parties blamed one another."),
    case("one day", "One day the war will end."),
    case("one as an article", "One nuclear official called the plan odd."),
    case("level on a scale", "The alert was raised to level seven."),
    case("scale", "They rate it on a scale of one to six."),
    case("years ago", "The mine closed ten years ago."),
    case("decade by name", "Music of the 1990s is back."),
    case("no deaths", "There were no deaths, the army said."),
    case("none", "None of them was hurt."),
    case("a named death", "The poet Ana Ruiz died on Sunday."),
    case("nine eleven", "The law dates from the months after 9/11."),
    case("half of a match", "They scored late in the second half."),
    case("quarter of a year", "Sales fell in the third quarter."),
    case("model number", "He bought an iPhone 11 for his mother."),
    case("few speakers", "Two officials said the talks had failed."),
)

QUANTITIES = (
    case(
        "more than",
        "More than 32,400 people live there.",
        figure(
            "More than 32,400 people", quantifier="more_than", min=32400.0, max=None, best=None, unit="person"
        ),
    ),
    case(
        "over", "Over 500 soldiers marched.", figure("Over 500 soldiers", quantifier="more_than", min=500.0)
    ),
    case(
        "at least",
        "At least 24 houses burned.",
        figure("At least 24 houses", quantifier="at_least", min=24.0, unit="building"),
    ),
    case(
        "no fewer than",
        "No fewer than 40 ships waited.",
        figure("No fewer than 40 ships", quantifier="at_least", unit="vehicle"),
    ),
    case(
        "up to",
        "Up to 50 rockets were fired.",
        figure("Up to 50 rockets", quantifier="up_to", max=50.0, min=None, unit="rocket"),
    ),
    case(
        "as many as",
        "As many as 30,000 people marched.",
        figure("As many as 30,000 people", quantifier="up_to", max=30000.0),
    ),
    case(
        "no more than",
        "No more than 200 visitors may enter.",
        figure("No more than 200 visitors", quantifier="up_to", max=200.0),
    ),
    case(
        "fewer than",
        "Fewer than 90 doctors remain.",
        figure("Fewer than 90 doctors", quantifier="less_than", max=90.0),
    ),
    case(
        "nearly",
        "Nearly 1,200 families left.",
        figure("Nearly 1,200 families", quantifier="less_than", unit="household"),
    ),
    case(
        "about",
        "About 250 pilgrims arrived.",
        figure("About 250 pilgrims", quantifier="approximately", best=250.0, min=None, max=None),
    ),
    case(
        "some", "Some 400 households lost power.", figure("Some 400 households", quantifier="approximately")
    ),
    case(
        "estimated",
        "An estimated 3,000 birds died.",
        figure("An estimated 3,000 birds", quantifier="approximately"),
    ),
    case(
        "or so",
        "The 100 or so hostages were moved.",
        figure("100 or so hostages", quantifier="approximately", best=100.0),
    ),
    case(
        "or more",
        "The trek takes 40 or more guides.",
        figure("40 or more guides", quantifier="at_least", min=40.0),
    ),
    case(
        "plus sign",
        "The rally drew 5,000+ people.",
        figure("5,000+ people", quantifier="at_least", min=5000.0),
    ),
    case(
        "exact",
        "The bus carried seven tourists.",
        figure("seven tourists", quantifier="exact", min=7.0, max=7.0, best=7.0),
    ),
    case(
        "between",
        "Between 10 and 15 trucks crossed.",
        figure("Between 10 and 15 trucks", quantifier="range", min=10.0, max=15.0, best=None),
    ),
    case("dash", "The bus had 10–15 seats.", figure("10–15 seats", quantifier="range", min=10.0, max=15.0)),
    case(
        "to",
        "They sent 20 to 30 engineers.",
        figure("20 to 30 engineers", quantifier="range", min=20.0, max=30.0),
    ),
    case(
        "or", "Two or three shells fell.", figure("Two or three shells", quantifier="range", min=2.0, max=3.0)
    ),
    case(
        "dozens",
        "Dozens of tents were torn.",
        figure("Dozens of tents", quantifier="vague", min=None, max=None, best=None, unit="tent"),
    ),
    case(
        "tens of thousands",
        "Tens of thousands of fans rallied in the stadium.",
        figure("Tens of thousands of fans", quantifier="vague", unit="person"),
    ),
    case(
        "hundreds, elided",
        "Hundreds protested in the capital.",
        figure("Hundreds", quantifier="vague", unit="person", category="other"),
    ),
    case(
        "two-thirds",
        "Two-thirds of the seats are empty.",
        figure("Two-thirds of the seats", quantifier="fraction", best=2 / 3),
    ),
    case(
        "nearly half",
        "Nearly half of the residents have fled.",
        figure("Nearly half of the residents", quantifier="fraction", max=0.5, category="displaced"),
    ),
    case(
        "one in five",
        "One in five children goes to bed hungry.",
        figure("One in five children", quantifier="fraction", best=0.2),
    ),
    case(
        "words",
        "Twenty-two miners and one hundred and six students wrote letters.",
        figure("Twenty-two miners", best=22.0),
        figure("one hundred and six students", best=106.0),
    ),
    case("a million", "A million voters stayed home.", figure("A million voters", best=1e6)),
    case("half a million", "Half a million voters stayed home.", figure("Half a million voters", best=5e5)),
    case("a dozen", "A dozen boats sank.", figure("A dozen boats", best=12.0, unit="vehicle")),
    case(
        "million in digits",
        "The city has 2.7 million inhabitants.",
        figure("2.7 million inhabitants", best=2.7e6),
    ),
)

UNITS = (
    case("percent", "Turnout reached 63 percent.", figure("63 percent", unit="percent", best=63.0)),
    case(
        "percent of",
        "Some 46% of seats went to women.",
        figure("Some 46% of seats", unit="percent", noun="seats", quantifier="approximately"),
    ),
    case("money", "The fund paid $70 million.", figure("$70 million", unit="money", best=7e7)),
    case(
        "money with a country",
        "The plan will cost an estimated US$1.1 billion.",
        figure("an estimated US$1.1 billion", unit="money", best=1.1e9, quantifier="approximately"),
    ),
    case("money glued", "It lost £2.5m.", figure("£2.5m", unit="money", best=2.5e6)),
    case("money in words", "He paid 300 euros.", figure("300 euros", unit="money", best=300.0)),
    case(
        "money range",
        "The fine is $3 billion to $5 billion.",
        figure("$3 billion to $5 billion", unit="money", quantifier="range", min=3e9, max=5e9),
    ),
    case("area", "The fire burned 15,000 hectares.", figure("15,000 hectares", unit="area")),
    case("square", "The park covers 12 square miles.", figure("12 square miles", unit="area")),
    case("distance", "The border is 40 km away.", figure("40 km", unit="distance")),
    case("mass", "They seized 300 kilograms of tea.", figure("300 kilograms", unit="mass")),
    case("temperature", "It was 41 degrees Celsius.", figure("41 degrees Celsius", unit="temperature")),
    case("duration", "The talks lasted six hours.", figure("six hours", unit="hour", category="other")),
    case("duration with a hyphen", "A six-month truce was agreed.", figure("six-month", unit="month")),
    case("attack", "Two car bombings shook the city.", figure("Two car bombings", unit="attack")),
    case(
        "household, not person",
        "The flood displaced 300 families.",
        figure("300 families", unit="household", category="displaced"),
    ),
    case(
        "trend up",
        "Rents rose 5% in Marlow.",
        figure("5%", unit="percent", trend="up"),
    ),
    case("trend by noun", "Officials saw a 90% decrease in flow.", figure("90%", trend="down")),
    case("no trend without a change", "Women hold 40% of the posts.", figure("40% of the posts", trend=None)),
    case(
        "from and to are two",
        "Warnings increased from 51 to 88.",
        figure("51", best=51.0, quantifier="exact"),
        figure("88", best=88.0, quantifier="exact"),
    ),
)

EVENTS = (
    case("killed", "The blast killed seven people.", figure("seven people", category="killed", event="kill")),
    case("passive", "Three nurses were wounded.", figure("Three nurses", category="injured", event="wound")),
    case("died", "Nine miners died.", figure("Nine miners", category="killed", event="die")),
    case(
        "kill and wound",
        "The bomb killed at least two and wounded 10.",
        figure("at least two", category="killed", unit="person", quantifier="at_least"),
        figure("10", category="injured", unit="person", quantifier="exact"),
    ),
    case(
        "attacker is not the victim",
        "Two gunmen killed five guards.",
        figure("Two gunmen", category="other"),
        figure("five guards", category="killed"),
    ),
    case("left dead", "The quake left 40 people dead.", figure("40 people", category="killed")),
    case("headline", "Strike on school kills 40", figure("40", category="killed")),
    case(
        "dead and missing",
        "Twelve people are dead and eight are missing.",
        figure("Twelve people", category="killed"),
        figure("eight", category="missing", unit="person"),
    ),
    case(
        "captured",
        "The rebels captured six soldiers.",
        figure("six soldiers", category="captured", status="combatant"),
    ),
    case(
        "event noun",
        "The raid led to the capture of about 250 hostages.",
        figure("about 250 hostages", category="captured", event="capture"),
    ),
    case(
        "held",
        "The group still holds 40 hostages.",
        figure("40 hostages", category="held", event="hold"),
    ),
    case("released", "The junta released 30 prisoners.", figure("30 prisoners", category="released")),
    case(
        "elided noun",
        "The raiders took 250 hostages in May. More than 100 were released in June.",
        figure("250 hostages", noun="hostages"),
        figure("More than 100", category="released", unit="person", noun="hostages", quantifier="more_than"),
    ),
    case(
        "displaced",
        "More than 150,000 people remain displaced.",
        figure("More than 150,000 people", category="displaced"),
    ),
    case(
        "sheltered",
        "Some 900 people are sheltered in the stadium.",
        figure("Some 900 people", category="sheltered"),
    ),
    case("arrested", "Police arrested 17 protesters.", figure("17 protesters", category="arrested")),
    case(
        "infected",
        "The flu spread, and 57 confirmed cases were reported.",
        figure("57 confirmed cases", category="infected", unit="case"),
    ),
    case(
        "court cases are no infections",
        "The court heard 57 cases.",
        figure("57 cases", category="other", unit="case"),
    ),
    case(
        "death toll",
        "The death toll rose to 41.",
        figure("41", category="killed", unit="person"),
    ),
    case(
        "toll of",
        "The confirmed death toll of 178 is expected to rise.",
        figure("178", category="killed", unit="person"),
    ),
    case(
        "number of dead reached",
        "The number of confirmed deaths has reached twelve.",
        figure("twelve", category="killed"),
    ),
    case(
        "buildings are not casualties",
        "The storm destroyed 2,000 homes.",
        figure("2,000 homes", category="other", unit="building"),
    ),
    case(
        "people as such",
        "About 300 relatives gathered.",
        figure("About 300 relatives", category="other", event="gather"),
    ),
    case(
        "subset",
        "Seven people, including three children, were killed.",
        figure("Seven people", category="killed", parent=None),
        figure("three children", category="killed", parent=0),
    ),
    case(
        "share of the dead",
        "The ministry counted 900 dead. Two-thirds of the dead were women.",
        figure("900 dead", category="killed"),
        figure("Two-thirds of the dead", category="killed", parent=0, quantifier="fraction"),
    ),
    case(
        "of those killed",
        "A third of those killed were students.",
        figure("A third of those killed", category="killed", quantifier="fraction"),
    ),
    case(
        "increment",
        "Another 10 people were missing.",
        figure("Another 10 people", category="missing", best=10.0),
    ),
    case("one person counts", "One person was killed.", figure("One person", category="killed", best=1.0)),
    case(
        "wounded as an adjective",
        "Doctors treated 12 wounded soldiers.",
        figure("12 wounded soldiers", category="injured", status="combatant"),
    ),
    case(
        "civilians as printed",
        "The shelling killed four civilians.",
        figure("four civilians", status="civilian", category="killed"),
    ),
    case(
        "no status unless printed",
        "The shelling killed four people.",
        figure("four people", status="unknown"),
    ),
    case(
        "lives",
        "The ferry disaster claimed 80 lives.",
        figure("80 lives", category="killed"),
    ),
    case(
        "over parsed as a preposition",
        "Over 500 were hurt.",
        figure("Over 500", category="injured", unit="person", quantifier="more_than"),
    ),
)

SPEAKERS = (
    case(
        "reporting verb",
        "The mayor said 12 people were hurt.",
        figure("12 people", asserted_by="mayor", stance="says"),
    ),
    case(
        "behind the sentence",
        "Nine people drowned, the coast guard said.",
        figure("Nine people", asserted_by="coast guard"),
    ),
    case(
        "between the words",
        "The blaze, firefighters said, injured 14 residents.",
        figure("14 residents", asserted_by="firefighters"),
    ),
    case(
        "according to",
        "According to the Red Cross, 66 families fled.",
        figure("66 families", asserted_by="Red Cross"),
    ),
    case(
        "according to, behind",
        "Sixty-six families fled, according to local officials.",
        figure("Sixty-six families", asserted_by="local officials"),
    ),
    case(
        "with X saying",
        "Hospitals asked for blood, with the ministry saying 1,200 people had been wounded.",
        figure("1,200 people", asserted_by="ministry", category="injured"),
    ),
    case(
        "confirms",
        "The army confirmed two deaths.",
        figure("two deaths", asserted_by="army", stance="confirms", category="killed"),
    ),
    case(
        "denies",
        "The army denied that its troops had killed five medics.",
        figure("five medics", asserted_by="army", stance="denies"),
    ),
    case(
        "believes",
        "Norland believes more than 30 captives have died.",
        figure("more than 30 captives", asserted_by="Norland", stance="believes", category="killed"),
    ),
    case(
        "estimates",
        "The agency estimates that 900 homes were lost.",
        figure("900 homes", asserted_by="agency", stance="estimates"),
    ),
    case(
        "relay",
        "A senior official told Reuters that 40 trucks had crossed.",
        figure("40 trucks", asserted_by="senior official", via="Reuters"),
    ),
    case(
        "running quotation",
        '"Forty houses burned," said Amal Haddad. "Six children died."',
        figure("Forty houses", asserted_by="Amal Haddad"),
        figure("Six children", asserted_by="Amal Haddad", category="killed"),
    ),
    case(
        "quotation in a quotation",
        "\"They told us '40 are dead',\" said Amal Haddad, a nurse.",
        figure("40", asserted_by="Amal Haddad", category="killed"),
    ),
    case(
        "pronoun",
        "Governor Lena Orr visited the port. She said 12 ships had sunk.",
        figure("12 ships", asserted_by="Governor Lena Orr"),
    ),
    case(
        "no speaker carried over",
        "The mayor said the road was open. Two bridges fell.",
        figure("Two bridges", asserted_by=None),
    ),
    case(
        "the counted are not the speaker",
        "About 300 relatives gathered, demanding that the captives be freed.",
        figure("About 300 relatives", asserted_by=None),
    ),
    case(
        "nobody says it",
        "A shell killed seven people.",
        figure("seven people", asserted_by=None, stance=None),
    ),
    case(
        "passive report names nobody",
        "At least 24 people have been reported injured.",
        figure("At least 24 people", asserted_by=None, category="injured"),
    ),
    case(
        "poll",
        "A Fairpoll survey found that 54 percent of voters oppose the plan.",
        figure("54 percent of voters", asserted_by="Fairpoll survey"),
    ),
    case(
        "office and name",
        "The head of the clinic, Ana Ruiz, said 31 patients had died.",
        figure("31 patients", asserted_by="head of the clinic, Ana Ruiz"),
    ),
    case(
        "name and office",
        "Ana Ruiz, the head of the clinic, said 31 patients had died.",
        figure("31 patients", asserted_by="Ana Ruiz"),
    ),
    case(
        "keeps the outlet's own words",
        "The Health Ministry in the rebel-run Tarif Valley says 410 people have been killed.",
        figure("410 people", asserted_by="Health Ministry in the rebel-run Tarif Valley"),
    ),
    case(
        "speaker of a vow",
        "Norland has pledged to send 13 million doses.",
        figure("13 million doses", asserted_by="Norland"),
    ),
    case(
        "a claim's owner",
        "The ministry's claim that 12 villages fell was disputed.",
        figure("12 villages", asserted_by="ministry"),
    ),
    case(
        "two speakers, two figures",
        "Organisers said 30,000 people marched; police put the number at 12,000.",
        figure("30,000 people", asserted_by="Organisers"),
        figure("12,000", asserted_by="police"),
    ),
    case(
        "the attack does not speak",
        "The attack claimed 12 lives.",
        figure("12 lives", asserted_by=None, category="killed"),
    ),
    case(
        "put the toll at",
        "Health officials put the toll at 212.",
        figure("212", asserted_by="Health officials", stance="estimates", category="killed"),
    ),
)

HYPOTHETICAL = (
    case(
        "could",
        "A strike on the dam could kill thousands.",
        figure("thousands", hypothetical=True, quantifier="vague", category="killed"),
    ),
    case("might", "The plan might displace 4,000 people.", figure("4,000 people", hypothetical=True)),
    case("not", "The blast did not kill 12 people.", figure("12 people", hypothetical=True)),
    case("if", "If 100 hostages are freed, the truce will hold.", figure("100 hostages", hypothetical=True)),
    case(
        "would, as reported",
        "The firm said it would cut 1,500 jobs.",
        figure("1,500 jobs", hypothetical=False, asserted_by="firm"),
    ),
    case("what happened", "The blast killed 12 people.", figure("12 people", hypothetical=False)),
)

MORE = (
    case(
        "of those",
        "The shelling killed 90 people. Of those, 12 were children.",
        figure("90 people", category="killed", parent=None),
        figure("12", category="killed", parent=0, unit="person", noun="children"),
    ),
    case(
        "hurt as a noun",
        "The toll stands at 95 dead and more than 300 hurt.",
        figure("95 dead", category="killed"),
        figure("more than 300 hurt", category="injured", unit="person"),
    ),
    case(
        "forced to flee",
        "The fires killed 11 people and forced 40,000 to flee.",
        figure("11 people", category="killed"),
        figure("40,000", category="displaced", unit="person"),
    ),
    case(
        "number at",
        "Experts estimate the number of rebels at 8,000 to 10,000.",
        figure("8,000 to 10,000", quantifier="range", asserted_by="Experts", unit="person"),
    ),
    case(
        "who numbered",
        "Protesters, who numbered about 3,000, blocked the road.",
        figure("about 3,000", unit="person", category="other"),
    ),
    case(
        "after a semicolon",
        "Police said they detained eight men; three of them were later freed.",
        figure("eight men", category="arrested", asserted_by="Police"),
        figure("three of them", category="released", asserted_by="Police", parent=0, noun="men"),
    ),
    case(
        "agency behind the sentence",
        "A strike killed two people and wounded four others, the state news agency reported.",
        figure("two people", category="killed", asserted_by="state news agency"),
        figure("four others", category="injured", asserted_by="state news agency"),
    ),
    case(
        "by an estimate",
        "Some 300,000 acres were lost, by one estimate.",
        figure("Some 300,000 acres", asserted_by="one estimate", unit="area"),
    ),
    case(
        "may have, a guess at what is",
        "As many as 300 people may have died.",
        figure("As many as 300 people", hypothetical=False, category="killed"),
    ),
    case(
        "would have, against the facts",
        "The blast would have killed 300 people.",
        figure("300 people", hypothetical=True),
    ),
    case(
        "the size of a town",
        "A town of 4,000 was shelled.",
        figure("4,000", category="other"),
    ),
    case(
        "in exchange for",
        "The group freed 24 captives in exchange for 39 prisoners.",
        figure("24 captives", category="released"),
        figure("39 prisoners", category="released"),
    ),
    case(
        "unit before the measured",
        "It is a 20 minute walk through a 2 km tunnel.",
        figure("20 minute", unit="minute"),
        figure("2 km", unit="distance"),
    ),
    case("a number that names", "They live near posts 542 and 543."),
    case("model of a plane", "The 787 Dreamliner was grounded."),
    case(
        "surpassed",
        "The number of cases of cholera has surpassed one thousand.",
        figure("surpassed one thousand", quantifier="more_than", min=1000.0, category="infected"),
    ),
    case(
        "percent and money side by side",
        "Exports fell 7% to $2.3 billion.",
        figure("7%", unit="percent", trend="down"),
        figure("$2.3 billion", unit="money", trend=None),
    ),
)

CASES = NO_FIGURES + QUANTITIES + UNITS + EVENTS + SPEAKERS + HYPOTHETICAL + MORE
