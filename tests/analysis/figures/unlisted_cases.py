"""Figure cases that no list of words settles: people by the form of their noun, numbered names, idioms.

Own-written; places and people are invented. A case names every figure of its sentence.
"""

from __future__ import annotations

from analysis.figures.cases import Case, case, figure

NUMBERED_NAMES = (
    case("posts in a row", "Police posts 17 and 18 were shelled."),
    case("sections in a row", "He was charged under Sections 4, 5 and 7 of the act."),
    case("flights in a row", "Flights 12 and 30 were cancelled."),
    case("levels from to", "Levels 3 to 5 were flooded."),
    case("browser and system", "Support ends for Internet Explorer 6 and Windows 10."),
    case("index of shares", "The FTSE 100 fell 30 points.", figure("30 points", unit="point")),
    case("list of firms", "Of the Fortune 500, only 12 firms pay.", figure("only 12 firms", unit="firm")),
    case("jets by their model", "The carrier grounded two 737 jets.", figure("two 737 jets", best=2.0)),
    case("mother of", "The mother of three was named."),
    case("father of", "He is a father of four and drives a truck."),
    case("between the ages", "Voters between the ages of 17 and 20 stayed away."),
    case("odds", "They won by a 3 to 1 margin."),
    case("salary in figures", "The prize runs to six figures."),
    case(
        "people in numbered places",
        "In the two camps 40 people died.",
        figure("two camps", unit="camp"),
        figure("40 people", category="killed"),
    ),
    case(
        "districts counted",
        "Across 12 districts 40 homes burned.",
        figure("12 districts"),
        figure("40 homes"),
    ),
    case("days before a count", "On Monday 14 miners died.", figure("14 miners", category="killed")),
)

PARTICIPLES = (
    case(
        "seized have died",
        "The guild believes more than 30 divers seized in the raid of May 7 have died or been killed.",
        figure("more than 30 divers", category="killed", asserted_by="guild"),
    ),
    case(
        "captured are dead",
        "The army believes 20 soldiers seized in the raid have died.",
        figure("20 soldiers", category="killed", asserted_by="army"),
    ),
    case(
        "arrested are released",
        "Police said 12 people arrested in the raid had been released.",
        figure("12 people", category="released", asserted_by="Police"),
    ),
    case(
        "evacuated are infected",
        "Officials said 300 people evacuated from the valley have been infected.",
        figure("300 people", category="infected", asserted_by="Officials"),
    ),
    case(
        "hired have left",
        "The mill said 40 workers hired in May have left.",
        figure("40 workers", category="other", asserted_by="mill"),
    ),
)

PEOPLE_BY_FORM = (
    case("-naut", "The blast killed all nine cosmonauts.", figure("nine cosmonauts", category="killed")),
    case("-ee", "The party chose 12 nominees.", figure("12 nominees", unit="person")),
    case("-er", "The plant hired 40 welders.", figure("40 welders", unit="person")),
    case("-or", "The school has three counselors.", figure("three counselors", unit="person")),
    case("-ent", "The survey had 600 respondents.", figure("600 respondents", unit="person")),
    case(
        "compound",
        "Thousands of bond holders lost money.",
        figure("Thousands of bond holders", unit="person"),
    ),
    case(
        "a noun before the noun",
        "Two pan-Tarif veteran politicians Lee Orr and Fred Berg of the Lower Party lost.",
        figure("Two pan-Tarif veteran politicians", unit="person"),
    ),
    case("by belief", "The court has four liberals.", figure("four liberals", unit="person")),
    case("computers", "The shop sold 400 computers.", figure("400 computers", unit="computer")),
    case(
        "missile carriers",
        "The army sent 12 missile carriers.",
        figure("12 missile carriers", unit="vehicle"),
    ),
    case("letters and timers", "Police found six timers.", figure("six timers", unit="timer")),
    case("committees", "Six committees met.", figure("Six committees", unit="committee")),
    case("restaurants", "The firm runs 70 restaurants.", figure("70 restaurants", unit="restaurant")),
    case("retailers", "The law binds 40 retailers.", figure("40 retailers", unit="retailer")),
    case("boosters", "The rocket has four boosters.", figure("four boosters", unit="booster")),
    case("lightning", "There were 400 lightning strikes.", figure("400 lightning strikes", unit="strike")),
    case("air strikes", "There were 40 air strikes.", figure("40 air strikes", unit="attack")),
    case(
        "arrests are people",
        "There were 60 arrests.",
        figure("60 arrests", unit="person", category="arrested"),
    ),
)

