"""`make beside`: how long `/healthz` is kept waiting while the largest operations run beside it.

A service of its own with a demo is asked everything that `tests.schema.largest` makes, and 1,000
random documents, over a few connections. What is printed depends on the machine: nothing is judged.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import httpx
from graphql import GraphQLNonNull, GraphQLSchema

from core.kernel.settings import Settings
from core.region.opening import open_region
from schema.build import build_schema
from schema.graphql.documents.parser import Documents, InvalidDocument
from tests.schema.largest import Fits, Largest, largest, selections

REGION = "kursk"
DOCUMENTS, CONNECTIONS = 1_000, 4
EVERY_SECONDS, LONGEST_SECONDS = 0.05, 600.0


def main() -> None:
    """Serve, ask, print."""
    options = argparse.ArgumentParser(prog="make beside")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--documents", type=int, default=DOCUMENTS, help="random ones")
    options.add_argument("--json", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(regions=(REGION,), data_dir=Path(folder))
        schema = build_schema(open_region(REGION, settings))._schema
        asked = [*largest(schema, {}, fits_in(schema, settings))]
        asked += islice(random_documents(schema, settings, given.seed), given.documents)
        env = {**os.environ, "TSUR_DATA_DIR": folder, "TSUR_REGIONS": REGION}
        tsur = [sys.executable, "-m", "core"]
        for verb in (["migrate"], ["demo", "--size", "small"]):
            subprocess.run([*tsur, *verb], env=env, check=True, capture_output=True)
        serve = [*tsur, "serve", "--port", "0", "--tokens"]
        with subprocess.Popen(serve, env=env, stdout=subprocess.PIPE, text=True) as service:
            try:
                address, token = announced(service)
                told = asyncio.run(measured(address, token, asked))
            finally:
                service.terminate()
    told = {"seed": given.seed, "operations": len(asked), **told}
    print(json.dumps(told, ensure_ascii=False, indent=2))
    if given.json:
        given.json.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def fits_in(schema: GraphQLSchema, settings: Settings) -> Fits:
    """Whether a document is one that is run."""
    documents = Documents(schema, settings)

    def fits(text: str, variables: Any) -> bool:
        try:
            documents.read(text, variables, None)
        except InvalidDocument:
            return False
        return True

    return fits


def random_documents(schema: GraphQLSchema, settings: Settings, seed: int) -> Iterator[Largest]:
    """Legal documents over one to three root fields that need no arguments, as deep as may be."""
    random, fits, root = Random(seed), fits_in(schema, settings), schema.query_type
    assert root is not None
    bare = [
        (name, [*selections(schema, field, 4)])
        for name, field in root.fields.items()
        if not any(isinstance(one.type, GraphQLNonNull) for one in field.args.values())
    ]
    while True:
        chosen = random.sample(bare, random.randint(1, 3))
        text = " ".join(f"{name} {random.choice(under)}" for name, under in chosen)
        if fits(f"{{ {text} }}", {}):
            yield Largest("random", f"{{ {text} }}", {})


def announced(service: subprocess.Popen[str]) -> tuple[str, str]:
    """Where it serves, and a curator's token."""
    assert service.stdout is not None
    address = ""
    for line in service.stdout:
        if found := re.search(r"http://[\d.:]+", line):
            address = address or found[0]
        if found := re.match(r"\s+curator\s+(\S+)", line):
            return address, found[1]
    raise SystemExit("the service did not start")


async def measured(address: str, token: str, asked: list[Largest]) -> dict[str, Any]:
    """Send everything, and look at the health all the time."""
    statuses, looks = Counter[int](), Counter[str]()
    waits: dict[str, list[float]] = {"healthz": [], "livez": []}
    waiting = iter(asked)
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=address, timeout=60) as http:

        async def send() -> None:
            for op in waiting:
                body = {"query": op.text, "variables": op.variables}
                answer = await http.post(f"/{REGION}/graphql", json=body, headers=headers)
                statuses[answer.status_code] += 1

        async def look(at: str) -> None:
            while True:
                began = time.perf_counter()
                answer = await http.get(f"/{at}")
                waits[at].append(time.perf_counter() - began)
                looks[f"{at} {answer.status_code}"] += 1
                await asyncio.sleep(EVERY_SECONDS)

        looking = [asyncio.ensure_future(look(at)) for at in waits]
        async with asyncio.timeout(LONGEST_SECONDS):
            await asyncio.gather(*(send() for _ in range(CONNECTIONS)))
        for one in looking:
            one.cancel()
    told = {at: seconds(sorted(of)) for at, of in waits.items()}
    return {"statuses": dict(statuses), "looks": dict(looks), **told}


def seconds(of: list[float]) -> dict[str, float]:
    """The figures of waits in their order."""
    return {"longest": round(of[-1], 3), "p99": round(of[len(of) * 99 // 100], 3)}


if __name__ == "__main__":
    main()
