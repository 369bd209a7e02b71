"""System packages: what is missing, how to install it, and single packages unpacked aside."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from .process import CommandFailed, is_disk_full, is_no_network, run
from .trouble import Trouble
from .ui import Step

# What serving needs. PostgreSQL's server brings pg_trgm and unaccent; pango draws our PDF;
# the libjs-* and fonts-* packages are what Debian's odoo-19 links to.
SERVE = [
    "ca-certificates",
    "fontconfig",
    "fonts-dejavu-core",
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-noto-core",
    "fonts-roboto-unhinted",
    "libharfbuzz-subset0",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "libmagic1",
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "python3-venv",
]
SERVER_DATABASE = ["postgresql", "postgresql-client"]
CLIENT_DATABASE = ["postgresql-client"]
TEST = ["chromium", "poppler-utils"]


def is_debian():
    """Return whether packages can be asked of Debian's own archive (suite, keyring)."""
    try:
        text = Path("/etc/os-release").read_text()
    except OSError:
        return False
    return re.search(r"^ID=[\"']?debian", text, re.M) is not None


def available():
    """Return whether this machine has apt."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg-query"))


def missing(packages):
    """Return those of `packages` that are not installed, a newer name counting as the package."""
    if not available():
        return []
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package} ${Provides}\n"],
        capture_output=True,
        text=True,
        check=False,
    )
    there = set()
    for line in asked.stdout.splitlines():
        status, _space, names = line.partition(" ")
        if status == "installed":
            there.update(re.findall(r"[a-z0-9][a-z0-9+.-]+", names))
    # Debian 13 renamed libraries for 64-bit time: libmagic1t64 stands for libmagic1.
    return [name for name in packages if name not in there and f"{name}t64" not in there]


def _prefix():
    """Return how to act as root for apt: nothing for root, sudo where it works, else None."""
    if os.getuid() == 0:
        return []
    if shutil.which("sudo"):
        options = [] if os.isatty(0) else ["-n"]
        if subprocess.run(["sudo", *options, "-v"], check=False, capture_output=not options).returncode == 0:
            return ["sudo", *options]
    return None


def install(packages, home, why):
    """Install those of `packages` that are missing; as root, or with sudo for this alone.

    :param why: what they are for, shown to the person.
    """
    wanted = missing(packages)
    if not wanted:
        return
    line = "apt-get install --no-install-recommends " + " ".join(wanted)
    prefix = _prefix()
    if prefix is None:
        raise Trouble(f"System packages are missing ({why}) and sudo cannot be used here.", mend=f"as root: {line}")
    log = home.log("apt")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    with Step(f"Installing {len(wanted)} system packages ({why})") as step:
        guard = _no_system_cluster(prefix, wanted)
        try:
            if not _lists_fresh() or not _known(wanted):
                run([*prefix, "apt-get", "-q", "update"], log=log, env=environment)
            command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
            command += ["-o", "Dpkg::Options::=--force-confold", "install", "--no-install-recommends", *wanted]
            try:
                run(command, log=log, env=environment, on_line=lambda text: step.detail(_apt_word(text)))
            except CommandFailed as error:
                if is_disk_full(error):
                    raise
                # The lists were stale: read them again, once.
                run([*prefix, "apt-get", "-q", "update"], log=log, env=environment)
                run(command, log=log, env=environment, on_line=lambda text: step.detail(_apt_word(text)))
        except CommandFailed as error:
            if is_disk_full(error):
                raise
            reason = "the package source cannot be reached" if is_no_network(error) else "apt-get failed"
            raise Trouble(
                f"System packages could not be installed: {reason}.", mend=f"as root: {line}", log=log
            ) from error
        finally:
            if guard:
                subprocess.run([*prefix, "rm", "-f", str(guard)], check=False, capture_output=True)


def _no_system_cluster(prefix, wanted):
    """Keep Debian from starting a PostgreSQL of its own on port 5432 while we install it.

    The file only lives during our apt run; a server that is there already is not touched.
    """
    if not any(name.startswith("postgresql") for name in wanted) or Path("/etc/postgresql-common").exists():
        return None
    guard = Path("/etc/postgresql-common/createcluster.d/jamaa-installs.conf")
    script = f"mkdir -p {guard.parent} && echo 'create_main_cluster = false' > {guard}"
    done = subprocess.run([*prefix, "sh", "-c", script], check=False, capture_output=True)
    return guard if done.returncode == 0 else None


def _apt_word(line):
    found = re.match(r"(Get:\d+|Unpacking|Setting up) ?\S* ?(\S*)", line)
    return f"{found[1]} {found[2]}" if found else ""


def _lists_fresh():
    """Return whether the machine has package lists at all."""
    lists = Path("/var/lib/apt/lists")
    return lists.is_dir() and any(
        path.name.endswith(("Packages", "Packages.lz4", "InRelease")) for path in lists.iterdir()
    )


def _known(packages):
    """Return whether apt knows every one of `packages`."""
    seen = subprocess.run(["apt-cache", "show", "-q=2", *packages], capture_output=True, check=False)
    return seen.returncode == 0


def _sites(wanted):
    """Return the addresses in apt's settings for which `wanted(origin, is_security)` holds."""
    if not available():
        return []
    asked = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(REPO_URI)"],
        capture_output=True,
        text=True,
        check=False,
    )
    sites = []
    for line in asked.stdout.splitlines():
        origin, label, uri = (line.split("|") + [""] * 3)[:3]
        uri = uri.rstrip("/")
        if uri and uri not in sites and wanted(origin, "security" in f"{label} {uri}".lower()):
            sites.append(uri)
    return sites


