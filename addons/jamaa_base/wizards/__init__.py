from . import jamaa_legal_proof
from . import jamaa_skill_coverage
