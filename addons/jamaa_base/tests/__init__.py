from . import test_function
from . import test_delegation
from . import test_public_tools
