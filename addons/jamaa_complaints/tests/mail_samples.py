"""Mails as they come to a town hall, built here so that each can be read.

Each sample says what becomes of it: ``case`` or ``aside`` with its reason.
"""

import base64
import quopri
from email.header import Header
from email.message import EmailMessage

ARABIC = "السلام عليكم، الإنارة العمومية معطلة في شارع النخيل منذ ثلاثة أسابيع."
ARABIC_SUBJECT = "شكاية حول الإنارة العمومية"
FRENCH = "Bonjour, l'éclairage est coupé à l'école depuis trois semaines."
WORDS = "شارع النخيل"
SENDER = "Amina Raji <amina.raji@example.org>"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Sample:
    """One mail: a name, its bytes, what becomes of it, and words to be read afterwards."""

    def __init__(self, name, raw, fate="case", words=(), files=0):
        self.name, self.raw, self.fate, self.words, self.files = name, raw, fate, words, files


def head(to, number, subject="Open drain", sender=SENDER, **more):
    """Header lines as bytes."""
    lines = {
        "Return-Path": "<amina.raji@example.org>",
        "To": to,
        "From": sender,
        "Subject": subject,
        "Message-ID": f"<amina.raji.{number}@example.org>",
        "Date": "Tue, 3 Mar 2026 12:43:21 +0000",
        "MIME-Version": "1.0",
        **{key.replace("_", "-"): value for key, value in more.items()},
    }
    return b"".join(
        key.encode() + b": " + (value if isinstance(value, bytes) else value.encode()) + b"\r\n"
        for key, value in lines.items()
        if value is not None
    )


def flat(top, content, kind="text/plain; charset=utf-8", coding="8bit"):
    """A mail of one part."""
    return top + f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode() + content


def bare(top, content):
    """A mail that says nothing of its content."""
    return top + b"\r\n" + content


def boxed(top, *parts, kind="mixed", more=""):
    """A mail of several parts, each given as (header, content bytes)."""
    out = top + f'Content-Type: multipart/{kind}; boundary="b0"{more}\r\n\r\n'.encode()
    for header, content in parts:
        out += b"--b0\r\n" + header.encode() + b"\r\n\r\n" + content + b"\r\n"
    return out + b"--b0--\r\n"


def file_part(name, content, kind="application/octet-stream"):
    """An attached file."""
    header = (
        f'Content-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{name}"'
    )
    return header, base64.encodebytes(content)


TEXT = ("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit", ARABIC.encode())
REPORT = (
    "Content-Type: message/delivery-status",
    b"Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; lost@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n",
)


def bounce(to, number, about="<nothing@example.org>", action="failed"):
    """A delivery report about one of our mails."""
    report = (REPORT[0], REPORT[1].replace(b"failed", action.encode()))
    inner = f"From: {to}\r\nTo: lost@example.org\r\nSubject: Received\r\nMessage-ID: {about}\r\n\r\n".encode()
    return boxed(
        head(to, number, "Undelivered Mail Returned to Sender", "MAILER-DAEMON@mx.example.org", Return_Path="<>"),
        ("Content-Type: text/plain", b"I am sorry to inform you that the mail did not arrive."),
        report,
        ("Content-Type: message/rfc822", inner),
        kind="report",
        more="; report-type=delivery-status",
    )


