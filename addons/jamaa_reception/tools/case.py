"""Where one person stands among the questions of a sheet, as an address holds it."""

import re

from . import conditions

#: Longest list of answers in an address, and how one is written: digits of base 36, “x” before what was skipped.
ANSWERS_LIMIT = 300
_ANSWER = re.compile(r"x?[0-9a-z]{1,8}")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def short(number):
    """Write an id in base 36."""
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text or "0"


class Case:
    """Where one person stands among the questions of a sheet.

    :param dict content: see ``jamaa.procedure.sheet._content``
    :param str answers: as an address holds them; what is not of this sheet is left out
    """

    def __init__(self, content, answers):
        self.content = content
        self._question_of = {one["id"]: one["question_id"] for one in content["answer"]}
        self._order = [(one["id"], self.condition(one)) for one in content["question"]]
        self.strange = False
        given, skipped = self._read(answers)
        self.walked = conditions.walk(self._order, given)
        self.given = {question: answer for question, answer in self.walked.asked.items() if answer}
        waiting = [question for question, answer in self.walked.asked.items() if answer is None]
        self.skipped = [question for question in waiting if question in skipped]
        self.following = next((question for question in waiting if question not in skipped), None)

    def _read(self, answers):
        given, skipped = {}, set()
        questions = {key for key, _condition in self._order}
        for part in filter(None, (answers or "")[:ANSWERS_LIMIT].split("-")):
            key = int(part.removeprefix("x") or "0", 36) if _ANSWER.fullmatch(part) else 0
            if part.startswith("x") and key in questions:
                skipped.add(key)
            elif key in self._question_of:
                given[self._question_of[key]] = key
            else:
                self.strange = True
        return given, skipped

    def condition(self, line):
        """Return the condition of a line as ``tools.conditions`` wants it."""
        condition = {}
        for answer in line["when"]:
            condition.setdefault(self._question_of[answer], set()).add(answer)
        return condition

    def verdict(self, line):
        """Tell whether a line concerns this person: yes, no or maybe."""
        return conditions.concerns(self.condition(line), self.given, self.walked.excluded)

    def address(self, *, without=None, more=""):
        """Return the answers as an address holds them.

        :param without: a question that is put again
        :param str more: a further answer, already short
        """
        parts = []
        for question in self.walked.asked:
            if question == without:
                continue
            if question in self.given:
                parts.append(short(self.given[question]))
            elif question in self.skipped:
                parts.append(f"x{short(question)}")
        return "-".join([*parts, *([more] if more else [])])
