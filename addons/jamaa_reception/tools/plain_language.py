"""Whether a text is plain: sentences, words, and the formulas of offices, in Arabic and French. Pure functions.

The bounds are ours, from what guides of plain writing agree on: one idea a sentence, about
fifteen to twenty words. They are remarks for whoever writes, never a mark or a block.
"""

import re
import unicodedata
from typing import NamedTuple

#: Words a sentence holds at most.
SENTENCE_WORDS = {"ar": 18, "fr": 20}
#: Letters a word holds at most; in Arabic without its article and what hangs before it.
WORD_LETTERS = {"ar": 10, "fr": 14}
#: Sentences a step holds at most: a step is one thing to do.
STEP_SENTENCES = 2
KINDS = ("long_sentence", "long_word", "hard_word", "passive", "long_step")

_ARABIC = "\u0621-\u064a\u0671"
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
_END = re.compile(r"[.!?؟…]+(?=[\s»\"”)]|$)|[\n؛;]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
#: What is written together with the word that follows: and, so, by, for, like, the.
_BEFORE = "(?:[وف]?(?:[بكل]?ال|لل|[بكل])?)"
_AFTER = "(?:ه|ها|هم|هما|كم|ك|نا|ات|ين|ون|ان|ة)?"
#: Who does it is not said.
PASSIVE = {
    "ar": (
        r"(?:وي|ي|سي|ت|وت|ست)تم", r"تم(?:ت)?", r"من طرف", r"من قبل", r"يتعين", r"ينبغي", r"يستوجب",
        r"بناء على ذلك", r"وفق الكيفيات", r"طبقا لمقتضيات",
    ),
    "fr": (
        r"il (?:est|sera) procédé", r"il y a lieu d[e’']", r"il convient d[e’']", r"il est (?:demandé|rappelé|précisé|porté)",
        r"(?:est|sont|sera|seront) (?:soumis|assujetti|effectué|établi|délivré|instruit|adressé|requis|exigé)e?s?",
        r"(?:doit|doivent|devra|devront) être \w+", r"en application d[e’']", r"conformément aux? ",
        r"dans le cadre d[e’']", r"par les soins d[e’']",
    ),
}  # fmt: skip


class Remark(NamedTuple):
    """Something to look at again.

    :param str kind: one of :data:`KINDS`
    :param str found: the words it is about
    :param str instead: plain words for a hard one, else empty
    :param int number: how many words, letters or sentences; 0 where that says nothing
    """

    kind: str
    found: str
    instead: str = ""
    number: int = 0


def sentences(text):
    """Return the sentences of a text; a line is one too, and so is what a semicolon parts."""
    return [part.strip() for part in _END.split(text or "") if part and _WORD.search(part)]


def words(sentence):
    """Return the words of a sentence, numbers and signs left out."""
    return _WORD.findall(sentence)


def folded(text, lang):
    """Return a text in which words are compared: small letters; in Arabic no vowel signs, one form of alef."""
    text = unicodedata.normalize("NFC", text or "").replace("’", "'").lower()
    if lang == "ar":
        text = re.sub("[أإآٱ]", "ا", _MARKS.sub("", text)).replace("ى", "ي")
    return text


def _pattern(expression, lang):
    """Return the pattern that finds a word or a few of them, as they stand in sentences."""
    parts = [re.escape(part) for part in folded(expression, lang).split()]
    if lang == "ar":
        return rf"(?<![{_ARABIC}]){_BEFORE}" + r"\s+".join(parts) + rf"{_AFTER}(?![{_ARABIC}])"
    return r"(?<!\w)" + r"\s+".join(f"{part}(?:e?s|x)?" for part in parts) + r"(?!\w)"


def compiled(hard_words, lang):
    """Return what :func:`check` looks for, longest first, so that an expression counts once.

    :param dict hard_words: hard word -> plain one
    """
    ordered = sorted(hard_words.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return [(re.compile(_pattern(hard, lang)), plain) for hard, plain in ordered]


def _bare(word, lang):
    """Return a word without what is written before it in Arabic."""
    if lang != "ar":
        return word
    return re.sub(r"^[وف]?(?:[بكل]?ال|لل)", "", _MARKS.sub("", word))


def check(text, lang, looked_for, step=False):
    """Return what to look at again in a text.

    :param str text: of one field
    :param str lang: ``ar`` or ``fr``
    :param looked_for: of :func:`compiled`
    :param bool step: it is one step of a procedure
    :return: list of :class:`Remark`, in the order of the text within each kind
    """
    found = []
    parts = sentences(text)
    for sentence in parts:
        count = len(words(sentence))
        if count > SENTENCE_WORDS[lang]:
            found.append(Remark("long_sentence", _short(sentence), number=count))
    if step and len(parts) > STEP_SENTENCES:
        found.append(Remark("long_step", _short(text), number=len(parts)))
    plain_text = folded(text, lang)
    taken = {}
    for pattern, plain in looked_for:
        for match in pattern.finditer(plain_text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken[match.span()] = Remark("hard_word", match.group(), plain)
    found += [taken[span] for span in sorted(taken)]
    for form in PASSIVE[lang]:
        pattern = rf"(?<![\w]){form}" + (r"(?!\w)" if form[-1].isalnum() or form[-1] in "?)+" else "")
        found.extend(
            Remark("passive", match.group().strip()) for match in re.finditer(folded(pattern, lang), plain_text)
        )
    hard = {remark.found for remark in found if remark.kind == "hard_word"}
    for word in dict.fromkeys(words(text)):
        letters = max(len(_bare(part, lang)) for part in re.split(r"['’\-]", word))
        if letters > WORD_LETTERS[lang] and not any(folded(word, lang) in one for one in hard):
            found.append(Remark("long_word", word, number=letters))
    return found


def _short(text, most=90):
    """Return the beginning of a text, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
