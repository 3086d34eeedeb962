"""The service's nouns: clinical supervisors and their registrations."""

from .registration import Registration
from .supervisor import Supervisor, SupervisorArea

__all__ = ["Registration", "Supervisor", "SupervisorArea"]
