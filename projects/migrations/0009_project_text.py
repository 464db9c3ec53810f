"""What a search of projects looks through: one text a project, and an index of its characters and pairs of characters."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
NARROW = "".join(chr(code) for code in range(0x21, 0x7F)).lower()
# The signs that nearly every text has: replacing them one by one takes a tenth of the time of translating all.
USUAL = {"（": "(", "）": ")", "，": ",", "：": ":", "；": ";", "％": "%", "〔": "[", "〕": "]"}


def _quoted(text):
    return "'" + text.replace("'", "''") + "'"


def _replaced(text):
    for sign, other in USUAL.items():
        text = f"replace({text}, {_quoted(sign)}, {_quoted(other)})"
    return text


# As projects.filters.words folds. White space is what parts words where people type (str.split of Python).
FOLD = rf"""
CREATE FUNCTION projects_fold(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
    solid text := regexp_replace(
        given,
        '[\s\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]',
        '', 'g'
    );
BEGIN
    solid := {_replaced('lower(solid COLLATE "C")')};
    IF solid ~ '[\uff01-\uff5e]' THEN
        RETURN translate(solid, {_quoted(WIDE)}, {_quoted(NARROW)});
    END IF;
    RETURN solid;
END $$;
"""
# Every second pair from the first character on, every second from the second on, and each character.
GRAMS = r"""
CREATE FUNCTION projects_grams(solid text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN string_to_array(solid, NULL)
    || string_to_array(rtrim(regexp_replace(solid, '(..)', '\1 ', 'g'), ' '), ' ')
    || string_to_array(rtrim(regexp_replace(substr(solid, 2), '(..)', '\1 ', 'g'), ' '), ' ');
"""
# The planner would read every text where it expects nearly all to match, and make their pairs, which takes a hundred times
# as long as the index; and a bitmap that runs out of memory forgets which rows of a page it meant.
WITH_WORDS = """
CREATE FUNCTION projects_with_words(grams text[], patterns text[]) RETURNS SETOF bigint
LANGUAGE sql STABLE PARALLEL RESTRICTED SET enable_seqscan = off SET work_mem = '64MB' AS $$
    SELECT project_id FROM projects_projecttext
    WHERE projects_grams(text) COLLATE "C" @> grams COLLATE "C" AND text LIKE ALL (patterns)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0008_basis_digest"),
    ]

    operations = [
        migrations.RunSQL(FOLD, "DROP FUNCTION projects_fold(text);"),
        migrations.RunSQL(GRAMS, "DROP FUNCTION projects_grams(text);"),
        migrations.CreateModel(
            name="ProjectText",
            fields=[
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="texts",
                        serialize=False,
                        to="projects.project",
                        verbose_name="项目",
                    ),
                ),
                ("text", models.TextField(verbose_name="文字")),
            ],
            options={
                "verbose_name": "项目文字",
                "verbose_name_plural": "项目文字",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        models.Func(
                            "text", function="projects_grams", template='%(function)s(%(expressions)s) COLLATE "C"'
                        ),
                        name="project_text_grams",
                    )
                ],
            },
        ),
        # Long texts apart from their rows: what counts hits reads the rows and not the texts.
        migrations.RunSQL(
            "ALTER TABLE projects_projecttext SET (toast_tuple_target = 128);",
            "ALTER TABLE projects_projecttext RESET (toast_tuple_target);",
        ),
        migrations.RunSQL(WITH_WORDS, "DROP FUNCTION projects_with_words(text[], text[]);"),
    ]
