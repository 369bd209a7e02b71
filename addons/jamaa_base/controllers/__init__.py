from . import public
from . import public_home
from . import export_guard
from . import login
from . import public_document
from . import satisfaction_exit
from . import figures
from . import public_privacy
