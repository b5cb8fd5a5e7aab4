"""Readers of tables in whatever form they are sent: workbooks, delimited text, XML, JSON, a zip with one of them.

`read_workbook` looks at the content, not the extension, and gives `zveno.kit.tables` values. It knows nothing of what
the columns mean. Faults in `faults`.
"""

from zveno.base.tabular.archives import LIMITS, Limits
from zveno.base.tabular.reading import read_workbook

__all__ = ["LIMITS", "Limits", "read_workbook"]
