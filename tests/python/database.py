"""The target draw as one query of a database."""

QUERY = """
    with salted as (
        select *, substr(sha256(from_hex($key) || encode(id)), 1, 32) as salt
        from roster where standing = 'eligible'
    ), ticketed as (select *, sha256($seed || salt || id) as ticket from salted)
    select stratum, ticket, id from ticketed join quota using (stratum)
    qualify row_number() over (partition by stratum order by ticket, id) <= quota
    order by stratum, ticket, id
"""


def draw_by_duckdb(db, key, seed, roster, quotas):
    """[(stratum, ticket, id)] of the drawn, salts and tickets computed by DuckDB; key and seed are hexadecimal."""
    db.execute("create table roster (id text, stratum text, standing text)")
    db.executemany("insert into roster values (?, ?, ?)", roster)
    db.execute("create table quota (stratum text, quota bigint)")
    db.executemany("insert into quota values (?, ?)", quotas)
    return db.execute(QUERY, {"key": key, "seed": seed}).fetchall()
