"""Odoo 19.0: where it comes from, and the check that it is that series.

In this order: the tree that JAMAA_ODOO names, Debian's package unpacked under our own
folder, a shallow clone of upstream's branch.
"""

import hashlib
import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from . import apt
from .process import CommandFailed, is_disk_full, is_no_network, run
from .trouble import Trouble
from .ui import Step

SERIES = "19.0"
PACKAGE = "odoo-19"
SUITE = "sid"
UPSTREAM = "https://github.com/odoo/odoo.git"

# Debian takes this file out of its package; the bundle that names it then logs an error.
REMOVED_SCRIPT = "addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
EMPTY_SCRIPT = "/* Not shipped: blurring one's background in a call is not available. */\n"


@dataclass
class Odoo:
    """An Odoo on this machine.

    :param origin: `tree`, `debian` or `upstream`.
    :param python_path: the folder that makes `import odoo` work.
    :param script: the program that starts the server.
    :param version: what it says of itself, with where it comes from.
    :param addons: folders of core addons that Odoo does not find by itself.
    """

    origin: str
    python_path: Path
    script: Path
    version: str
    addons: tuple = ()

    @property
    def package(self):
        """Return the folder of Odoo's Python package."""
        return self.python_path / "odoo"


def series_of(python_path):
    """Return the series (for example « 19.0 ») of the Odoo below `python_path`, or None."""
    try:
        text = (Path(python_path) / "odoo" / "release.py").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"^version_info\s*=\s*\(\s*['\"]?([\w~]+)['\"]?\s*,\s*(\d+)", text, re.M)
    return f"{found[1]}.{found[2]}" if found else None


def check_series(python_path, origin):
    """Refuse an Odoo of another series than 19.0."""
    series = series_of(python_path)
    if series is None:
        raise Trouble(
            f"No Odoo was found in {python_path} ({origin}).", mend="set JAMAA_ODOO to an Odoo 19.0 source tree"
        )
    if series != SERIES:
        raise Trouble(
            f"The Odoo in {python_path} ({origin}) is {series}; Jamaa needs {SERIES}.",
            mend=f"set JAMAA_ODOO to an Odoo {SERIES} source tree, or unset it",
        )


def from_tree(tree):
    """Return the Odoo of a source tree, an unpacked package or an installed one."""
    tree = Path(tree).expanduser().absolute()
    for python_path in (tree, tree / "usr/lib/python3/dist-packages"):
        if (python_path / "odoo" / "release.py").exists():
            break
    check_series(python_path, "JAMAA_ODOO")
    scripts = [tree / "odoo-bin", tree / "usr/bin/odoo", Path("/usr/bin/odoo")]
    script = next((path for path in scripts if path.exists()), None)
    if script is None:
        raise Trouble(f"There is no odoo-bin in {tree} (JAMAA_ODOO).", mend="name the root of an Odoo source tree")
    core = tuple(path for path in (tree / "addons",) if (path / "web").is_dir())
    return Odoo("tree", python_path, script, f"{SERIES} from the tree {tree}", core)


def current(home):
    """Return the Odoo this home uses now, or None when none was got yet."""
    if os.environ.get("JAMAA_ODOO"):
        return from_tree(os.environ["JAMAA_ODOO"])
    stamped = home.stamp("odoo").read()
    if not stamped:
        return None
    facts = json.loads(stamped)
    found = _debian(home, facts["version"]) if facts["origin"] == "debian" else _upstream(home, facts["version"])
    if series_of(found.python_path) is None:
        return None
    check_series(found.python_path, found.origin)
    return found


def _debian(home, version):
    prefix = home.odoo
    return Odoo("debian", prefix / "usr/lib/python3/dist-packages", prefix / "usr/bin/odoo", version)


def _upstream(home, version):
    tree = home.odoo
    return Odoo("upstream", tree, tree / "odoo-bin", version, (tree / "addons",))


