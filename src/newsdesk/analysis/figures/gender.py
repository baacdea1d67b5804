"""Titles, offices and first names that nearly always are of one gender: what a pronoun must agree with."""

from __future__ import annotations

from newsdesk.analysis.figures.words import word_set

MALE = word_set(
    "mr sir lord king prince emir sultan sheikh ayatollah pope bishop imam chairman spokesman businessman "
    "congressman policeman fireman fisherman father brother husband son uncle grandfather man boy salesman "
    "adam ahmed albert alexander ali andrew anthony antonio barack benjamin bernie bill boris brian carlos "
    "charles christopher daniel david dmitry donald edward emmanuel eric frank gary george gordon harry "
    "hassan henry ibrahim ivan jack jacob jake james jason jean-claude jeff jeremy jim joe joel john jon "
    "jonathan jose joseph joshua juan justin karim ken kevin khalid larry luis mahmoud marco mario mark "
    "martin matthew michael mike mohamed mohammad mohammed muhammad mustafa narendra nicholas nick oleg "
    "oliver omar osama pablo patrick paul pedro peter philip recep rex richard robert rodrigo ron ronald "
    "russell salman samuel scott sean sergei sergey stephen steve steven ted thomas tim timothy tom tony "
    "viktor vladimir volodymyr walter william xavier yusuf"
)
FEMALE = word_set(
    "mrs ms miss madam lady queen princess chairwoman spokeswoman businesswoman congresswoman policewoman "
    "mother sister wife daughter aunt grandmother woman girl widow actress "
    "aisha alexandra alice amanda amy ana andrea angela anna anne barbara catherine christina christine "
    "claire claudia cristina diana dilma dina elena elizabeth emily emma eva fatima fatma gabriela hannah "
    "helen hillary irina isabel jacinda jane janet jennifer jessica joan judith julia julie karen kate "
    "katherine kathleen laura layla leila linda lisa lucy margaret maria marie marina marine martha mary "
    "melania melissa michelle monica nadia nancy natalia nicola olga patricia rachel rebecca ruth samantha "
    "sandra sara sarah sharon sonia sophie susan svetlana tanya theresa tzipi ursula valentina vera victoria "
    "yasmin zainab"
)
