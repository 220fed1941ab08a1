"""The schema of a database as its own catalogue has it: columns, keys, indexes, triggers."""

from __future__ import annotations

import re

from sqlalchemy import text

from core.kernel.region import Region

Schema = dict[tuple[str, str, str], str]
CATALOGUE = {
    "sqlite": (
        """
        SELECT 'column', t.name, c.name, c.type || ' ' || c."notnull" || ' ' || c.pk || ' '
               || coalesce(c.dflt_value, '')
        FROM sqlite_master t JOIN pragma_table_xinfo(t.name) c WHERE t.type = 'table'
        """,
        """
        SELECT 'key', t.name, k."from", k."table" || ' ' || k."to"
        FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) k WHERE t.type = 'table'
        """,
        """
        SELECT 'unique', t.name, group_concat(c.name), l.origin
        FROM sqlite_master t JOIN pragma_index_list(t.name) l JOIN pragma_index_info(l.name) c
        WHERE t.type = 'table' AND l."unique" GROUP BY t.name, l.name, l.origin
        """,
        """
        SELECT type, tbl_name, name, sql FROM sqlite_master
        WHERE type IN ('index', 'trigger', 'view') AND sql IS NOT NULL
        """,
    ),
    "postgresql": (
        """
        SELECT 'column', r.relname, c.attname, format_type(c.atttypid, c.atttypmod) || ' '
               || c.attnotnull || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
        FROM pg_class r JOIN pg_attribute c ON c.attrelid = r.oid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.attrelid AND d.adnum = c.attnum
        WHERE r.relnamespace = 'public'::regnamespace AND r.relkind = 'r'
        AND c.attnum > 0 AND NOT c.attisdropped
        """,
        """
        SELECT 'key', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        """,
        """
        SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
        """,
        """
        SELECT 'trigger', r.relname, t.tgname, pg_get_triggerdef(t.oid) || t.tgenabled::text
        FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
        """,
        """
        SELECT 'function', '', proname, pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
        """,
    ),
}


async def schema(region: Region) -> Schema:
    """What kind of thing, of which table, of what name: how it is made."""
    async with region.database.connecting() as connection:
        found: Schema = {}
        for query in CATALOGUE[region.database.dialect.name]:
            for kind, table, name, made in await connection.execute(text(query)):
                found[kind, table, name] = _plain(made)
    return found


def _plain(made: str) -> str:
    """Without white space, and without casts that PostgreSQL places otherwise after a dump."""
    made = re.sub(r"\(?('\w+')::character varying\)?(::text)?", r"\1", made)
    made = re.sub(r"\((ARRAY\[[^]]*\])\)::text\[\]", r"\1", made)
    return " ".join(made.split())
