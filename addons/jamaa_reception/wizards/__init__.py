from . import jamaa_procedure_import
from . import jamaa_request_step
from . import jamaa_reception_visit_correct
