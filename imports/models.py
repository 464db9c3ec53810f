"""Where projects come from: source documents, import runs and the records that runs took from documents."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from imports.gazettes.models import (
    Annex,
    CitedText,
    DocumentTable,
    GazetteIssue,
    OfficialDocument,
    PlanBody,
    PlanIndicator,
    PlanLink,
    PlanProject,
    PlanValue,
    ProseTarget,
    TableRow,
)
from perfgoals.jobs.model import Job
from projects.models import Project

__all__ = [
    "Annex", "CitedText", "DocumentTable", "Export", "ExportKind", "ExportPart", "GazetteIssue", "ImportRun",
    "OfficialDocument", "Outcome", "PlanBody", "PlanIndicator", "PlanLink", "PlanProject", "PlanValue", "ProseTarget",
    "SourceContent", "SourceDocument", "SourceRecord", "TableRow", "Upload", "UploadPart", "UploadStep",
]  # fmt: skip


class SourceDocument(models.Model):
    """A text as it was received. It is known by its sha256; the same bytes are one document."""

    name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("字节数", null=True, blank=True)
    encoding = models.CharField("编码", max_length=20, blank=True)
    layout = models.CharField("版式", max_length=40, blank=True)
    line_count = models.PositiveIntegerField("行数", null=True, blank=True)
    created_at = models.DateTimeField("首次导入", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "来源文件"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_sha256_well_formed")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("document-detail", args=[self.pk])


class SourceContent(models.Model):
    """The unchanged bytes of a document, apart from it so that lists stay light.

    A document that is only cited by an interchange file has none.
    """

    document = models.OneToOneField(SourceDocument, models.CASCADE, primary_key=True, related_name="content")
    data = models.BinaryField("内容")
    """Kept uncompressed (migration 0008), so that PostgreSQL reads the part that is asked for and no more."""
    marks = ArrayField(models.BigIntegerField(), verbose_name="行标", null=True, editable=False)
    """Where every 500th line begins (`imports.line_marks`); null for workbooks, which have no lines."""
    line_count = models.PositiveIntegerField("文本行数", null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "来源内容"

    def __str__(self) -> str:
        return f"{self.document_id}"


class ImportRun(models.Model):
    """One run of the import over one document, with its report as it was shown."""

    document = models.ForeignKey(SourceDocument, models.PROTECT, related_name="runs", verbose_name="来源文件")
    file_name = models.CharField("导入时文件名", max_length=255)
    layout = models.CharField("版式", max_length=40)
    options = models.JSONField("选项", default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="操作人"
    )
    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("完成时间")
    found = models.PositiveIntegerField("记录数")
    created = models.PositiveIntegerField("新增")
    changed = models.PositiveIntegerField("变更")
    unchanged = models.PositiveIntegerField("未变")
    duplicates = models.PositiveIntegerField("重复填报")
    conflicts = models.PositiveIntegerField("冲突")
    unclaimed = models.PositiveIntegerField("未识别行")
    total = models.DecimalField("金额合计", max_digits=20, decimal_places=2)
    declared_total = models.DecimalField("文件合计", null=True, blank=True, max_digits=17, decimal_places=2)
    report = models.JSONField("报告")

    class Meta:
        verbose_name = verbose_name_plural = "导入记录"
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.started_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("run-detail", args=[self.pk])


class UploadStep(models.TextChoices):
    """What is being done with an uploaded file, or was done last."""

    CHECK = "check", "预检"
    IMPORT = "import", "入库"


class Upload(Job):
    """A file that somebody sent, and that may be imported: its options, the dry run's report, and its bytes in parts.

    The work of the row is first the dry run, and, once somebody confirmed what it showed, the import. Once imported it
    has its run and no bytes any more; one that is given up is deleted.
    """

    TASK = "imports.upload"

    name = models.CharField("文件名", max_length=255)
    size = models.PositiveBigIntegerField("字节数", default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    batch = models.UUIDField("批次", default=uuid.uuid4, db_index=True)
    """Files that were sent together."""
    options = models.JSONField("选项", default=dict)
    step = models.CharField("工作", max_length=6, choices=UploadStep, default=UploadStep.CHECK)
    report = models.JSONField("预检报告", default=dict)
    """Empty until the file was checked, and again when it is imported: the run has it then."""
    before = models.JSONField("上次预检的计数", default=dict)
    """The counts that were confirmed, where the import would have done otherwise and the report is a new one."""
    shown = models.CharField("已确认的预检", max_length=64, blank=True)
    """Digest of the report that was confirmed."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    run = models.ForeignKey(ImportRun, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="导入记录")

    class Meta(Job.Meta):
        verbose_name = verbose_name_plural = "上传文件"
        ordering = ["-asked_at", "-id"]
        constraints = [
            *Job.Meta.constraints,
            models.CheckConstraint(condition=Q(step__in=UploadStep.values), name="upload_step_known"),
            models.CheckConstraint(
                condition=Q(run=None) | Q(step=UploadStep.IMPORT), name="upload_imported_by_importing"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("upload-detail", args=[self.pk])

    @property
    def is_importing(self) -> bool:
        """Whether it was confirmed and the import has not ended."""
        return self.step == UploadStep.IMPORT and not self.is_over

    @property
    def is_checked(self) -> bool:
        """Whether there is a report to look at and nothing is being done."""
        return self.is_over and self.run_id is None and bool(self.report)


class UploadPart(models.Model):
    """A piece of an uploaded file, so that taking it takes no memory for the whole."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts", verbose_name="上传文件")
    number = models.PositiveIntegerField("序号")
    data = models.BinaryField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "上传内容"
        ordering = ["upload", "number"]
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="upload_part_once")]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.number}"


class Outcome(models.TextChoices):
    """What a run did with a record."""

    CREATED = "created", "新增"
    CHANGED = "changed", "变更"
    UNCHANGED = "unchanged", "未变"
    DUPLICATE = "duplicate", "重复填报"
    CONFLICT = "conflict", "冲突"


class SourceRecord(models.Model):
    """What one document states about one project: the filing, kept whole, also when a later one replaced it.

    ``document`` is null for a project that no source printed and that came in by an interchange file.
    """

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="records", verbose_name="导入记录")
    document = models.ForeignKey(
        SourceDocument, models.PROTECT, null=True, blank=True, related_name="records", verbose_name="来源文件"
    )
    project = models.ForeignKey(Project, models.PROTECT, related_name="source_records", verbose_name="项目")
    first_line = models.PositiveIntegerField("起始行", null=True, blank=True)
    last_line = models.PositiveIntegerField("结束行", null=True, blank=True)
    lines = models.JSONField("行范围", default=list)
    outcome = models.CharField("处理结果", max_length=10, choices=Outcome)
    is_current = models.BooleanField("现行填报", default=False)
    identity = models.CharField("印刷标识", max_length=64, db_index=True)
    """Digest of region, year, department and name as printed: finds the project again after people renamed it."""
    draft = models.JSONField("读取内容")

    class Meta:
        verbose_name = verbose_name_plural = "来源记录"
        ordering = [F("document_id").asc(nulls_last=True), "first_line", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project"], condition=Q(is_current=True), name="one_current_record_a_project"),
            models.UniqueConstraint(fields=["document", "first_line", "project"], name="source_record_once"),
            models.CheckConstraint(
                condition=Q(first_line=None, last_line=None) | Q(first_line__gte=1, last_line__gte=F("first_line")),
                name="source_record_lines_in_order",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.document} {self.first_line}–{self.last_line}"


class ExportKind(models.TextChoices):
    """What a file of projects, or of their totals, can be."""

    XLSX = "xlsx", "Excel 表格"
    CSV = "csv", "CSV 表格"
    JSON = "json", "交换文件"
    FORMS = "forms", "项目支出绩效目标表"
    LIST = "list", "重点项目一览表"
    TOTALS = "totals", "汇总表"


class Export(Job):
    """A file of the projects that filters find, or of their totals, made outside the request and fetched by whoever asked for it."""

    TASK = "imports.export"

    token = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="用户")
    kind = models.CharField("格式", max_length=6, choices=ExportKind)
    query = models.TextField("条件", blank=True)
    """As in the address: filters, order, columns and unit; of totals, what their table looks like."""
    file_name = models.CharField("文件名", max_length=255)
    size = models.PositiveBigIntegerField("字节数", null=True, blank=True)

    class Meta(Job.Meta):
        verbose_name = verbose_name_plural = "导出"
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["user", "-asked_at"], name="export_of_user")]
        constraints = [
            *Job.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=ExportKind.values), name="export_kind_known"),
        ]

    def __str__(self) -> str:
        return self.file_name


class ExportPart(models.Model):
    """A piece of an export's file, so that neither making nor sending it takes the memory of the whole."""

    export = models.ForeignKey(Export, models.CASCADE, related_name="parts", verbose_name="导出")
    number = models.PositiveIntegerField("序号")
    data = models.BinaryField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "导出内容"
        ordering = ["export", "number"]
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="export_part_once")]

    def __str__(self) -> str:
        return f"{self.export_id} {self.number}"
