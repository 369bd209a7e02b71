from . import jamaa_procedure_import
