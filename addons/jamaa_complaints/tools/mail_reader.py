"""A mail read once: who, what, which files, and whether a person wrote it.

Pure Python, so that it can be tried on any mail without a database.
"""

import base64
import email
import email.policy
import re
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser

from lxml.etree import LxmlError

from odoo.tools import html2plaintext
from odoo.tools.mail import email_normalize, email_split_tuples, html_sanitize

from .mail_charset import decode_bytes, decode_header_text

#: Parts looked at; what nests deeper or counts more was made to do harm.
PART_LIMIT = 500
#: Letters of text kept; longer texts stay in the raw mail.
TEXT_LIMIT = 200_000
ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
# Lines in which mail programs quote the envelope of the mail they forward.
QUOTED_ENVELOPE = re.compile(
    r"^[ \t>*]*(?:from|to|cc|reply-to|sent by|de|à|a|expéditeur|destinataire|copie|"
    r"من|إلى|الى|نسخة|المرسل)[* ]*\s*:.*@.*$",
    re.IGNORECASE | re.MULTILINE,
)
OUT_OF_OFFICE = re.compile(
    r"^\W*(?:out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?re(?:ply|sponse)|autoreply|vacation reply|"
    r"r[ée]ponse automatique|absence du bureau|absent du bureau|message d['’]absence|absence\s*:|en cong[ée]s?\b|"
    r"رد تلقائي|رد آلي|ردّ تلقائي|رد اوتوماتيكي|خارج المكتب|إجازة سنوية|في إجازة|غائب عن المكتب)",
    re.IGNORECASE,
)
DAEMONS = ("mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon")
ROBOTS = ("noreply", "no-reply", "donotreply", "do-not-reply", "ne-pas-repondre", "nepasrepondre")
HOPS_LIMIT = 50
# Kinds of file a browser would run when it shows them.
ACTIVE_KINDS = ("html", "svg", "xml", "javascript", "ecmascript", "mhtml", "x-shockwave", "hta", "rfc822")


class UnreadableMail(Exception):
    """No program made this mail to be read."""


@dataclass
class Mail:
    """What a mail says; texts are clean of NUL and lone surrogates."""

    headers: dict
    subject: str = ""
    text: str = ""
    date: str = ""
    message_id: str = ""
    references: list = field(default_factory=list)
    sender_name: str = ""
    sender: str = ""
    envelope: dict = field(default_factory=dict)
    recipients: list = field(default_factory=list)
    files: list = field(default_factory=list)
    inner_ids: list = field(default_factory=list)
    report_actions: set = field(default_factory=set)
    is_report: bool = False

    def addresses(self):
        """Every address of the envelope, inner envelopes of forwarded mails included."""
        return {found.lower() for value in self.envelope.values() for found in ADDRESS.findall(value)}

    def all_ids(self):
        """Message-IDs this mail answers to or reports on."""
        return [*self.references, *self.inner_ids]

    def reason_aside(self):
        """Why no case is opened by itself: a code, or None for a mail of a person."""
        head = self.headers
        local = self.sender.partition("@")[0].lower()
        bounced = self.is_report or local in DAEMONS or "x-failed-recipients" in head
        if bounced or head.get("return-path", "").strip() == "<>":
            return "report"
        submitted = head.get("auto-submitted", "no").split(";")[0].strip().lower()
        precedence = head.get("precedence", "").strip().lower()
        if (
            submitted != "no"
            or "x-autoreply" in head
            or "x-autorespond" in head
            or "x-autoresponse" in head
            or precedence in ("auto_reply", "auto-reply")
            or local in ROBOTS
            or OUT_OF_OFFICE.search(re.sub(r"^\s*(?:re|rép|aw|رد)\s*:\s*", "", self.subject, flags=re.IGNORECASE))
        ):
            return "auto"
        if "list-id" in head or "list-unsubscribe" in head or precedence in ("bulk", "list", "junk"):
            return "list"
        if int(head.get("received-count", "0")) > HOPS_LIMIT:
            return "loop"
        return None

    def has_failed(self):
        """Whether a delivery report says that a mail did not arrive."""
        if self.report_actions:
            return "failed" in self.report_actions
        # not every server writes the machine-readable part
        return "disposition-notification" not in self.headers.get("content-type", "").lower()


