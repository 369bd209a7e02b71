from . import test_function
from . import test_delegation
from . import test_legal_clock
from . import test_legal_regime
from . import test_holiday
from . import test_pdf
from . import test_vault
from . import test_export_guard
