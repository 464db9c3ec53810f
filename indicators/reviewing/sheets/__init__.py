"""Review sheets (审核表), working papers (审计底稿) and the samples that they are drawn for."""
