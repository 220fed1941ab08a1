"""The acts of this layer: the Rules are its own, the others lie outside the register."""

from core.api import FZ59, FZ152, PRACTICE, RU_1844, hookimpl
from core.law.act import Act


@hookimpl
def acts() -> tuple[Act, ...]:
    """The Rules № 1844, 59-ФЗ, 152-ФЗ and the product's practice."""
    return (RU_1844, FZ59, FZ152, PRACTICE)
