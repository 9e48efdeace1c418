"""All components; importing this package registers them."""

from werkpfad.base.core.ui.catalog import (
    actions,
    charts,
    content,
    data,
    inputs,
    progress,
)

__all__ = ["actions", "charts", "content", "data", "inputs", "progress"]