def _clean(text):
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def read_headers(raw):
    """Headers of a mail, by lower-case name; of several, the first one and how many `Received`.

    :param bytes raw: the mail
    """
    message = BytesHeaderParser(policy=email.policy.compat32).parsebytes(raw[:1_000_000])
    return _headers(message)


def _headers(message):
    found, received = {}, 0
    for name, value in message.raw_items():
        name = name.lower()
        received += name == "received"
        text = _clean(decode_header_text(value))
        if name in ("to", "cc", "delivered-to", "x-original-to", "resent-to", "resent-cc") and name in found:
            found[name] += ", " + text
        else:
            found.setdefault(name, text)
    found["received-count"] = str(received)
    return found


def _ids(*values):
    return [found for value in values for found in re.findall(r"<[^<>\s]+>", value or "")]


def read_frame(raw):
    """Envelope and headers of a mail, without its content: what is left of unreadable ones."""
    head = read_headers(raw)
    senders = email_split_tuples(head.get("from", ""))
    name, sender = senders[0] if senders else ("", "")
    mail = Mail(
        headers=head,
        subject=" ".join(head.get("subject", "").split()),
        date=head.get("date", ""),
        message_id=(_ids(head.get("message-id")) or [""])[0],
        references=_ids(head.get("in-reply-to"), head.get("references"))[-40:],
        sender_name=name,
        sender=email_normalize(sender) or sender,
        envelope={
            key: head[key] for key in ("from", "sender", "reply-to", "return-path", "to", "cc", "bcc") if head.get(key)
        },
    )
    names = ("delivered-to", "x-original-to", "to", "cc", "resent-to", "resent-cc")
    mail.recipients = list(
        dict.fromkeys(found.lower() for key in names for found in ADDRESS.findall(head.get(key, "")))
    )
    return mail


def read_mail(raw):
    """Read a whole mail.

    :param bytes raw: as the server handed it over
    :raise UnreadableMail: too deep, too many parts, or not a mail at all
    """
    mail = read_frame(raw)
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        texts = []
        _read_part(message, mail, texts)
    except (RecursionError, ValueError, LookupError, TypeError, LxmlError, AssertionError) as problem:
        raise UnreadableMail(type(problem).__name__) from problem
    mail.text = _clean("\n\n".join(filter(None, (text.strip() for text in texts))))[:TEXT_LIMIT]
    return mail


def _read_part(message, mail, texts):
    """Walk the parts without recursion: a mail of a thousand boxes is no reason to fall."""
    stack, seen = [message], 0
    while stack:
        part = stack.pop()
        seen += 1
        if seen > PART_LIMIT:
            raise UnreadableMail("too many parts")
        kind = part.get_content_type()
        if kind == "multipart/report":
            mail.is_report = True
        if kind in ("message/delivery-status", "message/disposition-notification"):
            _read_report(part, mail)
        elif kind == "multipart/alternative":
            stack.extend(reversed(_alternative(part)))
        elif kind == "message/rfc822" and part.is_multipart():
            inner = part.get_payload()[0]
            _read_inner(inner, mail, texts)
            if not mail.is_report:
                stack.append(inner)
        elif part.is_multipart():
            stack.extend(reversed(part.get_payload()))
        elif _file_name(part).lower().endswith(".eml") and (data := part.get_payload(decode=True)):
            inner = email.message_from_bytes(data, policy=email.policy.compat32)
            _read_inner(inner, mail, texts)
            stack.append(inner)
        else:
            _read_leaf(part, kind, mail, texts)


