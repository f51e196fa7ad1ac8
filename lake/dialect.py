#!/usr/bin/env python3
"""Checks queries, and the schema's views, against the SQL that SQLite 3.40, DuckDB, Spark 4.3, Trino and Athena share.

  dialect.py [QUERY.sql …]      by default all of Queries/ and all views

Prints a line for each offence and exits 1 if there is one. The page Dialect explains the rules.
"""

import pathlib
import sys

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope

import text

# Functions with the same name and meaning everywhere; text is counted and cut in characters.
FUNCTIONS = {
    "ABS", "CAST", "COALESCE", "COUNT", "DENSE_RANK", "LAG", "LEAD", "LENGTH", "LOWER", "MAX", "MIN", "NULLIF", "RANK",
    "REPLACE", "ROUND", "ROW_NUMBER", "SUBSTR", "SUBSTRING", "SUM", "TRIM", "UPPER",
}  # fmt: skip
INSTEAD = {
    "AVG": "SUM(x) * 1e0 / COUNT(x)",
    "GROUP_CONCAT": "a recursive common table expression, as in interruptions",
    "INSTR": "REPLACE(x, y, '') <> x, or a column of its own",
    "IFNULL": "COALESCE",
    "IIF": "CASE",
    "JSON_EXTRACT": "the table tag, or a column of its own",
}
TYPES = {"BIGINT", "INT", "INTEGER", "DOUBLE", "VARCHAR"}
# Reserved in Trino, and so in Athena: without quotes they cannot be names.
RESERVED = set(
    """alter and as between by case cast constraint create cross cube current_catalog current_date current_path
    current_role current_schema current_time current_timestamp current_user deallocate delete describe distinct drop
    else end escape except execute exists extract false for from full group grouping having in inner insert intersect
    into is join json_array json_exists json_object json_query json_table json_value left like listagg localtime
    localtimestamp natural normalize not null on or order outer prepare recursive right rollup select skip table then
    trim true uescape union unnest using values when where with check""".split()
)  # fmt: skip
OPERATORS = {
    exp.BitwiseAnd: "&", exp.BitwiseOr: "|", exp.BitwiseXor: "^", exp.BitwiseNot: "~", exp.BitwiseLeftShift: "<<",
    exp.BitwiseRightShift: ">>", exp.Like: "LIKE", exp.ILike: "ILIKE", exp.Glob: "GLOB", exp.RegexpLike: "REGEXP",
    exp.JSONExtract: "->", exp.JSONExtractScalar: "->>", exp.IntDiv: "//", exp.Filter: "FILTER",
    exp.Boolean: "TRUE or FALSE",
}  # fmt: skip
VALUES = {"from": "2026-10-26", "to": "2026-11-02"}
WHOLE = {exp.DataType.Type.BIGINT, exp.DataType.Type.INT, exp.DataType.Type.SMALLINT, exp.DataType.Type.TINYINT}


class Schema:
    """The columns' types, which of them are never NULL, and the views' definitions."""

    def __init__(self):
        database = text.empty_database()
        self.types, self.never_null = {}, set()
        self.generated = {}
        for table in text.tables(database):
            self.generated[table] = set()
            columns = database.execute(f"PRAGMA table_xinfo({table})").fetchall()
            self.types[table] = {name: {"TEXT": "VARCHAR", "REAL": "DOUBLE"}.get(kind, "BIGINT")
                                 for _, name, kind, *_ in columns}  # fmt: skip
            for _, name, _, not_null, _, key, hidden in columns:
                if not_null or key:
                    self.never_null.add((table, name))
                if hidden:
                    self.generated[table].add(name)
        self.views = {}
        for name, sql in text.views(database):
            self.add(name, sql)

    def add(self, name, sql):
        """Adds a statement as a table that later ones can read."""
        self.views[name] = tree = annotated(sql, self)
        self.types[name] = {column.alias_or_name: column.type.sql() for column in tree.selects}


def annotated(sql, schema):
    """The statement with every column's table and type."""
    # Parsed as Trino, where NULLs come last, so that an explicit NULLS FIRST shows.
    tree = sqlglot.parse_one(sql, read="trino")
    tree = qualify(tree, schema=schema.types, dialect="trino", quote_identifiers=False, validate_qualify_columns=False)
    return annotate_types(tree, schema=schema.types, dialect="trino")


