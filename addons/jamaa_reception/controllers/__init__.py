from . import procedure_audio