def of_people(to):
    """Mails of people: each opens one case."""

    def top(number, subject=ARABIC_SUBJECT, **more):
        return head(to, f"p{number}", str(Header(subject, "utf-8")), **more)

    yield Sample("plain utf-8", flat(top(1), ARABIC.encode()), words=(WORDS,))
    yield Sample(
        "quoted-printable utf-8",
        flat(top(2), quopri.encodestring(ARABIC.encode()), coding="quoted-printable"),
        words=(WORDS,),
    )
    yield Sample("base64 utf-8", flat(top(3), base64.encodebytes(ARABIC.encode()), coding="base64"), words=(WORDS,))
    for rank, charset in enumerate(("windows-1256", "iso-8859-6"), start=4):
        yield Sample(charset, flat(top(rank), ARABIC.encode(charset), f"text/plain; charset={charset}"), words=(WORDS,))
        yield Sample(
            f"quoted-printable {charset}",
            flat(
                top(f"q{rank}"),
                quopri.encodestring(ARABIC.encode(charset)),
                f"text/plain; charset={charset}",
                "quoted-printable",
            ),
            words=(WORDS,),
        )
    for rank, charset in enumerate(("us-ascii", "iso-8859-1", "utf-8", "x-unknown", '"windows-1252"'), start=10):
        yield Sample(
            f"windows-1256 called {charset}",
            flat(top(rank), ARABIC.encode("windows-1256"), f"text/plain; charset={charset}"),
            words=(WORDS,),
        )
    yield Sample("no charset, windows-1256", bare(top(15), ARABIC.encode("windows-1256")), words=(WORDS,))
    yield Sample("no charset, utf-8", bare(top(16), ARABIC.encode()), words=(WORDS,))
    yield Sample(
        "utf-8 called iso-8859-1",
        flat(top(17), ARABIC.encode(), "text/plain; charset=iso-8859-1"),
        words=(WORDS,),
    )
    yield Sample(
        "French in windows-1252",
        flat(top(18, "Éclairage"), FRENCH.encode("cp1252"), "text/plain; charset=windows-1252"),
        words=("éclairage est coupé à l'école",),
    )
    subject = "=?windows-1256?B?" + base64.b64encode(ARABIC_SUBJECT.encode("windows-1256")).decode() + "?="
    yield Sample("subject in windows-1256", flat(head(to, "p20", subject), b"See above."), words=(ARABIC_SUBJECT,))
    encoded = ARABIC_SUBJECT.encode()
    # a program that cuts encoded words in the middle of a letter
    subject = " ".join("=?utf-8?B?" + base64.b64encode(piece).decode() + "?=" for piece in (encoded[:9], encoded[9:]))
    yield Sample("subject cut inside a letter", flat(head(to, "p21", subject), b"See above."), words=(ARABIC_SUBJECT,))
    yield Sample(
        "subject in raw bytes",
        flat(head(to, "p22", ARABIC_SUBJECT.encode("windows-1256")), b"See above."),
        words=(ARABIC_SUBJECT,),
    )
    yield Sample("huge subject", flat(head(to, "p23", "x" * 100_000), ARABIC.encode()), words=(WORDS,))
    yield Sample("no subject", flat(head(to, "p24", None), ARABIC.encode()), words=(WORDS,))
    yield Sample("broken subject", flat(head(to, "p25", "=?utf-8?B?####?= help"), ARABIC.encode()), words=(WORDS,))
    yield Sample("empty body", flat(head(to, "p26", "Only a subject"), b""), words=("Only a subject",))
    yield Sample("nothing at all", flat(head(to, "p27", None), b""))
    yield Sample("NUL bytes", flat(top(28), b"before\0after " + ARABIC.encode()), words=("beforeafter", WORDS))
    html = (
        f"<html><head><style>p{{color:red}}</style></head><body><p>{ARABIC}</p><script>alert(1)</script></body></html>"
    )
    yield Sample("HTML only", flat(top(29), html.encode(), "text/html; charset=utf-8"), words=(WORDS,))
    yield Sample(
        "HTML only, windows-1256",
        flat(top(30), html.encode("windows-1256"), "text/html; charset=windows-1256"),
        words=(WORDS,),
    )
    yield Sample(
        "both versions",
        boxed(top(31), TEXT, ("Content-Type: text/html; charset=utf-8", html.encode()), kind="alternative"),
        words=(WORDS,),
    )
    yield Sample("a picture", boxed(top(32), TEXT, file_part("lamp.png", PIXEL, "image/png")), words=(WORDS,))
    yield Sample(
        "winmail.dat",
        boxed(top(33), TEXT, file_part("winmail.dat", b"\x78\x9f\x3e\x22" + b"tnef" * 20, "application/ms-tnef")),
        words=(WORDS,),
        files=1,
    )
    yield Sample(
        "active files",
        boxed(
            top(34),
            TEXT,
            file_part("page.html", b"<html><script>alert(1)</script></html>", "text/html"),
            file_part("image.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/svg+xml"),
            file_part("photo.jpg", b"<html><script>alert(1)</script></html>", "image/jpeg"),
        ),
        words=(WORDS,),
        files=3,
    )
    yield Sample(
        "a file of 25 MB",
        boxed(top(35), TEXT, file_part("plan.bin", b"\x01\x02" * 13_107_200)),
        words=(WORDS,),
        files=1,
    )
    inner = (
        b"From: Hidden Person <hidden@example.org>\r\nTo: other@example.org\r\nSubject: Inner\r\n"
        b"Content-Type: text/plain; charset=windows-1256\r\n\r\n" + ARABIC.encode("windows-1256")
    )
    note = ("Content-Type: text/plain", b"See below.")
    yield Sample(
        "forwarded mail", boxed(top(36), note, ("Content-Type: message/rfc822", inner)), words=("See below", WORDS)
    )
    yield Sample(
        "forwarded as a file",
        boxed(top(37), note, file_part("mail.eml", inner)),
        words=("See below", WORDS),
    )
    quoted = f"---------- Forwarded message ---------\r\nFrom: Hidden <hidden@example.org>\r\nTo: other@example.org\r\n\r\n{ARABIC}"
    yield Sample("forwarded inline", flat(top(38), quoted.encode()), words=(WORDS,))
    yield Sample("no Message-ID", flat(head(to, "p39", "Drain", Message_ID=None), ARABIC.encode()), words=(WORDS,))
    yield Sample("no Date", flat(top(40, Date=None), ARABIC.encode()), words=(WORDS,))
    yield Sample("bad Date", flat(top(41, Date="yesterday, 33 Foo"), ARABIC.encode()), words=(WORDS,))
    yield Sample(
        "signature with the address",
        flat(top(42), ARABIC.encode() + b"\r\n-- \r\namina.raji@example.org"),
        words=(WORDS,),
    )
    yield Sample("no sender", flat(head(to, "p43", "Drain", None), ARABIC.encode()), words=(WORDS,))
    yield Sample(
        "base64 cut short", flat(top(44), base64.b64encode(ARABIC.encode())[:-3], coding="base64"), words=(WORDS,)
    )
    yield Sample(
        "boundary missing", top(45) + b"Content-Type: multipart/mixed\r\n\r\n" + ARABIC.encode(), words=(WORDS,)
    )
    deep = flat(b"", ARABIC.encode())
    for level in range(30):
        deep = (
            f'Content-Type: multipart/mixed; boundary="d{level}"\r\n\r\n--d{level}\r\n'.encode()
            + deep
            + f"\r\n--d{level}--\r\n".encode()
        )
    yield Sample("thirty boxes", top(46) + deep, words=(WORDS,))
    mail = EmailMessage()
    mail["Subject"], mail["To"], mail["From"], mail["Message-ID"] = "مصباح", to, SENDER, "<amina.raji.p47@example.org>"
    mail.set_content(ARABIC)
    mail.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="رسالة.pdf")
    yield Sample("Arabic file name", mail.as_bytes(), words=(WORDS, "مصباح"), files=1)