def offences(sql, schema, values=VALUES):
    """Whatever in the statement not every engine understands in the same way."""
    found = []
    sql = text.with_literals(sql, {name: values.get(name, "x") for name in text.parameters(sql)})
    for engine in ("sqlite", "duckdb", "spark", "trino", "athena"):
        try:
            sqlglot.parse_one(sql, read=engine)
        except SqlglotError as error:
            found.append(f"{engine} cannot parse it: {str(error).splitlines()[0]}")
    if found:
        return found
    tree = sqlglot.parse_one(sql, read="sqlite")
    for node in tree.walk():
        found += by_itself(node)
    tables = {table.name.lower() for table in tree.find_all(exp.Table)}
    ctes = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    try:
        tree = annotated(sql, schema)
    except SqlglotError as error:
        return found + [f"its columns cannot be told: {str(error).splitlines()[0]}"]
    for name in tables - ctes - set(schema.types):
        found.append(f"{name} is no table")
    for node in tree.walk():
        found += by_type(node)
    for scope in build_scope(tree).traverse():
        found += by_scope(scope, schema)
    return list(dict.fromkeys(found))


def by_itself(node):
    if isinstance(node, exp.Identifier):
        if node.quoted:
            yield f"{node.sql('sqlite')}: Spark takes it for a text; choose a name that needs no quotes"
        elif node.name.lower() in RESERVED:
            yield f"{node.name} is reserved"
    if isinstance(node, exp.Literal) and not node.is_string and "." in node.this and "e" not in node.this.lower():
        yield f"{node.this} is a decimal of few digits in Spark and Trino; write {node.this.removesuffix('.0')}e0"
    if type(node) in OPERATORS:
        yield f"{OPERATORS[type(node)]} is not the same everywhere: {node.sql('sqlite')[:60]}"
    if isinstance(node, exp.Func) and not isinstance(node, (exp.Case, exp.If, exp.And, exp.Or, exp.Exists, exp.Xor)):
        name = (node.name if isinstance(node, exp.Anonymous) else node.sql_name()).upper()
        if name not in FUNCTIONS and node.sql("sqlite").split("(")[0].upper() not in FUNCTIONS:
            called = node.sql("sqlite").split("(")[0].upper()
            use = INSTEAD.get(called) or INSTEAD.get(name)
            yield f"{called} is not a function everywhere" + (f"; use {use}" if use else "")
    if isinstance(node, exp.Cast) and node.to.this.name not in TYPES:
        yield f"CAST to {node.to.sql()} is not the same everywhere"


def by_type(node):
    if isinstance(node, exp.Div) and is_whole(node.this) and is_whole(node.expression) and not is_exact(node):
        yield (f"{node.sql('sqlite')[:80]}: whole numbers divide differently; write x * 1e0 / y, or "
               "CAST((x - x % y) / y AS BIGINT)")  # fmt: skip
    if isinstance(node, exp.Sum) and node.this.type and node.this.type.this == exp.DataType.Type.DOUBLE:
        yield f"{node.sql('sqlite')[:80]}: a sum of binary fractions depends on their order; add whole numbers"


def is_whole(node):
    return node.type is not None and node.type.this in WHOLE


def is_exact(division):
    """(x - x % y) / y"""
    above = division.this.unnest()
    if not isinstance(above, exp.Sub):
        return False
    rest = above.expression.unnest()
    return isinstance(rest, exp.Mod) and rest.expression.unnest() == division.expression.unnest()


def by_scope(scope, schema):
    for column in scope.columns:
        source = scope.sources.get(column.table)
        if isinstance(source, exp.Table) and column.name in schema.generated.get(source.name, ()):
            yield f"{source.name}.{column.name} is generated: DuckDB's reader of SQLite files does not see it"
    tree = scope.expression
    orders = [tree.args.get("order")] if isinstance(tree, exp.Select) else []
    orders += [window.args.get("order") for window in tree.find_all(exp.Window) if window.parent_select is tree]
    if isinstance(tree, exp.SetOperation) and tree.args.get("order"):
        # Positions have become names.
        names = [given.alias_or_name for given in tree.selects]
        for term in tree.args["order"].expressions:
            place = names.index(term.this.name) if term.this.name in names else None
            if place is None:
                yield f"ORDER BY {term.this.sql('trino')} of a UNION: write the column's position"
            elif not term.args.get("desc") and not term.args.get("nulls_first"):
                if not is_output_never_null(scope, None, schema, place):
                    yield f"ORDER BY {term.this.name}: where do NULLs stand? Write NULLS FIRST"
    for order in filter(None, orders):
        for term in order.expressions:
            # In descending order NULLs come last in all engines.
            if term.args.get("desc") or term.args.get("nulls_first") or is_never_null(term.this, scope, schema):
                continue
            yield f"ORDER BY {term.this.sql('trino')[:60]}: where do NULLs stand? Write NULLS FIRST"


