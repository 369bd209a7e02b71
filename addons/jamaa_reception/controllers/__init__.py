from . import catalogue_public
from . import catalogue_files
from . import request_page
from . import piece_report
from . import procedure_audio
from . import procedures
from . import procedure_case
from . import procedure_said
