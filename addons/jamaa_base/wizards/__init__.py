from . import jamaa_legal_proof
from . import jamaa_skill_coverage
from . import jamaa_dissemination_add
from . import jamaa_dissemination_paper
from . import jamaa_appointment
from . import jamaa_mail_wizards
from . import jamaa_act_wizards
from . import jamaa_share_wizards
