"""What each project adds to totals (`ProjectTally`), the totals (`Rollup`) with the triggers that keep them, and the orders of lists."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# One project adds to several groups: its class and those above it, its sources, its places. Projects that agree in place,
# kind and classes are summed by source before their classes are gone through: there are many projects and few such sets.
CONTRIBUTIONS = """
    SELECT place.level, place.code AS place, one.year, one.attribute, one.is_archived, class.code AS category, one.source,
        sum(one.held) * {sign} AS held, sum(one.counted) * {sign} AS projects, sum(one.amounts) * {sign} AS amounts,
        sum(one.annual) * {sign} AS amount, sum(one.periods) * {sign} AS periods, sum(one.period) * {sign} AS period,
        sum(one.counted * class.number) * {sign} AS indicators
    FROM (
        SELECT {same}, tally.year, tally.attribute, tally.is_archived, tally.indicators, source.code AS source,
            count(*) AS held, sum(source.counted) AS counted, count(source.annual) AS amounts,
            coalesce(sum(source.annual), 0) AS annual, count(source.period) AS periods,
            coalesce(sum(source.period), 0) AS period
        FROM {rows} tally
        CROSS JOIN LATERAL (
            SELECT '' AS code, 1 AS counted, tally.amount AS annual, tally.period_amount AS period
            UNION ALL SELECT code, coalesce(annual > 0, false)::integer, annual, period
                FROM unnest(tally.sources, tally.annual_money, tally.period_money) AS own (code, annual, period)
            UNION ALL SELECT 'none', 1, NULL, NULL WHERE tally.is_unlisted
            UNION ALL SELECT '+' || code, 1, tally.amount, tally.period_amount
                FROM unnest(tally.sources, tally.annual_money) AS own (code, annual) WHERE annual > 0
        ) source
        GROUP BY {same}, tally.year, tally.attribute, tally.is_archived, tally.indicators, source.code
    ) one
    CROSS JOIN LATERAL ({classes}) class
    CROSS JOIN LATERAL (VALUES {places}) AS place (level, code)
    WHERE class.code = '' OR one.source NOT LIKE '+%'
    GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
WHOLE = "SELECT '' AS code, one.indicators AS number"
CLASSES = f"""{WHOLE}
    UNION ALL SELECT code, number FROM unnest(one.classes, one.class_numbers) AS own (code, number)
    UNION ALL SELECT 'none', 0 WHERE one.indicators = 0"""


def contributions(rows, sign, *wide):
    """Classes are told apart in the wide places only: one by one, regions would have more groups than projects."""
    return " UNION ALL ".join(
        CONTRIBUTIONS.format(rows=rows, sign=sign, same=same, classes=classes, places=places)
        for same, classes, places in (
            ("tally.top, tally.classes, tally.class_numbers", CLASSES, ", ".join(wide)),
            ("tally.region", WHOLE, "(2, one.region)"),
        )
    )


