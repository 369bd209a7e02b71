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

# room standards
from . import jamaa_multilingual_batch
from . import res_company_catalogue
from . import jamaa_procedure_cpsv
from . import jamaa_catalogue_table
from . import jamaa_procedure_files
from . import jamaa_plain_word
from . import jamaa_procedure_remark
from . import jamaa_procedure_reader_test
from . import jamaa_procedure_review
from . import jamaa_procedure_notice
from . import jamaa_procedure_access_gap
from . import jamaa_metric_catalogue