def is_never_null(node, scope, schema):
    """Whether a value can be proven not to be NULL."""
    sure = lambda inner: is_never_null(inner, scope, schema)  # noqa: E731
    if isinstance(node, (exp.Literal, exp.Count, exp.RowNumber, exp.Rank)):
        return True
    if isinstance(node, exp.Window):
        return sure(node.this)
    if isinstance(node, exp.Coalesce):
        return any(sure(inner) for inner in [node.this, *node.expressions])
    if isinstance(node, exp.Case):
        default = node.args.get("default")
        return default is not None and sure(default) and all(sure(branch.args["true"]) for branch in node.args["ifs"])
    if isinstance(node, (exp.Div, exp.Mod)):
        return sure(node.this) and isinstance(node.expression.unnest(), exp.Literal)
    if isinstance(node, (exp.Max, exp.Min, exp.Sum)):
        grouped = node.parent_select is not None and node.parent_select.args.get("group") is not None
        return (grouped or isinstance(node.parent, exp.Window)) and sure(node.this)
    if isinstance(node, (exp.Add, exp.Sub, exp.Mul, exp.DPipe, exp.Paren, exp.Neg, exp.Cast, exp.Abs, exp.Round,
                         exp.Lower, exp.Upper, exp.Substring, exp.Alias, exp.Length)):  # fmt: skip
        return all(sure(inner) for inner in node.iter_expressions() if not isinstance(inner, exp.DataType))
    if isinstance(node, exp.Column):
        return is_column_never_null(node, scope, schema)
    return False


def is_column_never_null(column, scope, schema):
    select = scope.expression
    if not column.table:  # an alias of this SELECT
        return any(is_never_null(given.unalias(), scope, schema) for given in select.selects
                   if given.alias_or_name == column.name and given.unalias() != column)  # fmt: skip
    where = select.args.get("where")
    conditions = list(where.this.flatten() if isinstance(where.this, exp.And) else [where.this]) if where else []
    for condition in conditions:
        condition = condition.unnest()
        if isinstance(condition, (exp.EQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NEQ)) and column in (
            condition.this, condition.expression):  # fmt: skip
            return True
        if isinstance(condition, exp.Not) and isinstance(condition.this.unnest(), exp.Is):
            if condition.this.unnest().this == column:
                return True
    for join in select.args.get("joins") or []:
        if join.side == "LEFT" and join.this.alias_or_name == column.table:
            return False
    source = scope.sources.get(column.table)
    if isinstance(source, exp.Table):
        view = schema.views.get(source.name)
        if view is None:
            return (source.name, column.name) in schema.never_null
        source = build_scope(view)
    return isinstance(source, Scope) and is_output_never_null(source, column.name, schema)


def is_output_never_null(scope, name, schema, place=None):
    tree = scope.expression
    if place is None:
        names = scope.outer_columns or [given.alias_or_name for given in tree.selects]
        if name not in names:
            return False
        place = names.index(name)
    if isinstance(tree, exp.SetOperation):
        if scope.is_cte and any(table.name == scope_name(scope) for table in tree.find_all(exp.Table)):
            return False
        return all(is_output_never_null(branch, name, schema, place) for branch in scope.set_operation_scopes)
    return is_never_null(tree.selects[place].unalias(), scope, schema)


def scope_name(scope):
    parent = scope.expression.parent
    return parent.alias if isinstance(parent, exp.CTE) else None


def main(paths):
    schema = Schema()
    statements = {pathlib.Path(path).stem: pathlib.Path(path).read_text() for path in paths}
    if not paths:
        statements = text.queries() | {f"view {name}": sql for name, sql in text.views(text.empty_database())}
    failed = 0
    for name in list(statements):
        for step, sql, _ in text.steps(name):
            statements[f"{name}/{step}"] = sql
            schema.add(step, sql)
    for name, sql in statements.items():
        for offence in offences(sql, schema):
            print(f"{name}: {offence}")
            failed += 1
    print(f"{len(statements)} statements, {failed} offences against the dialect")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
