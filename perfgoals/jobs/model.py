"""What every piece of long work has in common."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class JobState(models.TextChoices):
    """Where a piece of work is. The last two are final."""

    WAITING = "waiting", "等待处理"
    RUNNING = "running", "正在处理"
    DONE = "done", "已完成"
    FAILED = "failed", "没有完成"


class Job(models.Model):
    """A piece of long work, known by the row of the model that extends this one.

    ``done`` of ``total`` in ``stage`` is how far it is; a total of 0 means that it cannot be told yet. ``problem`` is
    one Chinese sentence for the person who asked for it, where it failed.
    """

    TASK: ClassVar[str] = ""
    """Name of the queue's task that does it, called with the row's key as ``pk``; by it, work that was lost is found."""

    state = models.CharField("状态", max_length=7, choices=JobState, default=JobState.WAITING)
    stage = models.CharField("步骤", max_length=20, blank=True)
    done = models.PositiveBigIntegerField("已完成", default=0)
    total = models.PositiveBigIntegerField("共", default=0)
    problem = models.TextField("未完成的原因", blank=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    """How often it was begun: work whose process died is begun again, but not for ever."""
    asked_at = models.DateTimeField("提交时间", auto_now_add=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="%(class)s_state_known"),
            models.CheckConstraint(condition=Q(done__lte=F("total")) | Q(total=0), name="%(class)s_done_of_total"),
            models.CheckConstraint(condition=~Q(state=JobState.FAILED) | ~Q(problem=""), name="%(class)s_says_why"),
        ]

    @property
    def is_over(self) -> bool:
        """Whether nothing will happen to it any more."""
        return self.state in (JobState.DONE, JobState.FAILED)

    @property
    def percent(self) -> int | None:
        """How much of the stage is done, if that can be told."""
        return min(100, 100 * self.done // self.total) if self.total else None
