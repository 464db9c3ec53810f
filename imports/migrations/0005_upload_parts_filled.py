from django.db import migrations

# Files that wait are checked anew by the worker: their reports lack what pages ask of reports now.
FORWARDS = """
INSERT INTO imports_uploadpart (upload_id, number, data)
SELECT id, 1, data FROM imports_upload WHERE data IS NOT NULL;

UPDATE imports_upload
SET batch = gen_random_uuid(), size = coalesce(octet_length(data), 0),
    sha256 = coalesce(encode(sha256(data), 'hex'), '');

UPDATE imports_upload AS upload
SET state = 'done', step = 'import', finished_at = run.finished_at, confirmed_by_id = run.by_id,
    size = coalesce(document.size, 0), sha256 = document.sha256
FROM imports_importrun AS run JOIN imports_sourcedocument AS document ON document.id = run.document_id
WHERE run.id = upload.run_id;
"""
BACKWARDS = """
UPDATE imports_upload
SET data = (SELECT string_agg(data, ''::bytea ORDER BY number) FROM imports_uploadpart WHERE upload_id = imports_upload.id)
WHERE run_id IS NULL;

-- The version before knew nothing of files that are not checked.
DELETE FROM imports_uploadpart WHERE upload_id IN (SELECT id FROM imports_upload WHERE report = '{}' AND run_id IS NULL);
DELETE FROM imports_upload WHERE report = '{}' AND run_id IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("imports", "0004_upload_jobs")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