HELD = (
    case(
        "a vote held",
        "The vote was held with a turnout of 40,000 voters.",
        figure("40,000 voters", category="other"),
    ),
    case("a rally held", "The rally was held by 2,000 students.", figure("2,000 students", category="other")),
    case("candles held", "About 300 mourners held candles.", figure("About 300 mourners", category="other")),
    case("room for", "The stadium holds 40,000 fans.", figure("40,000 fans", category="other")),
    case(
        "held to account",
        "Forty officials were held responsible.",
        figure("Forty officials", category="other"),
    ),
    case("talks held", "The ministry held talks with 14 envoys.", figure("14 envoys", category="other")),
    case("suspects held", "Police are holding six suspects.", figure("six suspects", category="held")),
    case("held uncharged", "Seven men are being held without charge.", figure("Seven men", category="held")),
    case("a prison's inmates", "The prison holds 900 inmates.", figure("900 inmates", category="held")),
)

TURNS_OF_PHRASE = (
    case(
        "lost lives", "Three people lost their lives in the crash.", figure("Three people", category="killed")
    ),
    case("lost jobs", "Three people lost their jobs in the crash.", figure("Three people", category="other")),
    case(
        "fled a town",
        "About 500 people have fled the town.",
        figure("About 500 people", category="displaced"),
    ),
    case(
        "forced to leave",
        "Some 900 people were forced to leave their homes.",
        figure("Some 900 people", category="displaced"),
    ),
    case(
        "left a meeting",
        "Some 900 people left the meeting early.",
        figure("Some 900 people", category="other"),
    ),
    case("are missing", "Forty miners are missing.", figure("Forty miners", category="missing")),
    case("missing trains", "Forty commuters missed the train.", figure("Forty commuters", category="other")),
    case("rounded up", "Police rounded up 60 protesters.", figure("60 protesters", category="arrested")),
    case("took prisoners", "The army took 40 prisoners.", figure("40 prisoners", category="captured")),
    case("took pupils", "The bus took 40 pupils to school.", figure("40 pupils", category="other")),
    case("to hospital", "Forty people were taken to hospital.", figure("Forty people", category="injured")),
    case("to court", "Forty people were taken to court.", figure("Forty people", category="other")),
    case(
        "among the dead", "Eight children were among the dead.", figure("Eight children", category="killed")
    ),
    case(
        "among the guests",
        "Eight children were among the guests.",
        figure("Eight children", category="other"),
    ),
    case(
        "the dead included", "The dead included eight children.", figure("eight children", category="killed")
    ),
    case(
        "the plan included", "The tour included eight children.", figure("eight children", category="other")
    ),
    case("escaped", "Fourteen inmates escaped from the jail.", figure("Fourteen inmates", category="other")),
    case(
        "number of displaced", "The number of displaced stands at 900.", figure("900", category="displaced")
    ),
    case(
        "tested positive for a virus",
        "Nine people tested positive for the virus.",
        figure("Nine people", category="infected"),
    ),
    case(
        "tested positive for a drug",
        "Nine athletes tested positive for steroids.",
        figure("Nine athletes", category="other"),
    ),
)

