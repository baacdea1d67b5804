"""Word lists of the figures: what counts people, what befell them, who reports. All lemmas, lower case."""

from __future__ import annotations

import re
from typing import get_args

from newsdesk.models import Category


def word_set(words: str) -> frozenset[str]:
    """A set of words that are written as one text."""
    return frozenset(words.split())


PERSON = word_set(
    "people person persons civilian hostage soldier fighter militant captive prisoner child kid boy "
    "girl baby infant woman man adult teenager teen youth youngster member relative parent mother "
    "father brother sister son daughter husband wife spouse couple sibling cousin grandchild worker "
    "employee staff staffer staffers colleague victim body corpse casualty fatality dead wounded "
    "injured death refugee evacuee migrant immigrant deportee asylum-seeker troop troops peacekeeper "
    "resident villager inhabitant citizen national protester protestor demonstrator marcher rioter "
    "activist campaigner journalist reporter correspondent photographer cameraman patient doctor "
    "nurse medic paramedic physician surgeon rescuer responder firefighter police policeman "
    "policewoman officer constable trooper guard gunman attacker assailant bomber terrorist insurgent "
    "rebel guerrilla militiaman jihadist extremist commander general colonel captain lieutenant "
    "sergeant private reservist conscript recruit veteran sailor marine pilot crew crewman passenger "
    "driver commuter traveler traveller tourist visitor pilgrim worshipper worshiper mourner guest "
    "spectator fan supporter follower believer leader official politician lawmaker legislator senator "
    "congressman representative mp minister president governor mayor deputy delegate diplomat "
    "ambassador envoy negotiator mediator adviser advisor aide spokesman spokeswoman spokesperson "
    "candidate voter elector juror judge lawyer attorney prosecutor suspect defendant detainee inmate "
    "convict criminal offender smuggler trafficker kidnapper captor robber thief survivor witness "
    "bystander passer-by passerby pedestrian cyclist motorist farmer fisherman miner laborer labourer "
    "trader merchant shopkeeper customer client consumer buyer seller user subscriber viewer reader "
    "listener shareholder investor owner landlord tenant homeowner borrower taxpayer claimant "
    "beneficiary recipient donor volunteer student pupil schoolchild schoolgirl schoolboy teacher "
    "professor academic scientist researcher expert analyst economist engineer technician operator "
    "contractor consultant manager executive director chief boss ceo founder partner artist actor "
    "singer musician player footballer athlete coach israeli palestinian american iraqi syrian "
    "lebanese iranian russian ukrainian afghan egyptian jew muslim christian arab kurd human "
    "individual being soul life head personality figure celebrity friend neighbor neighbour enemy "
    "ally opponent rival critic loyalist dissident exile settler newborn orphan widow pensioner "
    "retiree jobseeker unemployed homeless applicant graduate youngster participant attendee member "
    "monk nun priest cleric imam rabbi bishop infection-carrier carrier sufferer smoker addict "
    "mercenary spy agent informer informant operative separatist loyalist countryman compatriot "
    "foreigner stranger native servant maid nanny caregiver man-at-arms combatant noncombatant "
    "non-combatant bodyguard sniper paratrooper airman ranger cadet other martyr hurt missing astronaut "
    "personnel seeker guy "
    "finalist "
    "winner loser contestant competitor teammate newcomer author writer designer inventor editor "
    "producer councillor councilor gamer scholar caretaker columnist pundit critic penitent escapee fugitive "
    "deserter defector hijacker pirate abductee slave displaced elderly bather swimmer climber hiker "
    "skier guide porter farmhand herder shepherd vendor hawker cook waiter cleaner janitor clerk "
    "cashier secretary accountant banker broker dealer lobbyist unionist striker picket picketer"
)
"""Head lemmas that count persons."""
HOUSEHOLD = word_set("household family families")
BUILDING = word_set(
    "building house home apartment flat school hospital mosque church temple synagogue shop store "
    "hotel factory warehouse dwelling structure tower clinic skyscraper bungalow hut villa residence "
    "classroom library museum block shelter"
)
VEHICLE = word_set(
    "vehicle car truck lorry bus van tank train tram ambulance bicycle bike motorcycle motorbike "
    "scooter jeep humvee tractor ship boat vessel warship ferry tanker frigate destroyer submarine "
    "yacht dinghy plane airplane aeroplane aircraft jet airliner helicopter bulldozer trailer taxi "
    "minibus carriage locomotive convoy"
)
ATTACK = word_set(
    "attack strike airstrike air-strike raid bombing bombardment shelling assault blast explosion "
    "shooting ambush stabbing offensive incursion operation massacre suicide-bombing"
)
MEASURE = {
    "distance": word_set(
        "meter metre kilometer kilometre km mile yard foot feet inch centimeter centimetre millimeter "
        "millimetre cm mm ft m league"
    ),
    "area": word_set("acre hectare sqm"),
    "mass": word_set("kilogram kilo kg gram ton tonne pound ounce milligram lb stone megaton kiloton"),
    "temperature": word_set("degree celsius fahrenheit"),
    "speed": word_set("kph mph kmh km/h knot"),
}
AREA_WORDS = word_set("square sq sq.")
TIME_UNITS = word_set(
    "second minute hour day week fortnight month quarter season year decade century generation weekend night"
)
MONEY_WORDS = word_set(
    "dollar euro pound shekel rupee yen yuan rouble ruble dinar dirham riyal lira franc cent peso rupiah "
    "sen baht naira won krona krone crown zloty ringgit rand hryvnia taka kyat birr forint"
)
CASE = word_set("case infection")
DISEASE = word_set(
    "flu influenza virus disease outbreak epidemic pandemic cholera ebola measles covid covid-19 "
    "coronavirus malaria polio zika mpox monkeypox plague tuberculosis dengue infection hiv aids sars "
    "mers h1n1 h5n1 typhoid diphtheria meningitis hepatitis pneumonia fever strain vaccine swine"
)
DISEASE_NAME = re.compile(r"\b(?:" + "|".join(sorted(DISEASE)) + r")\b", re.I)

