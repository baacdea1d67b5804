"""A real proxy on loopback for requests that go through CONNECT; a certificate for the server behind it."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

HEAD = 8_192


def certificate(folder: Path, host: str) -> Path | None:
    """A self-signed certificate for a host with its key, in one file; None where there is no openssl."""
    if shutil.which("openssl") is None:
        return None
    file = folder / "server.pem"
    command = ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    names = ["-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}", "-days", "2"]
    subprocess.run(
        [*command, *names, "-keyout", str(file), "-out", str(folder / "certificate.pem")],
        check=True,
        capture_output=True,
    )
    file.write_bytes(file.read_bytes() + (folder / "certificate.pem").read_bytes())
    return file


class Proxy:
    """What a proxy was asked for: `CONNECT host:port`, by the order of asking."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.port = 0


@contextlib.contextmanager
def proxy(target: int) -> Iterator[Proxy]:
    """A proxy that knows one way: every tunnel ends at a port of this machine, whatever it is asked for."""
    made = Proxy()

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            head = b""
            while b"\r\n\r\n" not in head and len(head) < HEAD:
                head += self.request.recv(HEAD)
            made.asked.append(head.partition(b" HTTP/")[0].decode())
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", target)) as there:
                self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=_pump, args=(there, self.request), daemon=True)
                back.start()
                _pump(self.request, there)
                back.join()

    class Listener(ThreadingTCPServer):
        daemon_threads = True

    listener = Listener(("127.0.0.1", 0), Handler)
    made.port = listener.server_address[1]
    with _running(listener):
        yield made


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def _running(listener: ThreadingTCPServer) -> Iterator[None]:
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()