MEASURES = (
    case("speed", "The wind blew at 90 miles per hour.", figure("90 miles per hour", unit="speed")),
    case("speed, short", "The car went 120 km/h.", figure("120 km/h", unit="speed")),
    case("length", "The road is 90 miles long.", figure("90 miles", unit="distance")),
    case("weighs", "He weighs 230 pounds.", figure("230 pounds", unit="mass")),
    case("pounds of rice", "They sent 2,000 pounds of rice.", figure("2,000 pounds", unit="mass")),
    case("pounds of aid", "They sent 2,000 pounds of aid.", figure("2,000 pounds", unit="money")),
    case("pounds lost", "The firm lost 200 million pounds.", figure("200 million pounds", unit="money")),
    case("sign behind", "The bike costs 1,200€.", figure("1,200€", unit="money")),
    case("plus", "It took 15-plus years.", figure("15-plus years", quantifier="at_least", unit="year")),
    case("by a range", "It warmed by 1 to 1.5 degrees.", figure("1 to 1.5 degrees", quantifier="range")),
    case("by and to", "Sales fell by 2% to 9%.", figure("2%", unit="percent"), figure("9%", unit="percent")),
)

SPEAKERS = (
    case("bare estimates", "Estimates suggest 8,000 people fled.", figure("8,000 people", asserted_by=None)),
    case("bare figures", "Figures show 4,000 jobs were lost.", figure("4,000 jobs", asserted_by=None)),
    case(
        "whose estimates",
        "The UN's estimates suggest 800 people fled.",
        figure("800 people", asserted_by="UN's estimates"),
    ),
    case(
        "official figures",
        "Official figures show 400 jobs were lost.",
        figure("400 jobs", asserted_by="Official figures"),
    ),
    case(
        "data, a plural",
        "Data from the health ministry show 12,000 cases of measles.",
        figure("12,000 cases", asserted_by="Data from the health ministry"),
    ),
    case(
        "known, and told beside it",
        "Omar knows he is in a cell where he sat for 30 hours.",
        figure("30 hours", asserted_by=None),
    ),
    case("known", "Lena Orr knows that 30 people were killed.", figure("30 people", asserted_by="Lena Orr")),
    case(
        "said of a man who",
        "Police said they sought a man who stole 40 cars.",
        figure("40 cars", asserted_by="Police"),
    ),
    case(
        "hyphens in a name",
        "An official of al-Noor al-Watani said that 12 men were killed.",
        figure("12 men", asserted_by="official of al-Noor al-Watani"),
    ),
    case(
        "hyphens in another",
        "Kim Dae-jung of the Sung-dong union said 200 workers were sacked.",
        figure("200 workers", asserted_by="Kim Dae-jung of the Sung-dong union"),
    ),
    case(
        "a paper's report",
        "She cited a Marlow Times report that he had lost 40 cars.",
        figure("40 cars", asserted_by="Marlow Times"),
    ),
    case(
        "its forecast",
        "The central bank cut its growth forecast to 2.1%.",
        figure("2.1%", asserted_by="central bank", stance="estimates"),
    ),
    case("its rate", "The central bank cut its main rate to 2.1%.", figure("2.1%", asserted_by=None)),
    case(
        "accused of",
        "The union accused the army of killing 12 people.",
        figure("12 people", asserted_by="union", category="killed"),
    ),
    case(
        "hours after",
        "Orr said the war was over, hours after a bomb killed 12 people.",
        figure("12 people", asserted_by=None),
    ),
    case(
        "office and name behind",
        "The company will cut 400 jobs, its chief executive, Lena Orr, announced.",
        figure("400 jobs", asserted_by="its chief executive, Lena Orr"),
    ),
    case("the two said", "The two said 12 people had died.", figure("12 people", category="killed")),
)

CASES: tuple[Case, ...] = (
    NUMBERED_NAMES + PARTICIPLES + PEOPLE_BY_FORM + HELD + TURNS_OF_PHRASE + MEASURES + SPEAKERS
)
