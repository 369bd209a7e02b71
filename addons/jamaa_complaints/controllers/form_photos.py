"""The photos of the form: checked, cleaned, and kept while the rest is corrected."""

from dataclasses import dataclass

from odoo.http import request

from odoo.addons.jamaa_base.controllers.public_form import throttle_address
from odoo.addons.jamaa_base.tools.uploads import MAX_BYTES, UploadProblem, clean_image

from . import form_words

SLOTS = (1, 2)
#: Photos an address may send in an hour with forms that cannot be taken yet.
UNPROVEN_PER_HOUR = 30
MEGABYTE = 1024 * 1024


@dataclass
class Photo:
    """One photo field of the form.

    :ivar slot: 1 or 2
    :ivar content: ``(bytes, mimetype)`` of the cleaned photo, or None
    :ivar kept: the ``jamaa.upload.stash`` row it waits in, or None
    :ivar error: code of what is wrong with the file, or None
    :ivar size: megabytes of the refused file
    """

    slot: int
    content: tuple | None = None
    kept: object = None
    error: str | None = None
    size: float = 0

    def shown(self, env):
        """Return what the page shows of it, as plain values."""
        kilobytes = -(-len(self.content[0]) // 1024) if self.content else 0
        return {
            "slot": self.slot,
            "kept": self.kept.token if self.kept else "",
            "size": env._("%(size)s kB", size=kilobytes),
            "error": self.words(env) if self.error else "",
            "max_bytes": MAX_BYTES,
            # For the script that looks at the file before it travels.
            "too_large": form_words.photo_too_large(env, MAX_BYTES // MEGABYTE),
        }

    def words(self, env):
        """Return what to do about the refused file."""
        return form_words.photo_error(env, self.error, self.size, MAX_BYTES // MEGABYTE)


def empty():
    """Return the fields of a form nobody sent yet."""
    return [Photo(slot) for slot in SLOTS]


def read(company, post, proven):
    """Read the photo fields of a submitted form.

    :param company: the commune, in superuser mode
    :param dict post: the posted fields
    :param bool proven: the form passed its guard; else decoding is rationed, since it
        costs more than refusing
    """
    return [_read_slot(company, post, slot, proven) for slot in SLOTS]


def _read_slot(company, post, slot, proven):
    photo = Photo(slot)
    kept = post.get(f"photo_{slot}_kept")
    if isinstance(kept, str) and kept and not post.get(f"photo_{slot}_drop"):
        photo.kept = company.env["jamaa.upload.stash"]._take(company, kept) or None
        if photo.kept:
            photo.content = (photo.kept._content(), photo.kept.mimetype)
        else:
            photo.error = "gone"
    file = request.httprequest.files.get(f"photo_{slot}")
    if not file or not file.filename:
        return photo
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if size > MAX_BYTES:
        # Not read at all: its size says enough.
        photo.error, photo.size = "too_large", round(size / MEGABYTE, 1)
        return photo
    if not proven and not company.env["jamaa.throttle"]._allow(
        "form.photo", throttle_address(), UNPROVEN_PER_HOUR, 3600
    ):
        photo.error = "again"
        return photo
    try:
        picture = clean_image(file.read())
    except UploadProblem as problem:
        photo.error = problem.code
        return photo
    photo.content, photo.kept = (picture.data, picture.mimetype), None
    photo.error = None
    return photo


def keep(company, photos):
    """Keep the accepted photos until the form comes back."""
    stash = company.env["jamaa.upload.stash"]
    for photo in photos:
        if photo.content and not photo.kept:
            photo.kept = stash._keep(company, *photo.content)


def drop(photos):
    """Let go of photos that are filed with their case now."""
    for photo in photos:
        if photo.kept:
            photo.kept.unlink()
