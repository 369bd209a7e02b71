"""How a word sounds, whatever letters it is written in: its skeleton of consonants.

In Morocco a French word is often written in Arabic letters (بيرمي for permis) and an Arabic
one in Latin letters and digits (3a9d for عقد). Vowels differ from hand to hand and go; the
consonants that remain are written in one alphabet of capitals for all scripts:

``B`` b p · ``T`` t th ط ث · ``J`` j · ``H`` h 7 ح ه · ``X`` kh 5 خ · ``D`` d ض ذ ظ · ``R`` ·
``Z`` · ``S`` s ص · ``C`` ch sh ش · ``E`` 3 ع · ``G`` gh غ · ``F`` f v · ``K`` k q g 9 ق ك ·
``L`` · ``M`` · ``N`` · ``W`` · ``Y`` (the last two only where they open a syllable).

A Latin word has two readings, French and Arabic; a word with ``E`` is kept without it too,
because who types no digits leaves the ع out.
"""

import re

_ARABIC = str.maketrans(
    "بتطثجحهخدذضظرزسصشعغفقكلمن",
    "BTTTJHHXDDDDRZSSCEGFKKLMN",
    "اويء",
)
# و and ي stand for consonants at the beginning and before a long vowel, else for vowels.
_WAW = re.compile("^و|و(?=[اي])")
_YA = re.compile("^ي(?=.)|ي(?=[او]|ه$)")
# What is glued to a word; where a group matches, a short remainder is believed too.
_ARTICLE_L = re.compile("l(?=[aeou])|(l(?!i)|ل)")
_PREFIX_D_N = re.compile("n(?=[^aeiouy])|ن|(د)")
# In Latin letters the t of a ta marbuta is written where it is heard: chahadat l7ayat.
_HEARD_TA = re.compile("(?<=..[ae])t$")
_TA_MARBUTA = re.compile("(?<=..)(?:ه|(?<=ا)ت)$")

_VOWELS = re.compile("[aeiouy]")
_TIFINAGH = str.maketrans(
    "ⴱⵜⵟⵊⵃⵀⵅⴷⴹⵔⵕⵣⵥⵙⵚⵛⵄⵖⴼⵇⴽⴳⵍⵎⵏⵡⵢ",
    "BTTJHHXDDRRZZSSCEGFKKKLMNWY",
    "ⴰⵉⵓⴻⵯ",
)

_FRENCH = [
    (re.compile(pattern), written)
    for pattern, written in (
        ("(?<=[aeiouy])s(?=[aeiouy])", "z"),
        ("ç", "s"),
        ("cc(?=[eiy])", "ks"),
        ("(?<!v)(?<!qu)(?<!^m)ill(?=[aeiou])|(?<=[aeo])il(?=l|$)", "i"),
        (r"(.)\1+", r"\1"),
        ("(?<=..)(?:er|ez)$", "e"),
        ("(?<=..)[sx]$", ""),
        ("(?<=..)[tdpz]$", ""),
        ("s?ch", "C"),
        ("ph", "f"),
        ("h", ""),
        ("gn", "n"),
        ("(?<!s)ti(?=on|al|el|en)", "sy"),
        ("oi", "wa"),
        ("qu|q", "k"),
        ("g(?=[eiy])", "j"),
        ("x", "ks"),
        ("s?c(?=[eiy])", "s"),
        ("[cg]", "k"),
    )
]
_ARABIZI = [
    (re.compile(pattern), written)
    for pattern, written in (
        (r"(.)\1+", r"\1"),
        ("(?<=..[ae])h$", ""),
        ("ch|sh", "C"),
        ("kh|5", "X"),
        ("gh", "G"),
        ("th|6", "t"),
        ("dh", "d"),
        ("[78]", "h"),
        ("2", ""),
        ("3", "E"),
        ("9|q|ç|[cg]", "k"),
        ("x", "ks"),
    )
]
_BOTH = [
    (re.compile(pattern), written)
    for pattern, written in (
        ("ou(?=[aeiy])", "w"),
        ("[iy](?=[aou])", "Y"),
        ("^y", "Y"),
        ("v", "f"),
        ("p", "b"),
    )
]


def _latin(word, rules):
    for pattern, written in (*rules, *_BOTH):
        word = pattern.sub(written, word)
    return _VOWELS.sub("", word).upper()


def _arabic(word):
    """Return the skeletons; a final ت may be a root's own or a ta marbuta written as it is heard."""
    word = _TA_MARBUTA.sub("", _YA.sub("Y", _WAW.sub("W", word)))
    sounds = [word.translate(_ARABIC)]
    return sounds + [sounds[0][:-1]] if len(word) > 3 and word[-1] == "ت" else sounds


def skeletons(word):
    """Return the skeletons of one folded word.

    :param str word: lower case, without accents (the cedilla may stay) and, in Arabic letters,
        without the article
    :return: tuple of strings of capitals, each once; empty for a number or a bare vowel
    """
    if word.isdigit():
        return ()
    if re.search("[\u0621-\u06ff]", word):
        found = _arabic(word)
    elif re.search("[\u2d30-\u2d7f]", word):
        found = [word.translate(_TIFINAGH)]
    else:
        found = [_latin(word, _FRENCH), _latin(word, _ARABIZI)]
        if _HEARD_TA.search(word):
            found.append(found[-1][:-1])
    found += [sound.replace("E", "") for sound in found]
    # A one-letter skeleton is anybody's.
    return tuple(dict.fromkeys(sound for sound in found if len(sound) > 1 and sound.isascii() and sound.isalpha()))


def bare_skeletons(word):
    """Return further skeletons of a typed word, without what is often written together with it.

    French and dialect articles (lacarte, l7ala, ليكستري, دابيتي) and the dialect's verb prefix
    (نليكاليزي) are taken away. Only for what people type: the catalogue parts its words.
    """
    found = []
    for sound in skeletons(word):
        glued = _ARTICLE_L.match(word) if sound[0] == "L" else _PREFIX_D_N.match(word) if sound[0] in "DN" else None
        if glued and len(sound) > 3 - (glued.lastindex or 0):
            found.append(sound[1:])
    return tuple(dict.fromkeys(found))
