"""The application with all its commands: importing a module of commands registers them."""

from . import drawing, economy, subnets, verify, weights
from .application import application

__all__ = ["application", "drawing", "economy", "subnets", "verify", "weights"]
