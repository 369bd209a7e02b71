from . import test_catalogue_files
from . import test_conditions
from . import test_procedure
from . import test_procedure_exchange
from . import test_voice
from . import test_voice_browser
from . import test_voice_public
