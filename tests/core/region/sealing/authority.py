"""A timestamp authority of openssl on loopback."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

CONFIG = """
[ tsa ]
default_tsa = own
[ own ]
serial = {home}/serial
signer_cert = {home}/tsa.pem
signer_key = {home}/tsa.key
default_policy = 1.2.3.4.1
digests = sha256, sha512
signer_digest = sha256
ess_cert_id_alg = sha256
[ req ]
distinguished_name = name
prompt = no
[ name ]
CN = A tsa for tests
[ stamping ]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[ authority ]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
"""


def openssl(*words: str) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True, timeout=60)


def make_authority(home: Path) -> None:
    """Keys and certificates: a root, and under it who stamps."""
    home.mkdir()
    conf, new = home / "tsa.cnf", ("-nodes", "-newkey", "rsa:2048", "-days", "2")
    conf.write_text(CONFIG.format(home=home))
    (home / "serial").write_text("01\n")
    root, root_key = str(home / "root.pem"), str(home / "root.key")
    said = ("-config", str(conf), "-extensions", "authority", "-subj", "/CN=A root for tests")
    openssl("req", "-x509", *new, "-keyout", root_key, "-out", root, *said)
    csr, key = str(home / "tsa.csr"), str(home / "tsa.key")
    openssl("req", "-new", *new[:3], "-keyout", key, "-out", csr, "-config", str(conf))
    signed = ("-extfile", str(conf), "-extensions", "stamping", "-CAcreateserial", "-days", "2")
    out = ("-out", str(home / "tsa.pem"))
    openssl("x509", "-req", "-in", csr, "-CA", root, "-CAkey", root_key, *signed, *out)


def reply(home: Path, query: bytes) -> bytes:
    """What `openssl ts` answers."""
    (home / "query.tsq").write_bytes(query)
    files = ("-queryfile", str(home / "query.tsq"), "-out", str(home / "answer.tsr"))
    openssl("ts", "-reply", "-config", str(home / "tsa.cnf"), *files)
    return (home / "answer.tsr").read_bytes()


@asynccontextmanager
async def serving(home: Path) -> AsyncIterator[str]:
    """The authority behind HTTP; its address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        body = await asyncio.to_thread(reply, home, await reader.readexactly(length))
        kind = b"Content-Type: application/timestamp-reply\r\nConnection: close\r\n"
        size = b"Content-Length: %d\r\n\r\n" % len(body)
        writer.write(b"HTTP/1.1 200 OK\r\n" + kind + size + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
