"""Plan projects and plan indicators: found, totalled, exported, and linked to budget projects."""
