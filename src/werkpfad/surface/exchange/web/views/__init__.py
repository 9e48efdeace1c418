"""Pages of imports."""

from werkpfad.surface.exchange.web.views.decide import (
    import_commit,
    import_discard,
    import_restart,
    import_undo,
    import_withdraw,
)
from werkpfad.surface.exchange.web.views.files import import_errors, import_template
from werkpfad.surface.exchange.web.views.imports import import_create, import_detail, import_list

__all__ = [
    "import_commit",
    "import_create",
    "import_detail",
    "import_discard",
    "import_errors",
    "import_list",
    "import_restart",
    "import_template",
    "import_undo",
    "import_withdraw",
]
