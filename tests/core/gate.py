"""A gate before a PostgreSQL: a socket of its own that hands everything on, until it is shut.

Shut, it cuts every connection and refuses new ones, as a database that is stopped or unreachable does.
"""

import socket
import threading
from contextlib import suppress
from pathlib import Path

NAME = ".s.PGSQL.5432"


class Gate:
    """`folder` is the `host=` of a database address that leads through the gate to the server in `behind`."""

    def __init__(self, folder: Path, behind: str) -> None:
        self.folder = folder
        self._behind = f"{behind}/{NAME}"
        self._listening: socket.socket | None = None
        self._passing: list[socket.socket] = []
        self._lock = threading.Lock()

    def open(self) -> None:
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(self.folder / NAME))
        listening.listen(20)
        self._listening = listening
        threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def shut(self) -> None:
        (self.folder / NAME).unlink()
        with self._lock:
            sockets, self._passing = [self._listening, *self._passing], []
            self._listening = None
        for one in filter(None, sockets):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                asking, _ = listening.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._behind)
            with self._lock:
                is_open = self._listening is listening
                self._passing += [asking, server]
            if not is_open:
                asking.close()
                server.close()
                return
            for here, there in ((asking, server), (server, asking)):
                threading.Thread(target=_hand_on, args=(here, there), daemon=True).start()


def _hand_on(here: socket.socket, there: socket.socket) -> None:
    """One direction of one connection, until either side ends it."""
    with suppress(OSError):
        while data := here.recv(65536):
            there.sendall(data)
    for one in (here, there):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
