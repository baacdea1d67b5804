"""Whether a counted noun that no list knows is a person: by how English forms nouns for agents.

-er, -or, -ist, -ant, -ee, -ian, -eer, -naut and -man make nouns for people, yet for things as well
(computer, plant, committee); the things are listed, because news has fewer of them than of people.
"""

from __future__ import annotations

import re

from newsdesk.analysis.figures.words import word_set

SHORTEST = 5
AGENT = re.compile(r"(?:er|or|ist|ant|ee|ian|eer|naut|man|woman|person|monger|folk)$")
PEOPLE = word_set(
    "accomplice acrobat actress addict adherent adolescent advocate alcoholic alumna alumni alumnus "
    "amateur apostle apprentice aristocrat arsonist associate asthmatic atheist athlete aunt autocrat "
    "bailiff bloke bride bridesmaid bully bureaucrat bystander cadre candidate captive carer caretaker "
    "celeb chap chauffeur chef chieftain classmate cleric commando conductor confederate connoisseur "
    "conservative creative crewmate crewmember critic crook culprit cynic dad delegate delinquent "
    "democrat dependent detective diabetic diplomat disciple dissident drummer duchess dude duke empress "
    "entrepreneur epileptic ex-wife executive expat expatriate fanatic fedayeen fellow felon fiance "
    "fiancee fugitive geek gent godson graduate granddaughter grandfather grandma grandmother grandpa "
    "grandparent grandson granny groom guerilla guitarist gurkha guru gypsy hacker heir heiress hitman "
    "hobbyist hooligan hostess housemate housewife idol in-law independent inebriate inmate intern kin "
    "king kinsfolk kinsman knight lad lady laureate liberal lord mafioso magistrate marine marshal "
    "masseur mechanic medic mentor mep midwife mla moderate mom monarch mp msp mujahid mujahideen mum "
    "mystic nanny nationalist native nephew nerd niece ninja nomad novice onlooker operative orphan "
    "paedophile pagan paralytic passersby pathologist patriot pedophile peer peshmerga picket plaintiff "
    "playmate poet postgraduate predator president prince princess progressive prophet provocateur psycho "
    "psychopath queen raconteur radical rapist rapper relative representative republican resident "
    "respondent roommate saboteur saint samurai sceptic schoolmate scout sentry serviceman servicewoman "
    "sheriff shipmate sibling sinner skeptic sociopath spy stepdaughter stepson stewardess student "
    "subordinate superintendent superstar suspect technocrat therapist thug toddler tot tribesman triplet "
    "troops tutor twin uncle undergraduate vandal vet veteran villain virgin waitress warden warlord "
    "whistleblower zealot "
)
"""Nouns for people without such an ending, or with one of the listed things."""
THINGS = word_set(
    "accelerator adapter adder airliner alligator altar alternator amphibian amplifier anchor anger "
    "answer antioxidant antler aquifer armor armour automaker backlist badger banner barometer barrier "
    "bazaar beaver beeper beer bestseller binder bitter blacklist blaster blazer blender blister "
    "blockbuster blower blucher boiler booster border boulder breaker brewer broadcaster brochure buffer "
    "bulldozer bullet bumper bunker burger burner butter buzzer caiman calculator calendar caliber "
    "calibre cancer canister cannister capacitor carburetor career carmaker carrier cellar center "
    "centimeter centre chamber chapter charger charter checklist chimpanzee chipmaker chopper cider "
    "cinder cipher cleaver clipper clover cluster coaster coffee collar color colour committee compressor "
    "computer condor conifer connector constant container contaminant controller converter cooker coolant "
    "cooler copper corner corridor counter counteroffer covenant cover cracker crater croissant cruiser "
    "crustacean cucumber currant cutter cylinder dalmatian danger datacenter decree deer defibrillator "
    "deflator degree denominator deodorant descriptor destroyer detector determinant diameter digger "
    "dinner dipper disaster dishwasher disinfectant disorder distiller distributor dollar door "
    "doubleheader dreadnought drugmaker dryer dumper duster eggplant ejector elephant elevator encounter "
    "entree equator error escalator excavator exporter factor fastballer fastener favor favour feather "
    "fee feeder fertiliser fertilizer fever fiber fibre filigree filler filter finger flavor flavour "
    "flier floor flower flyer folder footer freezer freighter frisbee fritter frontier gander gender "
    "generator ginger girder glacier gopher grader grant grinder grist grocer grouper guarantee guitar "
    "gutter hamburger hammer hamper hamster hanger harbor harbour header headliner heater heifer "
    "helicopter hitlist honor honour horror hotlist houseplant hover humor hydrant hydrometer icebreaker "
    "implant importer incubator indicator injector insurer integer interceptor inverter irritant jetliner "
    "jubilee juggernaut jumper juniper kilometer kingfisher knee labor labour ladder lager lander laser "
    "launcher lawnmower layer leather ledger lender letter levee lever lighter liner liquor list liter "
    "litre litter loader lobster locker loudspeaker lubricant lumber lunar lychee manatee manor "
    "manslaughter manufacturer marker marquee matter median melee merger meridian metaphor meteor meter "
    "metre millimeter minesweeper mirror mist monitor monster motor multiplier murder nectar newsletter "
    "newspaper number numerator obsidian odor odour offer opener orbiter order otter ottoman outlier "
    "oyster pageant pager pajama panther paper parameter parlor parlour pedigree pendant pepper "
    "percolator perimeter pheasant pier pillar plant platter playlist plover poker pollutant poster power "
    "powerplant prayer predictor primer printer processor projector propellant propeller provider "
    "publisher puree quadrant quarter quiver radar radiator rafter razor reactor receptor recorder "
    "refiner reflector refrigerator register regulator reindeer remnant reptilian resistor respirator "
    "restaurant retailer river rollercoaster roman rooster roster rotor router rover rubber rumor rumour "
    "saber sabre salamander sampler sanitizer scanner schooner scooter scraper screener screwdriver "
    "sealant sector semester semiconductor seminar sensor separator server settee shelter shortlist "
    "shoulder shower shutter silver simulator skewer skyscraper slant slaughter slipper sliver sneaker "
    "solar sonar speedometer spider splinter spoiler spree sprinkler stabilizer stapler starter steamer "
    "sticker stimulant strainer stressor stretcher stroller subcommittee subtree summer supercenter "
    "superconductor supplier surrender sweater sweeper talisman tanker teaser tender terror theater "
    "theatre thermometer thriller thruster thunder tiebreaker tier tiger timber timer toaster toffee "
    "toner tower tracker tractor trailer tranquilizer transceiver transfer transformer transistor "
    "transplant trawler tree tremor trigger trimester trouser tumor tumour tuner twist ulcer vapor vapour "
    "variant vector veneer ventilator viper voucher wafer waitlist walkman want warrant washer watchlist "
    "water weather whist wholesaler winter wishlist wonder woodpecker wrapper wrist zipper "
)
THING_ENDING = re.compile(
    r"(?:meter|metre|copter|scraper|liner|power|tower|water|paper|quarter|center|centre|letter"
    r"|flower|conductor|reactor|sensor|motor|processor|printer|maker|purifier|freezer|washer|planter|timer"
    r"|launcher|loader|charger|container|mower|tractor|monitor|layer|chamber|disaster|counter|cover|border"
    r"|plant|transplant|implant|committee|tree|thermostat|sphere|fiber|finger|meteor|factor|vector|sector)$"
)
MAKERS = word_set(
    "lawmaker policymaker filmmaker peacemaker troublemaker shoemaker dressmaker homemaker matchmaker "
    "decisionmaker watchmaker moviemaker bookmaker cheesemaker"
)
CRAFT = {
    "carrier": word_set(
        "aircraft missile personnel troop armored armoured helicopter bulk ore coal oil gas lng car cargo "
        "air budget national low-cost vehicle wireless phone mobile telecom insurance"
    ),
    "bomber": word_set("stealth strategic heavy long-range nuclear jet dive supersonic"),
    "fighter": word_set("jet stealth supersonic fifth-generation"),
}
"""Nouns for people that, behind one of these words, are ships, aircraft or companies."""


def is_agent(lemma: str) -> bool:
    """Whether `lemma` is formed as a noun for people, and is none of the known things."""
    last = lemma.rsplit("-", 1)[-1]
    if lemma in PEOPLE or last in PEOPLE or lemma in MAKERS:
        return True
    if len(last) < SHORTEST or lemma in THINGS or last in THINGS or THING_ENDING.search(last):
        return False
    return AGENT.search(last) is not None


def is_craft(lemma: str, before: str) -> bool:
    """ "two aircraft carriers", "six stealth bombers": no people."""
    return before in CRAFT.get(lemma, ())
