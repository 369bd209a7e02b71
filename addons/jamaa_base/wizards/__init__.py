from . import jamaa_legal_proof