COUNTRY, TOP = "(0, '')", "(1, one.top)"
KEY = "level, place, year, attribute, is_archived, category, source"
MEASURES = ("held", "projects", "amounts", "amount", "periods", "period", "indicators")
SUMS = ", ".join(f"sum({measure}) AS {measure}" for measure in MEASURES)
COLUMNS = f"{KEY}, {', '.join(MEASURES)}"
# What a statement took away and what it added; where both are the same, as for most groups, nothing is written.
CHANGED = f"""
CREATE FUNCTION projects_rollup_{{name}}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('perfgoals.rollups', true) = 'later' THEN
        RETURN NULL;
    END IF;
    INSERT INTO projects_rollup ({COLUMNS}, change)
        SELECT {COLUMNS}, nextval('projects_rollup_change')
        FROM (SELECT {KEY}, {SUMS} FROM ({{contributions}}) part GROUP BY {KEY}) changed
        WHERE ({", ".join(MEASURES)}) <> (0, 0, 0, 0, 0, 0, 0);
    RETURN NULL;
END $$;
"""
ADDED, TAKEN = contributions("written", 1, COUNTRY, TOP), contributions("former", -1, COUNTRY, TOP)
TRIGGERS = {
    "insert": ("NEW TABLE AS written", ADDED),
    "update": ("OLD TABLE AS former NEW TABLE AS written", f"{TAKEN} UNION ALL {ADDED}"),
    "delete": ("OLD TABLE AS former", TAKEN),
}
# Without rows of the country: they are the sums of those below it, which is quicker than counting every project again.
MADE_ANEW = f"""
CREATE FUNCTION projects_rollups_made_anew() RETURNS SETOF projects_rollup LANGUAGE sql STABLE SET work_mem = '128MB' SET jit = off AS $$
    WITH below AS MATERIALIZED ({contributions("projects_projecttally", 1, TOP)})
    SELECT 0::bigint, level::smallint, place, year::smallint, attribute, is_archived, category, source, held::integer,
        projects::integer, amounts::integer, amount, periods::integer, period, indicators::bigint, 0::bigint
    FROM (
        SELECT {COLUMNS} FROM below
        UNION ALL
        SELECT 0, '', year, attribute, is_archived, category, source, {", ".join(f"sum({one})" for one in MEASURES)}
        FROM below WHERE level = 1 GROUP BY year, attribute, is_archived, category, source
    ) AS every ({COLUMNS})
$$;
"""
# Whoever changes projects meanwhile waits: what they add would be counted twice or not at all.
MAKE = f"""
CREATE FUNCTION projects_make_rollups() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE projects_projecttally, projects_rollup IN EXCLUSIVE MODE;
    DELETE FROM projects_rollup;
    INSERT INTO projects_rollup ({COLUMNS}, change)
        SELECT {COLUMNS}, 0 FROM projects_rollups_made_anew();
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0009_project_text'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProjectTally',
            fields=[
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='tally', serialize=False, to='projects.project', verbose_name='项目')),
                ('region', models.CharField(max_length=6, verbose_name='行政区划代码')),
                ('top', models.CharField(max_length=6, verbose_name='省级代码')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('department', models.BigIntegerField(default=0, verbose_name='部门')),
                ('section', models.CharField(max_length=60, verbose_name='科室')),
                ('attribute', models.CharField(max_length=10, verbose_name='项目属性')),
                ('is_archived', models.BooleanField(verbose_name='已归档')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=17, null=True, verbose_name='年度金额')),
                ('period_amount', models.DecimalField(decimal_places=2, max_digits=17, null=True, verbose_name='实施期资金总额')),
                ('is_unlisted', models.BooleanField(verbose_name='有未列明来源的资金')),
                ('indicators', models.PositiveIntegerField(verbose_name='指标数')),
                ('period_indicators', models.PositiveIntegerField(verbose_name='实施期指标数')),
                ('sources', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None, verbose_name='资金来源')),
                ('annual_money', django.contrib.postgres.fields.ArrayField(base_field=models.DecimalField(decimal_places=2, max_digits=17, null=True), size=None, verbose_name='年度资金')),
                ('period_money', django.contrib.postgres.fields.ArrayField(base_field=models.DecimalField(decimal_places=2, max_digits=17, null=True), size=None, verbose_name='实施期资金')),
                ('classes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='指标类别')),
                ('class_numbers', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None, verbose_name='各类指标数')),
            ],
            options={
                'verbose_name': '项目计数',
                'verbose_name_plural': '项目计数',
            },
        ),
        migrations.CreateModel(
            name='Rollup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(choices=[(0, '全国'), (1, '省级'), (2, '行政区划')], verbose_name='范围')),
                ('place', models.CharField(max_length=6, verbose_name='行政区划代码')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('attribute', models.CharField(max_length=10, verbose_name='项目属性')),
                ('is_archived', models.BooleanField(verbose_name='已归档')),
                ('category', models.CharField(max_length=40, verbose_name='指标类别')),
                ('source', models.CharField(max_length=21, verbose_name='资金来源')),
                ('held', models.IntegerField(verbose_name='组内项目数')),
                ('projects', models.IntegerField(verbose_name='项目数')),
                ('amounts', models.IntegerField(verbose_name='有年度金额的个数')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=24, verbose_name='年度金额')),
                ('periods', models.IntegerField(verbose_name='有实施期金额的个数')),
                ('period', models.DecimalField(decimal_places=2, max_digits=24, verbose_name='实施期金额')),
                ('indicators', models.BigIntegerField(verbose_name='指标数')),
                ('change', models.BigIntegerField(default=0, verbose_name='变动号')),
            ],
            options={
                'verbose_name': '汇总数',
                'verbose_name_plural': '汇总数',
            },
        ),
        migrations.RemoveIndex(
            model_name='project',
            name='project_region_year_amount',
        ),
        migrations.RemoveIndex(
            model_name='project',
            name='project_year_amount',
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(models.F('region'), models.F('year'), models.OrderBy(models.F('amount'), descending=True, nulls_last=True), models.F('id'), include=('period_amount', 'archived_at'), name='project_region_year_amount'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(models.F('year'), models.OrderBy(models.F('amount'), descending=True, nulls_last=True), models.F('id'), include=('period_amount', 'archived_at'), name='project_year_amount'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(models.OrderBy(models.F('amount'), descending=True, nulls_last=True), models.F('id'), include=('archived_at',), name='project_amount'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(fields=['amount', 'id'], include=('archived_at',), name='project_smallest_amount'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(fields=['-year', 'id'], include=('archived_at',), name='project_latest_year'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(fields=['region', '-year', 'serial', 'id'], include=('amount', 'period_amount', 'archived_at'), name='project_usual_order'),
        ),
        migrations.AddIndex(
            model_name='projecttally',
            index=models.Index(fields=['indicators', 'project'], name='project_fewest_indicators'),
        ),
        migrations.AddIndex(
            model_name='projecttally',
            index=models.Index(fields=['-indicators', 'project'], name='project_most_indicators'),
        ),
        migrations.AddIndex(
            model_name='rollup',
            index=models.Index(condition=models.Q(('change__gt', 0), ('held', 0), _connector='OR'), fields=['change'], name='rollup_unsettled'),
        ),
        migrations.AddConstraint(
            model_name='rollup',
            constraint=models.UniqueConstraint(fields=('level', 'source', 'category', 'place', 'year', 'attribute', 'is_archived', 'change'), name='rollup_once'),
        ),
        migrations.RunSQL("CREATE SEQUENCE projects_rollup_change", "DROP SEQUENCE projects_rollup_change"),
        migrations.RunSQL(MADE_ANEW, "DROP FUNCTION projects_rollups_made_anew()"),
        migrations.RunSQL(MAKE, "DROP FUNCTION projects_make_rollups()"),
        *(
            migrations.RunSQL(
                [
                    CHANGED.format(name=name, contributions=contributions),
                    f"CREATE TRIGGER rollup_after_{name} AFTER {name.upper()} ON projects_projecttally"
                    f" REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION projects_rollup_{name}()",
                ],
                [
                    f"DROP TRIGGER rollup_after_{name} ON projects_projecttally",
                    f"DROP FUNCTION projects_rollup_{name}()",
                ],
            )
            for name, (rows, contributions) in TRIGGERS.items()
        ),
    ]
