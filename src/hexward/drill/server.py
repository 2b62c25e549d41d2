"""The process in which moto's emulated AWS runs; it ends when the process that started it does.

Run by `hexward.drill.range`, which holds the other end of this process's standard input. However that process
ends, even killed, the pipe closes, and the server goes: a signal handler over there could not promise that.
"""

import logging
import os
import sys
import threading
from pathlib import Path

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server


def serve() -> None:
    """Serve on a free port of 127.0.0.1 and write the port, one line, to standard output once it is open."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    application = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=MotoRequestHandler)
    os.environ["MOTO_PORT"] = str(server.port)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    # Nobody reads standard output from here on: what moto prints goes to the log with its errors.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    server.serve_forever()


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    # Nobody is left to read the log, which is the only argument.
    Path(sys.argv[1]).unlink(missing_ok=True)
    os._exit(0)


if __name__ == "__main__":
    serve()
