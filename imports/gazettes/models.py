"""Official documents as they are printed, their tables, and the plan projects, plan indicators and targets in them.

What a reader took stays beside what people made of it (``draft``), so that reading a text again changes nothing that
somebody mended, and brings back what nobody touched (`imports.gazettes.storing`).
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from perfgoals.history import event_model
from perfgoals.money import LIMIT
from projects.models import Department, Project, Region

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


class PlanProject(models.Model):
    """A row of a project table: what a plan or a programme means to build, for how much, where, when and by whom."""

    row = models.OneToOneField(TableRow, models.CASCADE, related_name="plan_project", verbose_name="表格行")
    table = models.ForeignKey(DocumentTable, models.CASCADE, related_name="plan_projects", verbose_name="表格")
    document = models.ForeignKey(OfficialDocument, models.CASCADE, related_name="plan_projects", verbose_name="文件")
    serial = models.TextField("序号", blank=True)
    category = models.TextField("类别", blank=True)
    name = models.TextField("项目名称", blank=True)
    content = models.TextField("建设内容", blank=True)
    investment = models.DecimalField("投资", null=True, blank=True, max_digits=17, decimal_places=2)
    """In yuan."""
    investment_printed = models.TextField("投资（印刷）", blank=True)
    investment_unit = models.CharField("投资单位", max_length=4, blank=True)
    investment_in_text = models.DecimalField("文中所述投资", null=True, blank=True, max_digits=17, decimal_places=2)
    investment_in_text_printed = models.TextField("文中所述投资（印刷）", blank=True)
    location = models.TextField("建设地点", blank=True)
    period = models.TextField("建设年限", blank=True)
    first_year = models.PositiveSmallIntegerField("起始年", null=True, blank=True)
    last_year = models.PositiveSmallIntegerField("结束年", null=True, blank=True)
    responsible = models.TextField("责任单位", blank=True)
    other = models.JSONField("其他各列", default=dict)
    damage = models.TextField("损坏原因", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "规划项目"
        ordering = ["document_id", "table_id", "row__line"]
        indexes = [models.Index(fields=["document", "damage"], name="plan_project_of_document")]
        constraints = [
            models.CheckConstraint(
                condition=Q(investment=None) | Q(investment__gte=0, investment__lt=LIMIT), name="plan_investment_range"
            ),
            models.CheckConstraint(
                condition=Q(investment_in_text=None) | Q(investment_in_text__gte=0, investment_in_text__lt=LIMIT),
                name="plan_investment_in_text_range",
            ),
            models.CheckConstraint(condition=~Q(name="") | ~Q(damage=""), name="sound_plan_project_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("plan-project", args=[self.pk])


class PlanProjectEvent(event_model(PlanProject, index=("document", "pgh_id"))):  # type: ignore[misc]  # made at run time
    """History of plan projects: they follow their rows."""


class PlanBody(models.Model):
    """A body that is responsible for a plan project, as printed, and the department that it is, where one is known."""

    plan_project = models.ForeignKey(PlanProject, models.CASCADE, related_name="bodies", verbose_name="规划项目")
    position = models.PositiveSmallIntegerField("顺序")
    printed = models.TextField("印刷名称")
    department = models.ForeignKey(
        Department, models.SET_NULL, null=True, blank=True, related_name="plan_bodies", verbose_name="部门"
    )

    class Meta:
        verbose_name = verbose_name_plural = "责任单位"
        ordering = ["plan_project_id", "position"]
        constraints = [models.UniqueConstraint(fields=["plan_project", "position"], name="plan_body_once")]

    def __str__(self) -> str:
        return self.printed


class LinkState(models.TextChoices):
    """What a person said of a proposed link."""

    PROPOSED = "proposed", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REJECTED = "rejected", "不是同一项目"


class PlanLink(models.Model):
    """A plan project and a budget project that very likely are one, until a person says so or not."""

    plan_project = models.ForeignKey(PlanProject, models.CASCADE, related_name="links", verbose_name="规划项目")
    project = models.ForeignKey(Project, models.CASCADE, related_name="plan_links", verbose_name="预算项目")
    likeness = models.PositiveSmallIntegerField("相似度")
    """0 to 100, of name and department (`imports.gazettes.linking`)."""
    state = models.CharField("状态", max_length=9, choices=LinkState, default=LinkState.PROPOSED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "规划与预算的对应"
        ordering = ["plan_project_id", "-likeness", "project_id"]
        constraints = [
            models.UniqueConstraint(fields=["plan_project", "project"], name="plan_link_once"),
            models.CheckConstraint(condition=Q(state__in=LinkState.values), name="plan_link_state_known"),
            models.CheckConstraint(condition=Q(likeness__lte=100), name="plan_link_likeness_in_percent"),
            models.CheckConstraint(
                condition=Q(state=LinkState.PROPOSED, at=None) | (~Q(state=LinkState.PROPOSED) & Q(at__isnull=False)),
                name="plan_link_decided_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_project_id} – {self.project_id}"


class PlanLinkEvent(event_model(PlanLink, index=("plan_project", "pgh_id"))):  # type: ignore[misc]  # made at run time
    """History of links: who confirmed and who rejected."""


class Direction(models.TextChoices):
    """Which way an indicator is better."""

    UP = "up", "越高越好"
    DOWN = "down", "越低越好"


class PlanIndicator(models.Model):
    """An indicator of a plan (规划指标): a row of an indicator table, or of a table of limits by town."""

    row = models.ForeignKey(TableRow, models.CASCADE, related_name="plan_indicators", verbose_name="表格行")
    table = models.ForeignKey(DocumentTable, models.CASCADE, related_name="plan_indicators", verbose_name="表格")
    document = models.ForeignKey(OfficialDocument, models.CASCADE, related_name="plan_indicators", verbose_name="文件")
    position = models.PositiveSmallIntegerField("行内顺序", default=0)
    """A row of a table of limits holds one indicator a subject."""
    serial = models.TextField("序号", blank=True)
    group = models.TextField("分组", blank=True)
    name = models.TextField("指标")
    name_printed = models.TextField("指标（印刷）")
    unit = models.TextField("单位", blank=True)
    qualifier = models.TextField("说明", blank=True)
    base_year = models.PositiveSmallIntegerField("基期", null=True, blank=True)
    target_year = models.PositiveSmallIntegerField("目标年", null=True, blank=True)
    nature = models.TextField("属性", blank=True)
    direction = models.CharField("方向", max_length=4, choices=Direction, blank=True)
    damage = models.TextField("损坏原因", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "规划指标"
        ordering = ["document_id", "table_id", "row__line", "position"]
        constraints = [
            models.UniqueConstraint(fields=["row", "position"], name="plan_indicator_once"),
            models.CheckConstraint(condition=Q(direction__in=["", *Direction.values]), name="plan_direction_known"),
        ]

    def __str__(self) -> str:
        return self.name


class PlanValue(models.Model):
    """An indicator's value in one column: 2025年, or a town's limit."""

    indicator = models.ForeignKey(PlanIndicator, models.CASCADE, related_name="values", verbose_name="规划指标")
    position = models.PositiveSmallIntegerField("顺序")
    label = models.TextField("列")
    year = models.PositiveSmallIntegerField("年份", null=True, blank=True)
    printed = models.TextField("印刷的值", blank=True)
    operator = models.CharField("比较", max_length=2, blank=True)
    number = models.DecimalField("数值", null=True, blank=True, max_digits=24, decimal_places=6)

    class Meta:
        verbose_name = verbose_name_plural = "规划指标值"
        ordering = ["indicator_id", "position"]
        constraints = [models.UniqueConstraint(fields=["indicator", "position"], name="plan_value_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.printed}"


class TargetState(models.TextChoices):
    """What a person said of a target that the reader found."""

    OPEN = "open", "待审"
    ACCEPTED = "accepted", "已接受"
    CORRECTED = "corrected", "已更正"
    REJECTED = "rejected", "不是目标"


class ProseTarget(models.Model):
    """A quantified target in running text; ``draft`` is what the reader took, the fields are what is in force."""

    document = models.ForeignKey(OfficialDocument, models.CASCADE, related_name="targets", verbose_name="文件")
    position = models.PositiveIntegerField("顺序")
    line = models.PositiveIntegerField("行")
    text = models.TextField("分句")
    sentence = models.TextField("句子")
    name = models.TextField("指标")
    operator = models.CharField("比较", max_length=2)
    word = models.TextField("用词", blank=True)
    number = models.DecimalField("数值", max_digits=24, decimal_places=6)
    number_printed = models.TextField("数值（印刷）")
    unit = models.TextField("单位", blank=True)
    year = models.PositiveSmallIntegerField("目标年", null=True, blank=True)
    year_basis = models.CharField("目标年依据", max_length=9, blank=True)
    state = models.CharField("状态", max_length=9, choices=TargetState, default=TargetState.OPEN)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    draft = models.JSONField("读取内容")

    class Meta:
        verbose_name = verbose_name_plural = "文中目标"
        ordering = ["document_id", "position"]
        indexes = [models.Index(fields=["state", "document"], name="prose_target_to_review")]
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="prose_target_once"),
            models.CheckConstraint(
                condition=Q(operator__in=[">=", "<=", ">", "<", "=", "~"]), name="prose_target_operator_known",
                violation_error_message="比较符只能是 ≥ ≤ ＞ ＜ ＝ ≈ 之一。",
            ),
            models.CheckConstraint(condition=Q(state__in=TargetState.values), name="prose_target_state_known"),
            models.CheckConstraint(
                condition=Q(state=TargetState.OPEN, reviewed_at=None)
                | (~Q(state=TargetState.OPEN) & Q(reviewed_at__isnull=False)),
                name="prose_target_reviewed_at_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text


class ProseTargetEvent(event_model(ProseTarget, index=("document", "pgh_id"))):  # type: ignore[misc]  # made at run time
    """History of targets: what was read, accepted, corrected and rejected."""


class CitedText(models.Model):
    """The 文号 that a text cites, by the text's digest: kept so that each text is searched once (`imports.gazettes.citing`).

    It depends on nothing but the text, so that it is never out of date, whoever changed a project in whatever way.
    """

    digest = models.CharField("文字摘要", max_length=32, primary_key=True)
    """MD5 of the text, as PostgreSQL computes it."""
    numbers = ArrayField(models.TextField(), verbose_name="文号")
    """In their standard form, each once, in the text's order."""

    class Meta:
        verbose_name = verbose_name_plural = "所引文号"
        indexes = [GinIndex(fields=["numbers"], name="cited_numbers")]

    def __str__(self) -> str:
        return self.digest
