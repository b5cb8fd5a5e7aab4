"""The public door of the CommerceML codec: bytes to canonical messages, orders to bytes, what a file holds."""

from __future__ import annotations

from zveno.plugins.erp.commerceml.dictionaries import Dictionaries
from zveno.plugins.erp.commerceml.reading.reader import read_messages
from zveno.plugins.erp.commerceml.sniffing import Content, FileSummary, sniff
from zveno.plugins.erp.commerceml.writing import write_orders

__all__ = ["Content", "Dictionaries", "FileSummary", "read_messages", "sniff", "write_orders"]
