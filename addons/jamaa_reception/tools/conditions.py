"""When a piece, a fee or a question concerns somebody: a pure function of the answers given.

A condition is the set of answers that call for it. Several answers of one question stand for
"one of these"; answers of several questions stand for "all of these questions". No answer at
all means: always.
"""

from typing import NamedTuple

YES, NO, MAYBE = "yes", "no", "maybe"


class Walk(NamedTuple):
    """Where somebody stands among the questions.

    :param dict asked: question -> answer, in order, of those that concern him; None: no answer yet
    :param following: the first without answer, or None
    :param set excluded: questions that do not concern him, whatever he answers from here on
    """

    asked: dict
    following: object
    excluded: set


def concerns(condition, given, excluded=()):
    """Tell whether a condition is met.

    :param dict condition: question -> set of its answers that call for it
    :param dict given: question -> the answer that was given
    :param excluded: questions that do not concern this person: a condition on one is not met
    :return: ``yes``, ``no``, or ``maybe`` while a question it hangs on has no answer
    """
    result = YES
    for question, answers in condition.items():
        if question in excluded:
            return NO
        if question not in given:
            result = MAYBE
        elif given[question] not in answers:
            return NO
    return result


def walk(questions, given):
    """Tell which questions concern somebody, and which of them comes next.

    A question that hangs on one still without answer waits: it is neither asked nor excluded.

    :param list questions: pairs (question, its condition) in the order in which they are put;
        a question hangs on earlier ones only
    :param dict given: question -> answer, possibly with answers to questions that no longer
        concern this person: those are ignored
    :rtype: Walk
    """
    asked, counted, excluded, following = {}, {}, set(), None
    for question, condition in questions:
        verdict = concerns(condition, counted, excluded)
        if verdict == NO:
            excluded.add(question)
        elif verdict == YES:
            asked[question] = given.get(question)
            if asked[question] is not None:
                counted[question] = asked[question]
            elif following is None:
                following = question
    return Walk(asked, following, excluded)
