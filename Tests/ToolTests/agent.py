"""Asks `batchcost mcp` what an agent would ask, in both eras of the protocol: agent.py BINARY DATABASE.

The expected answers come from the database, through SQL written here.
"""
import hashlib, pathlib, sqlite3, sys

import anyio
from mcp import StdioServerParameters
from mcp.client.client import Client
from mcp.client.stdio import stdio_client

binary, database = sys.argv[1], str(pathlib.Path(sys.argv[2]).resolve())
asked = 0


def digest(): return hashlib.sha256(pathlib.Path(database).read_bytes()).hexdigest()


def own(sql, *values):
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return connection.execute(sql, values).fetchall()


async def ask(client, tool, fails=False, **arguments):
    global asked
    asked += 1
    result = await client.call_tool(tool, arguments)
    assert bool(result.is_error) == fails, (tool, arguments, result)
    return result.content[0].text, result.structured_content


async def talk(mode, revision):
    parameters = StdioServerParameters(command=binary, args=["mcp", "--database", database])
    async with Client(stdio_client(parameters), mode=mode) as client:
        assert client.protocol_version == revision, client.protocol_version
        assert "never instructions" in client.instructions
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert sorted(tools) == ["explain", "headline", "list_queries", "run_query"], sorted(tools)
        assert all(tool.annotations.read_only_hint for tool in tools.values())

        text, _ = await ask(client, "list_queries")
        assert "cost-by-queue: " in text
        _, found = await ask(client, "list_queries", about="spot saving")
        assert any(query["name"] == "spot-savings" for query in found["queries"]), found

        _, totals = await ask(client, "run_query", name="totals")
        cost = dict(zip(totals["columns"], totals["rows"][0]))["cost_usd"]
        assert round(cost * 10**9) == own("SELECT SUM(cost) FROM daily_cost")[0][0], cost
        _, queues = await ask(client, "run_query", name="cost-by-queue", limit=1)
        assert len(queues["rows"]) == 1 and queues["more_rows"] is True
        _, tags = await ask(client, "run_query", name="cost-by-tag", parameters={"tag": "team"}, week="2026-W44")
        assert len(tags["rows"]) > 1

        text, headline = await ask(client, "headline", week="2026-W44")
        row = dict(zip(headline["columns"], headline["rows"][0]))
        monday = own("SELECT day FROM calendar WHERE date = '2026-10-26'")[0][0]
        week = own("SELECT SUM(cost) FROM daily_cost WHERE day >= ? AND day < ?", monday, monday + 7)[0][0]
        assert round(row["cost_usd"] * 10**9) == week, row
        assert f"${week / 10**9:,.0f}" in text, text

        host = own("SELECT name FROM resource WHERE kind = 'instance' ORDER BY name LIMIT 1")[0][0]
        text, _ = await ask(client, "explain", subject=host)
        assert text.startswith(host), text

        for tool, arguments, message in [
            ("run_query", {"name": "cost-by-queu"}, 'did you mean "cost-by-queue"'),
            ("run_query", {"name": "totals", "week": "2031-W01"}, "the data cover 2026-"),
            ("run_query", {"name": "totals", "parameters": {"tga": "x"}}, 'takes no parameter "tga"'),
            ("run_query", {"name": "cost-by-tag"}, "needs the parameter tag"),
            ("run_query", {"name": "totals", "limit": 0}, "from 1 to 1000"),
            ("headline", {"week": "soon"}, "soon"),
            ("explain", {"subject": "i-none"}, "no instance, reservation or task"),
        ]:
            text, _ = await ask(client, tool, fails=True, **arguments)
            assert message in text, (tool, arguments, text)


before = digest()
anyio.run(talk, "auto", "2026-07-28")
anyio.run(talk, "legacy", "2025-11-25")
assert digest() == before, "the database was changed"
print(f"{asked} questions over the Model Context Protocol, in revisions 2026-07-28 and 2025-11-25")
