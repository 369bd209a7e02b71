from . import jamaa_reception_visit_correct
