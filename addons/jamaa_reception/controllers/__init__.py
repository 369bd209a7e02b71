from . import request_page
from . import piece_report
