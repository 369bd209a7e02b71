"""`./jamaa lint`: checks of style that need no database."""

from . import venv
from .process import CommandFailed, run
from .trouble import Trouble
from .ui import say
from .up import prepare


def lint(home, fix):
    """Run each check, show what it says, and fail when one fails."""
    prepare(home, test=True)
    home.unlock()
    binary = venv.python(home).parent
    checks = [
        ("ruff format", [binary / "ruff", "format", "--no-cache", *([] if fix else ["--check"]), "."]),
        ("ruff check", [binary / "ruff", "check", "--no-cache", *(["--fix"] if fix else []), "."]),
        ("translations", [binary / "python", home.repository / "i18n/check.py"]),
    ]
    failed = []
    for title, command in checks:
        try:
            run(command, cwd=home.repository)
        except CommandFailed as error:
            failed.append(title)
            say("\n".join(error.tail))
    if failed:
        raise Trouble(f"Lint failed: {', '.join(failed)}.", mend="./jamaa lint --fix mends what can be mended")
    say("lint passed")