def mirror_sites():
    """Return the addresses of Debian's archive this machine is set up with."""
    return _sites(lambda origin, security: origin in ("Debian", "") and not security)


def security_sites():
    """Return the addresses of Debian's security archive this machine is set up with."""
    return _sites(lambda origin, security: origin in ("Debian", "") and security)


def private_download(package, suite, folder, log):
    """Download `package` of another Debian `suite` into `folder`, verified, without installing it.

    Uses a configuration and lists of its own, so the machine's apt is not changed. The
    address is the one this machine already uses.

    :return: the path of the downloaded .deb.
    """
    keyring = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
    if not keyring.exists():
        raise Trouble("Debian's archive keyring is missing on this machine.", mend="install debian-archive-keyring")
    sites = mirror_sites()
    if not sites:
        raise Trouble("This machine names no Debian package source.", mend="set JAMAA_ODOO to an Odoo 19.0 source tree")
    folder.mkdir(parents=True, exist_ok=True)
    last = None
    for site in sites:
        base = folder / "apt"
        shutil.rmtree(base, ignore_errors=True)
        (base / "lists" / "partial").mkdir(parents=True)
        (base / "cache" / "archives" / "partial").mkdir(parents=True)
        (base / "sources.list").write_text(f"deb [signed-by={keyring}] {site} {suite} main\n")
        configuration = base / "apt.conf"
        configuration.write_text(
            f'Dir::Etc::sourcelist "{base}/sources.list";\n'
            'Dir::Etc::sourceparts "-";\n'
            'Dir::Etc::preferencesparts "/dev/null";\n'
            f'Dir::State::lists "{base}/lists";\n'
            f'Dir::Cache "{base}/cache";\n'
            'Acquire::Languages "none";\n'
            'APT::Sandbox::User "root";\n'
            'APT::Get::List-Cleanup "0";\n'
            'APT::Update::Error-Mode "any";\n'
        )
        environment = {**os.environ, "APT_CONFIG": str(configuration), "LC_ALL": "C.UTF-8"}
        try:
            run(["apt-get", "-q", "update"], log=log, env=environment)
            run(["apt-get", "-q", "download", package], log=log, env=environment, cwd=folder)
        except CommandFailed as error:
            last = error
            continue
        finally:
            shutil.rmtree(base, ignore_errors=True)
        found = sorted(folder.glob(f"{package}_*.deb"), key=lambda path: path.stat().st_mtime)
        if found:
            return found[-1]
    raise last or Trouble(f"The package {package} was not found.", log=log)


def own_download(package, folder, log):
    """Download `package` of this machine's own suite into `folder`, without installing it."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    run(["apt-get", "-q", "download", package], log=log, env=environment, cwd=folder)
    return max(folder.glob(f"{package}_*.deb"), key=lambda path: path.stat().st_mtime)