def of_machines(to):
    """Mails of machines, and mails nobody can read: each is set aside."""

    def top(number, subject="Re: Received", **more):
        return head(to, f"m{number}", str(Header(subject, "utf-8")), **more)

    text = ARABIC.encode()
    yield Sample("auto-replied", flat(top(1, Auto_Submitted="auto-replied"), text), "auto")
    yield Sample("auto-generated", flat(top(2, Auto_Submitted="auto-generated; type=x"), text), "auto")
    yield Sample("X-Autoreply", flat(top(3, X_Autoreply="yes"), text), "auto")
    yield Sample("Precedence auto_reply", flat(top(4, Precedence="auto_reply"), text), "auto")
    yield Sample("Precedence bulk", flat(top(5, Precedence="bulk"), text), "list")
    yield Sample("Precedence junk", flat(top(6, Precedence="junk"), text), "list")
    yield Sample("out of office", flat(top(7, "Out of Office: Received"), text), "auto")
    yield Sample("absence du bureau", flat(top(8, "Réponse automatique : Reçu"), text), "auto")
    yield Sample("Arabic out of office", flat(top(9, "رد تلقائي: تم التوصل"), text), "auto")
    yield Sample("Arabic leave", flat(top(10, "خارج المكتب"), text), "auto")
    yield Sample("mailing list", flat(top(11, List_Id="<news.example.org>"), text), "list")
    yield Sample("newsletter", flat(top(12, List_Unsubscribe="<mailto:stop@example.org>"), text), "list")
    yield Sample("bounce", bounce(to, "m13"), "report")
    yield Sample("delayed", bounce(to, "m14", action="delayed"), "report")
    yield Sample("empty return path", flat(top(15, Return_Path="<>"), text), "report")
    yield Sample("postmaster", flat(head(to, "m16", "Failure", "postmaster@example.org"), text), "report")
    yield Sample("our own mail", flat(head(to, "m17", "Received", to), text), "loop")
    yield Sample(
        "sixty hops", b"".join(b"Received: from a by b\r\n" for _hop in range(60)) + flat(top(18), text), "loop"
    )
    deep = flat(b"", text)
    for level in range(2000):
        deep = (
            f'Content-Type: multipart/mixed; boundary="d{level}"\r\n\r\n--d{level}\r\n'.encode()
            + deep
            + f"\r\n--d{level}--\r\n".encode()
        )
    yield Sample("two thousand boxes", top(19) + deep, "unreadable")
    many = [("Content-Type: text/plain", b"x")] * 1000
    yield Sample("a thousand parts", boxed(top(20), *many), "unreadable")
    yield Sample("no-reply sender", flat(head(to, "m21", "Your order", "noreply@shop.example"), text), "auto")
