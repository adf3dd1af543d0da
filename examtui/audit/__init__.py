"""The audit log: append only, written in the transaction of the change, and chained so that tampering shows."""

from examtui.audit.log import record, record_many
from examtui.audit.verify import Verification, verify

__all__ = ["Verification", "record", "record_many", "verify"]
