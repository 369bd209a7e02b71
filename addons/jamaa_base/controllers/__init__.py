from . import public
from . import public_home
