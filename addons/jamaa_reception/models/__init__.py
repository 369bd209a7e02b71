from . import jamaa_multilingual
from . import jamaa_catalogue_list
from . import jamaa_procedure
from . import jamaa_procedure_sheet
from . import jamaa_procedure_line
from . import jamaa_procedure_question
from . import jamaa_procedure_piece
from . import jamaa_procedure_fee
from . import jamaa_procedure_site
from . import jamaa_procedure_word
from . import jamaa_procedure_exchange
from . import jamaa_procedure_export

# the log, desks, training and proximity
from . import jamaa_desk
from . import jamaa_reception_visit
from . import jamaa_reception_log
from . import jamaa_satisfaction
from . import jamaa_site_reception
from . import jamaa_desk_skill
from . import jamaa_reception_training
from . import jamaa_proximity_study
from . import jamaa_proximity_option
from . import jamaa_proximity_rollout
