from . import queue_page
from . import queue_board
from . import queue_kiosk
