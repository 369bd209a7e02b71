from . import test_catalogue_files
from . import test_conditions
from . import test_procedure
from . import test_procedure_exchange
from . import test_desk
from . import test_log
from . import test_log_browser
from . import test_proximity
