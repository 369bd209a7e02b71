"""Entry of ./jamaa: `python3 tools …`."""

import sys

from jamaa_cli.cli import main

sys.exit(main(sys.argv[1:]))
