"""Reading from a replica (``DATABASE_REPLICA_URL``): whole views and long reads, never writes (ADR 21).

`connection` knows the replica and whether it can be asked, `position` what a person has seen, `views` and `middleware`
put both around requests, `long` around the reading of exports.
"""

from perfgoals.replicas.long import read_at_length
from perfgoals.replicas.views import reads_replica

__all__ = ["read_at_length", "reads_replica"]
