from . import record, duplicate, exchange