def get(home):
    """Return an Odoo 19.0, fetching it when this home has none."""
    found = current(home)
    if found:
        return found
    reasons = []
    for title, fetch in (("Debian's package", _get_debian), ("upstream's branch", _get_upstream)):
        try:
            return fetch(home)
        except Trouble as trouble:
            reasons.append(f"{title}: {trouble.sentence.rstrip('.')}")
        except CommandFailed as error:
            if is_disk_full(error):
                raise
            word = "its source cannot be reached" if is_no_network(error) else f"{error.command[0]} failed"
            reasons.append(f"{title}: {word}")
    raise Trouble(
        f"Odoo 19.0 could not be got ({'; '.join(reasons)}).",
        mend="check the network, or set JAMAA_ODOO to an Odoo 19.0 source tree",
        log=home.log("odoo"),
    )


def _get_debian(home):
    """Fetch Debian's package and unpack it under our own folder."""
    if not apt.is_debian():
        raise Trouble("this is not Debian, whose archive has the package")
    log = home.log("odoo")
    with Step("Getting Odoo 19.0 (Debian's package, unpacked aside)"):
        package = apt.private_download(PACKAGE, SUITE, home.downloads, log)
        checksum = hashlib.sha256(package.read_bytes()).hexdigest()
        fresh = home.root / "odoo.new"
        shutil.rmtree(fresh, ignore_errors=True)
        run(["dpkg-deb", "-x", package, fresh], log=log)
        fresh.chmod(0o755)
        python_path = fresh / "usr/lib/python3/dist-packages"
        check_series(python_path, "Debian's package")
        _link_shared_files(fresh)
        script = python_path / "odoo" / REMOVED_SCRIPT
        if not script.exists():
            script.parent.mkdir(parents=True, exist_ok=True)
            script.write_text(EMPTY_SCRIPT)
        version = package.name.removeprefix(f"{PACKAGE}_").removesuffix("_all.deb")
        shutil.rmtree(home.odoo, ignore_errors=True)
        fresh.rename(home.odoo)
        package.unlink()
        words = f"{version} from Debian's package, sha256 {checksum}"
        home.stamp("odoo").write(json.dumps({"origin": "debian", "version": words, "sha256": checksum}))
    return _debian(home, words)


def _link_shared_files(prefix):
    """Give the package's relative links (`../share/javascript` and so on) their targets."""
    for name in ("javascript", "fonts-font-awesome", "fonts/truetype", "fonts/opentype"):
        link, target = prefix / "usr/share" / name, Path("/usr/share") / name
        link.parent.mkdir(parents=True, exist_ok=True)
        if not link.exists() and not link.is_symlink():
            link.symlink_to(target)


def _get_upstream(home):
    """Clone upstream's 19.0 branch, its newest commit only."""
    log = home.log("odoo")
    if apt.available():
        apt.install(["git"], home, "to clone Odoo")
    if not shutil.which("git"):
        raise Trouble("git is not installed, so upstream's branch cannot be cloned either")
    with Step("Getting Odoo 19.0 (upstream's branch)"):
        fresh = home.root / "odoo.new"
        shutil.rmtree(fresh, ignore_errors=True)
        run(["git", "clone", "-q", "--depth", "1", "--branch", SERIES, UPSTREAM, fresh], log=log)
        check_series(fresh, "upstream's branch")
        commit = run(["git", "-C", fresh, "rev-parse", "HEAD"])[0]
        shutil.rmtree(home.odoo, ignore_errors=True)
        fresh.rename(home.odoo)
        words = f"{SERIES} from upstream's branch, commit {commit[:12]}"
        home.stamp("odoo").write(json.dumps({"origin": "upstream", "version": words}))
    return _upstream(home, words)


def describe(home):
    """Return one line on the Odoo of this home."""
    try:
        found = current(home)
    except Trouble as trouble:
        return trouble.sentence
    return found.version if found else "not fetched yet"
