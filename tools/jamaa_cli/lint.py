"""`./jamaa lint`: what can be checked without a database.

Odoo's own `test_lint` needs one: it runs in `./jamaa test`.
"""

import os
import time

from . import node, odoo_source, venv, xml_check
from .process import CommandFailed, run
from .trouble import Trouble
from .ui import say
from .up import prepare

# Odoo's own pylint rules that the OCA's do not cover.
ODOO_RULES = ("_odoo_checker_gettext", "_odoo_checker_unlink_override")


def lint(home, fix):
    """Run every check, show what each finds, and fail when one does."""
    prepare(home, test=True)
    node.install(home, "lint")
    home.unlock()
    failed = []
    for title, check in _checks(home, fix):
        began = time.monotonic()
        try:
            words = check()
        except CommandFailed as error:
            words = "\n".join(error.tail)
            if not words.strip():
                words = str(error)
        mark = "✗" if words else "✓"
        say(f"  {mark} {title}  ({time.monotonic() - began:.0f} s)")
        if words:
            say(words)
            failed.append(title)
    if failed:
        raise Trouble(f"Lint failed: {', '.join(failed)}.", mend="./jamaa lint --fix mends what can be mended")
    say("lint passed")


def _checks(home, fix):
    """Yield (title, function); the function returns what is wrong, or nothing."""
    repository, binary = home.repository, venv.python(home).parent
    fixing = ["--fix"] if fix else []
    env = {**os.environ, "PATH": node.environment_path(home), "PYTHONDONTWRITEBYTECODE": "1"}

    def program(*command, more=None):
        def check():
            run(command, cwd=repository, env={**env, **(more or {})})

        return check

    yield "ruff format", program(binary / "ruff", "format", "--no-cache", "-q", *([] if fix else ["--diff"]), ".")
    yield "ruff check", program(binary / "ruff", "check", "--no-cache", "-q", "--output-format=concise", *fixing, ".")
    yield from _pylint(home, program)
    yield "XML", lambda: _xml(repository, fix)
    scripts = sorted(repository.glob("addons/*/static/**/*.js"))
    styles = sorted(path for path in repository.glob("addons/*/static/**/*.css") if "/lib/" not in str(path))
    programs = node.programs(home, "lint")
    if scripts:
        yield "eslint", program(programs / "eslint", "--config", _eslint(home), *fixing, *scripts)
    if scripts or styles:
        mode = "--write" if fix else "--check"
        yield "prettier", program(programs / "prettier", mode, "--log-level=warn", *scripts, *styles)
    yield "shell scripts", program("sh", "-n", "jamaa")
    yield ".ci/run", program("bash", "-n", ".ci/run")
    checker = repository / "i18n" / "check.py"
    if checker.exists():
        yield "translations", program(venv.python(home), checker)


def _pylint(home, program):
    """Yield pylint with the OCA's rules and, where the Odoo at hand has them, Odoo's own."""
    odoo = odoo_source.current(home)
    rules = odoo.package / "addons" / "test_lint" / "tests"
    for core in odoo.addons:
        rules = core / "test_lint" / "tests" if (core / "test_lint").is_dir() else rules
    plugins = [name for name in ODOO_RULES if (rules / f"{name}.py").exists()]
    command = [venv.python(home).parent / "pylint", "--rcfile=.pylintrc"]
    if plugins:
        command += [f"--load-plugins=pylint_odoo,{','.join(plugins)}"]
        command.append(
            "--enable=missing-gettext,gettext-variable,gettext-placeholders,gettext-repr,raise-unlink-override"
        )
    addons = sorted(path.parent for path in home.repository.glob("addons/*/__manifest__.py"))
    yield "pylint-odoo", program(*command, *addons, more={"PYTHONPATH": str(rules)})


def _xml(repository, fix):
    """Check the layout of every XML file of the addons."""
    found = []
    for path in sorted(repository.glob("addons/*/**/*.xml")):
        if fix:
            xml_check.tidy(path)
        found += [f"{path.relative_to(repository)}:{line}: {words}" for line, words in xml_check.check(path)]
    return "\n".join(found)


def _eslint(home):
    """Return eslint's configuration, placed where its own packages are found."""
    source = home.repository / "tools" / "npm" / "lint" / "eslint.config.mjs"
    target = node.programs(home, "lint").parents[1] / source.name
    if not target.exists() or target.read_bytes() != source.read_bytes():
        target.write_bytes(source.read_bytes())
    return target
