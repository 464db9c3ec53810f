"""What all histories share: one sequence for all events, and a guard over their contexts."""

from django.db import migrations

GUARD = """
CREATE FUNCTION history_context_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A change may add what it learns on its way (an import its run); nothing that was said is taken back.
    IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.created_at = OLD.created_at AND NEW.metadata @> OLD.metadata THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'history contexts are never changed or deleted';
END $$;
CREATE TRIGGER history_context_guard BEFORE UPDATE OR DELETE ON pghistory_context
    FOR EACH ROW EXECUTE FUNCTION history_context_guard();
"""
NO_GUARD = "DROP TRIGGER history_context_guard ON pghistory_context; DROP FUNCTION history_context_guard()"


class Migration(migrations.Migration):
    dependencies = [("perfgoals", "0001_initial"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE history_event", "DROP SEQUENCE history_event"),
        migrations.RunSQL(GUARD, NO_GUARD),
    ]
