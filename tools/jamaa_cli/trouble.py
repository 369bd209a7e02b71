"""The one way a step says that it cannot go on."""


class Trouble(Exception):
    """A failure told to a person: one clear sentence, what to do, where the log is.

    :param sentence: what went wrong, in one sentence.
    :param mend: the command or act that mends it, if one is known.
    :param log: path of the file that tells more, if there is one.
    """

    def __init__(self, sentence, mend=None, log=None):
        super().__init__(sentence)
        self.sentence = sentence
        self.mend = mend
        self.log = log

    def lines(self):
        """Return the text to show, line by line."""
        lines = [self.sentence]
        if self.mend:
            lines.append(f"To mend it: {self.mend}")
        if self.log:
            lines.append(f"Log: {self.log}")
        return lines
