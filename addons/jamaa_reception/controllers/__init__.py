from . import procedures
from . import procedure_audio
from . import procedure_case
from . import procedure_said
