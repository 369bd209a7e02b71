"""The front: nginx on the one address people open.

With several workers Odoo answers pages on one port and the websocket on another, while the
browser asks for both on the address of the page: something must stand in front. It is the
same nginx, with the same rules, as in docker/.
"""

import os
import shutil
import subprocess
from pathlib import Path

from . import apt
from .ports import ADDRESS
from .process import CommandFailed, PidFile, run, start
from .trouble import Trouble
from .ui import Step

CONFIGURATION = """# Written by ./jamaa.
daemon off;
worker_processes 1;
pid {run}/nginx.master;
error_log {logs}/nginx.log warn;
events {{ worker_connections 512; }}
http {{
    default_type application/octet-stream;
    access_log off;
    sendfile on;
    client_body_temp_path {run}/nginx-body;
    proxy_temp_path {run}/nginx-proxy;
    fastcgi_temp_path {run}/nginx-fastcgi;
    uwsgi_temp_path {run}/nginx-uwsgi;
    scgi_temp_path {run}/nginx-scgi;
    upstream odoo {{ server {address}:{http}; }}
    upstream odoo_chat {{ server {address}:{chat}; }}
    server {{
        listen {address}:{port};
        include {code}/docker/locations.conf;
    }}
}}
"""


class Front:
    """nginx of this home."""

    def __init__(self, home):
        self.home = home
        self.pid = PidFile(home.pids / "nginx.pid")
        self.configuration = home.root / "nginx.conf"

    def program(self):
        """Return nginx: the machine's, or the one unpacked in this home, or None."""
        aside = self.home.root / "nginx" / "usr/sbin/nginx"
        for path in (shutil.which("nginx"), "/usr/sbin/nginx", aside):
            if path and Path(path).exists() and _works(path):
                return Path(path)
        return None

    def install(self):
        """Unpack this system's nginx package into the home, so that no system service starts.

        Without it Odoo serves pages and websocket in one process: slower, but whole.
        """
        if self.program() or not apt.available() or self.home.stamp("nginx").read():
            return
        log = self.home.log("nginx-install")
        with Step("Getting nginx (this system's package, unpacked aside)"):
            try:
                package = apt.own_download("nginx", self.home.downloads, log)
                fresh = self.home.root / "nginx.new"
                shutil.rmtree(fresh, ignore_errors=True)
                run(["dpkg-deb", "-x", package, fresh], log=log)
                shutil.rmtree(self.home.root / "nginx", ignore_errors=True)
                fresh.rename(self.home.root / "nginx")
                package.unlink()
            except (CommandFailed, ValueError):
                pass
        self.home.stamp("nginx").write("tried")

    def start(self, port, http, chat):
        """Serve `port`, pages from `http` and the websocket from `chat`."""
        home = self.home
        text = CONFIGURATION.format(
            run=home.run, logs=home.logs, address=ADDRESS, http=http, chat=chat, port=port, code=home.code
        )
        self.configuration.write_text(text)
        log = home.service_log("nginx")
        command = [self.program(), "-e", log, "-p", home.run, "-c", self.configuration]
        try:
            run([*command, "-t", "-q"], account=home.account, log=home.log("nginx-install"))
        except CommandFailed as error:
            raise Trouble("nginx refuses its configuration.", log=home.log("nginx-install")) from error
        self.pid.write(start(command, log=home.log("nginx-install"), account=home.account, env=dict(os.environ)))

    def stop(self):
        """Stop nginx; return whether it ran."""
        return self.pid.stop(10)


def _works(path):
    """Return whether the program runs here (its libraries are present)."""
    try:
        return subprocess.run([str(path), "-v"], check=False, capture_output=True).returncode == 0
    except OSError:
        return False
