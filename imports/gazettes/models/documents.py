"""Official documents as they are printed: issues, documents, annexes, tables and rows.

What a reader took stays beside what people made of it (``draft``), so that reading a text again changes nothing that
somebody mended, and brings back what nobody touched (`imports.gazettes.storing`).
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from perfgoals.history import event_model
from projects.models import Region

SOURCE = "imports.SourceDocument"


class GazetteIssue(models.Model):
    """One issue of a gazette (公报 2024年第3期, 总第27期)."""

    source = models.ForeignKey(SOURCE, models.CASCADE, related_name="issues", verbose_name="来源文件")
    position = models.PositiveIntegerField("顺序")
    title = models.TextField("刊名")
    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveSmallIntegerField("期号")
    total_number = models.PositiveIntegerField("总期号", null=True, blank=True)
    published = models.DateField("出版日期", null=True, blank=True)
    published_printed = models.TextField("出版日期（印刷）", null=True, blank=True)
    first_line = models.PositiveIntegerField("起始行")
    last_line = models.PositiveIntegerField("结束行")
    entries = models.JSONField("目录", default=list)
    """Of the table of contents: line, title, number, section and page of each entry."""

    class Meta:
        verbose_name = verbose_name_plural = "公报"
        ordering = ["-year", "-number", "source_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["source", "position"], name="issue_once"),
            models.CheckConstraint(condition=Q(last_line__gte=F("first_line")), name="issue_lines_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}年第{self.number}期"


class OfficialDocument(models.Model):
    """An official document (文件) that a text prints: a notice with what it issues, a reply, a plan."""

    source = models.ForeignKey(SOURCE, models.CASCADE, related_name="official_documents", verbose_name="来源文件")
    issue = models.ForeignKey(
        GazetteIssue, models.CASCADE, null=True, blank=True, related_name="documents", verbose_name="公报"
    )
    position = models.PositiveIntegerField("顺序")
    title = models.TextField("标题")
    number = models.CharField("文号", max_length=80, blank=True, db_index=True)
    """In its standard form; empty where none is printed."""
    number_printed = models.TextField("文号（印刷）", blank=True)
    issuer = models.TextField("发文机关", blank=True)
    addressee = models.TextField("主送机关", blank=True)
    signed = models.DateField("成文日期", null=True, blank=True)
    signed_printed = models.TextField("成文日期（印刷）", blank=True)
    public_note = models.TextField("公开说明", blank=True)
    attached_title = models.TextField("印发的文件", blank=True)
    section = models.TextField("栏目", blank=True)
    page = models.PositiveIntegerField("页码", null=True, blank=True)
    horizon = models.PositiveSmallIntegerField("规划末年", null=True, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="行政区划")
    """Of the issuer, where its name says it."""
    first_line = models.PositiveIntegerField("起始行")
    last_line = models.PositiveIntegerField("结束行")
    title_lines = ArrayField(models.PositiveIntegerField(), verbose_name="标题行", default=list)
    number_line = models.PositiveIntegerField("文号行", null=True, blank=True)
    signed_line = models.PositiveIntegerField("成文日期行", null=True, blank=True)
    attached_line = models.PositiveIntegerField("印发文件标题行", null=True, blank=True)
    contents_line = models.PositiveIntegerField("目录行", null=True, blank=True)
    headings = models.JSONField("标题层次", default=list)
    """Line, level and text of each."""
    contents = models.JSONField("文内目录", default=list)
    """First and last line of each table of contents inside the document."""
    duplicate_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="duplicates", verbose_name="同一文件"
    )
    """The same document as another text prints it: its projects and targets count once."""

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering = [F("signed").desc(nulls_last=True), "source_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["source", "position"], name="official_document_once"),
            models.CheckConstraint(condition=~Q(title=""), name="official_document_has_title"),
            models.CheckConstraint(
                condition=Q(last_line__gte=F("first_line")), name="official_document_lines_in_order"
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of=None) | ~Q(duplicate_of=F("pk")),
                name="official_document_not_its_own_duplicate",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("official-document", args=[self.pk])


class Annex(models.Model):
    """An annex (附件) of an official document, printed or only listed."""

    document = models.ForeignKey(OfficialDocument, models.CASCADE, related_name="annexes", verbose_name="文件")
    position = models.PositiveIntegerField("顺序")
    number = models.CharField("附件号", max_length=20, blank=True)
    title = models.TextField("标题")
    listed_title = models.TextField("目录所列标题", blank=True)
    listed_line = models.PositiveIntegerField("目录行", null=True, blank=True)
    label_line = models.PositiveIntegerField("“附件”行", null=True, blank=True)
    heading_line = models.PositiveIntegerField("标题行", null=True, blank=True)
    first_line = models.PositiveIntegerField("起始行", null=True, blank=True)
    last_line = models.PositiveIntegerField("结束行", null=True, blank=True)
    page = models.PositiveIntegerField("页码", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["document_id", "position"]
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="annex_once")]

    def __str__(self) -> str:
        return f"附件{self.number}：{self.title}"


class TableKind(models.TextChoices):
    """What the rows of a table are."""

    PROJECTS = "project_table", "项目表"
    INDICATORS = "indicator_table", "指标表"
    TASKS = "task_table", "任务表"
    OTHER = "other", "其他表格"


class DocumentTable(models.Model):
    """A table of an official document, over all pages on which it is printed."""

    document = models.ForeignKey(OfficialDocument, models.CASCADE, related_name="tables", verbose_name="文件")
    annex = models.ForeignKey(Annex, models.CASCADE, null=True, blank=True, related_name="tables", verbose_name="附件")
    position = models.PositiveIntegerField("顺序")
    caption = models.TextField("表题", blank=True)
    caption_line = models.PositiveIntegerField("表题行", null=True, blank=True)
    kind = models.CharField("种类", max_length=15, choices=TableKind)
    header = ArrayField(models.TextField(), verbose_name="表头")
    header_lines = ArrayField(models.PositiveIntegerField(), verbose_name="表头行")
    unit = models.CharField("单位", max_length=20, blank=True)
    first_line = models.PositiveIntegerField("起始行")
    last_line = models.PositiveIntegerField("结束行")
    totals = models.JSONField("合计核对", default=list)
    """Line, column, label, declared and computed of each `ColumnTotal`; numbers as text."""

    class Meta:
        verbose_name = verbose_name_plural = "表格"
        ordering = ["document_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="document_table_once"),
            models.CheckConstraint(condition=Q(kind__in=TableKind.values), name="document_table_kind_known"),
        ]

    def __str__(self) -> str:
        return self.caption or f"第 {self.first_line} 行的表格"


class RowKind(models.TextChoices):
    """What a line of a table is."""

    ROW = "row", "数据行"
    GROUP = "group", "分组行"
    TOTAL = "total", "合计行"


class TableRow(models.Model):
    """A row of a table: as printed, and as it is used. Somebody may mend it; ``draft`` is what the reader took."""

    table = models.ForeignKey(DocumentTable, models.CASCADE, related_name="rows", verbose_name="表格")
    line = models.PositiveIntegerField("行")
    kind = models.CharField("种类", max_length=5, choices=RowKind)
    printed = ArrayField(models.TextField(blank=True), verbose_name="印刷的各格")
    cells = ArrayField(models.TextField(blank=True), verbose_name="各格")
    filled = ArrayField(models.PositiveIntegerField(), verbose_name="由合并格补入的格", default=list)
    group = models.TextField("分组", blank=True)
    mended = models.TextField("修补说明", blank=True)
    """What the reader mended, and what in the row proves it."""
    damage = models.TextField("损坏原因", blank=True)
    """Empty for a sound row. No damaged row is taken for a fact."""
    mended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修正人"
    )
    mended_at = models.DateTimeField("修正时间", null=True, blank=True)
    draft = models.JSONField("读取内容")
    """Cells, filled, group, mended and damage as the reader gave them."""

    class Meta:
        verbose_name = verbose_name_plural = "表格行"
        ordering = ["table_id", "line"]
        constraints = [
            models.UniqueConstraint(fields=["table", "line"], name="table_row_once"),
            models.CheckConstraint(condition=Q(kind__in=RowKind.values), name="table_row_kind_known"),
            models.CheckConstraint(
                condition=Q(mended_by=None, mended_at=None) | Q(mended_at__isnull=False),
                name="table_row_mended_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.line} 行"


class TableRowEvent(event_model(TableRow, index=("table", "pgh_id"))):  # type: ignore[misc]  # made at run time
    """History of rows: what they were before somebody mended them."""
