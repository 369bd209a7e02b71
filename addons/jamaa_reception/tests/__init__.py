from . import test_search
from . import test_search_sql
from . import test_catalogue_files
from . import test_conditions
from . import test_procedure
from . import test_procedure_exchange
