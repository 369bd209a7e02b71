from . import test_function
from . import test_delegation