# ------------------------------------------------------------------------ what befell the counted

SUFFERED: dict[str, Category] = {
    **dict.fromkeys(
        word_set(
            "kill murder slay assassinate execute massacre behead lynch slaughter martyr electrocute "
            "strangle suffocate asphyxiate crush hang decapitate exterminate drown"
        ),
        "killed",
    ),
    **dict.fromkeys(word_set("injure wound hurt maim burn hospitalize hospitalise"), "injured"),
    **dict.fromkeys(word_set("capture abduct kidnap snatch seize hijack"), "captured"),
    **dict.fromkeys(word_set("hold imprison jail incarcerate intern captive"), "held"),
    **dict.fromkeys(word_set("release free liberate pardon exchange swap"), "released"),
    **dict.fromkeys(
        word_set("displace evacuate uproot dislocate deport expel relocate resettle"), "displaced"
    ),
    **dict.fromkeys(word_set("shelter house accommodate"), "sheltered"),
    **dict.fromkeys(word_set("arrest detain apprehend nab"), "arrested"),
    **dict.fromkeys(word_set("infect sicken diagnose"), "infected"),
    **dict.fromkeys(word_set("affect"), "affected"),
}
"""Verbs whose object (or passive subject) is what the figure counts."""
HARMED: dict[str, Category] = dict.fromkeys(word_set("shoot stab"), "injured")
"""Said of people who live, where nothing says that they died."""
DID: dict[str, Category] = {
    **dict.fromkeys(word_set("die perish drown succumb"), "killed"),
    **dict.fromkeys(word_set("disappear vanish"), "missing"),
    **dict.fromkeys(word_set("flee evacuate"), "displaced"),
    **dict.fromkeys(word_set("shelter"), "sheltered"),
}
"""Verbs whose subject is what the figure counts."""
STATE: dict[str, Category] = {
    **dict.fromkeys(word_set("dead killed slain"), "killed"),
    **dict.fromkeys(word_set("wounded injured hurt"), "injured"),
    **dict.fromkeys(word_set("missing unaccounted"), "missing"),
    **dict.fromkeys(word_set("displaced homeless"), "displaced"),
    **dict.fromkeys(word_set("hostage captive captured abducted kidnapped"), "captured"),
    **dict.fromkeys(word_set("held imprisoned jailed"), "held"),
    **dict.fromkeys(word_set("detained arrested"), "arrested"),
    **dict.fromkeys(word_set("freed released"), "released"),
    **dict.fromkeys(word_set("infected"), "infected"),
    **dict.fromkeys(word_set("affected"), "affected"),
    **dict.fromkeys(word_set("sheltered"), "sheltered"),
}
"""Words of state, said of the counted: "left six dead", "12 wounded soldiers", "are missing"."""
EVENT_NOUN: dict[str, Category] = {
    **dict.fromkeys(
        word_set(
            "death killing murder assassination execution massacre slaughter fatality slaying drowning "
            "beheading lynching hanging"
        ),
        "killed",
    ),
    **dict.fromkeys(word_set("injury wounding"), "injured"),
    **dict.fromkeys(word_set("disappearance"), "missing"),
    **dict.fromkeys(word_set("capture abduction kidnapping seizure kidnap"), "captured"),
    **dict.fromkeys(word_set("detention imprisonment captivity"), "held"),
    **dict.fromkeys(word_set("release liberation freeing exchange swap handover"), "released"),
    **dict.fromkeys(word_set("displacement evacuation expulsion deportation"), "displaced"),
    **dict.fromkeys(word_set("arrest"), "arrested"),
    **dict.fromkeys(word_set("infection"), "infected"),
}
"""Nouns over the counted: "the capture of about 250 hostages"."""
COUNTED_STATE: dict[str, Category] = {
    **dict.fromkeys(
        word_set("death fatality dead body corpse killing casualty murder drowning martyr killed"), "killed"
    ),
    **dict.fromkeys(word_set("injury wounded injured wound hurt"), "injured"),
    **dict.fromkeys(word_set("missing disappearance"), "missing"),
    **dict.fromkeys(word_set("kidnapping abduction abductee"), "captured"),
    **dict.fromkeys(word_set("hostage captive prisoner detainee inmate"), "held"),
    **dict.fromkeys(word_set("refugee evacuee displaced homeless"), "displaced"),
    **dict.fromkeys(word_set("arrest"), "arrested"),
    **dict.fromkeys(word_set("infection"), "infected"),
}
"""Counted nouns that say it themselves: "27 casualties"."""
HOSPITAL = word_set("hospitalize hospitalise")
"""Said of the sick as of the injured."""
WEAK_STATE = word_set(
    "injured wounded missing displaced homeless infected "
    "hostage captive prisoner detainee inmate refugee evacuee body corpse martyr"
)
"""Counted nouns that say it only where nothing else in the clause does."""
TOLL = word_set("toll death dead fatality casualty")
CASUALTY: frozenset[Category] = frozenset(get_args(Category)) - {"affected", "other"}
"""What befalls people."""
REACH = word_set(
    "reach be stand rise climb increase grow jump fall drop hit pass exceed surpass top total number "
    "become remain approach near come go decrease decline soar surge stay swell mount"
)
"""Verbs between a measure and its value: "the toll rose to 12"."""
RISE = word_set(
    "rise raise increase gain climb jump surge grow soar advance rally spike boost expand swell mount "
    "strengthen widen appreciate accelerate double triple quadruple treble up growth hike rebound"
)
FALL = word_set(
    "fall drop decline decrease slip slide plunge tumble shed reduce shrink ease sink lower dip slump "
    "narrow retreat down cut reduction contraction loss lose plummet weaken dive sag slash trim halve"
)
HUMAN_ACT = word_set(
    "protest gather march attend rally demonstrate flee die perish riot vote queue line join sign "
    "participate live work turn crowd watch chant mourn pray strike escape survive return arrive "
    "travel enlist volunteer hurt injure wound kill arrest detain free release evacuate displace "
    "hospitalize infect trap bury treat rescue hold take capture abduct kidnap miss"
)
"""Verbs that only people are the counted of, where the noun is left out."""
COMBATANT = word_set(
    "soldier fighter militant troop gunman insurgent rebel guerrilla terrorist combatant militiaman "
    "commander paratrooper reservist jihadist operative conscript bomber serviceman"
)
CIVILIAN = word_set("civilian noncombatant non-combatant bystander")