def _alternative(part):
    """The plain text of several versions of one text, and the files beside them."""
    parts = part.get_payload() if part.is_multipart() else []
    plain = [
        one for one in parts if one.get_content_type() == "text/plain" and (one.get_payload(decode=True) or b"").strip()
    ]
    return plain[:1] + [one for one in parts if one.get_content_maintype() != "text"] if plain else parts


def _read_report(part, mail):
    mail.is_report = True
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else ():
        action = str(block.get("Action") or "").strip().lower()
        if action:
            mail.report_actions.add(action)
        mail.inner_ids += _ids(str(block.get("Original-Message-ID") or ""))


def _read_inner(inner, mail, texts):
    """A forwarded mail: its words are shown, its addresses go with the envelope."""
    head = _headers(inner)
    mail.inner_ids += _ids(head.get("message-id"), head.get("x-microsoft-original-message-id"))
    rank = sum(1 for key in mail.envelope if key.startswith("inner"))
    addresses = "; ".join(f"{key}: {head[key]}" for key in ("from", "to", "cc", "reply-to") if head.get(key))
    if addresses:
        mail.envelope[f"inner {rank + 1}"] = addresses
    if not mail.is_report:
        texts.append("\n".join(filter(None, ("— — —", head.get("date", ""), head.get("subject", "")))))


def _read_leaf(part, kind, mail, texts):
    data = _bytes_of(part)
    if kind.startswith("multipart/"):
        # it says it has parts and has none: what is there is its text
        kind = "text/plain"
    name = _clean(_file_name(part))
    disposition = str(part.get("Content-Disposition") or "").strip().lower()
    charset = part.get_content_charset()
    if kind == "text/rfc822-headers":
        found = re.findall(rb"(?im)^message-id:\s*(<[^>\r\n]+>)", data)
        mail.inner_ids += _ids(*(one.decode("ascii", "replace") for one in found))
        return
    if kind in ("text/plain", "text/html") and not name and not disposition.startswith("attachment"):
        text = decode_bytes(data, charset)
        if kind == "text/html":
            text = html2plaintext(html_sanitize(text)) if text.strip() else ""
        texts.append(text)
        return
    if data:
        mail.files.append((name or "attachment", data, kind))


def _bytes_of(part):
    """Content of a part; a transfer encoding cut short gives what is there."""
    raw = str(part.get_payload() or "")
    data = part.get_payload(decode=True)
    coded = str(part.get("Content-Transfer-Encoding") or "").strip().lower() == "base64"
    if coded and data == raw.encode("ascii", "replace"):
        letters = re.sub(r"[^A-Za-z0-9+/]", "", raw)
        letters = letters[: len(letters) - (len(letters) % 4 == 1)]
        return base64.b64decode(letters + "=" * (-len(letters) % 4))
    return raw.encode("utf-8", "surrogateescape") if data is None else data


def _file_name(part):
    name = part.get_filename()
    if not name:
        return ""
    name = decode_header_text(name).replace("\\", "/").rpartition("/")[2]
    return " ".join(name.split())[:120]


def safe_kind(kind, name):
    """The kind under which a file of a mail is served: never one a browser runs."""
    suffix = name.lower().rpartition(".")[2]
    if any(word in kind.lower() for word in ACTIVE_KINDS) or any(
        word in suffix for word in ("htm", "svg", "xml", "js", "hta", "eml", "shtml")
    ):
        return "application/octet-stream"
    return kind.lower() if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) else "application/octet-stream"


def hide_addresses(text, addresses):
    """Take the addresses of an envelope out of the words, and quoted envelopes with them.

    :param addresses: lower-case addresses of the envelope
    :return: the words, and the lines that were taken out
    """
    taken = [found.group().strip() for found in QUOTED_ENVELOPE.finditer(text)]
    text = QUOTED_ENVELOPE.sub("…", text)
    text = ADDRESS.sub(lambda found: "…" if found.group().lower().rstrip(".") in addresses else found.group(), text)
    return text, taken
