"""Runs an emulator where only this machine reaches it: `python enclosed.py LISTENER PORT COMMAND...`, best below `unshare -rn`.

LocalEmu listens on all interfaces whatever it is told. In a network namespace of its own it has loopback and nothing else, and
this program carries connections in: LISTENER is the number of an inherited socket that listens outside, PORT where the emulator
listens inside. It prints a line when the emulator is ready, and ends when asked to or when its standard input does.
"""

import asyncio
import fcntl
import signal
import socket
import struct
import sys

GET_FLAGS, SET_FLAGS = 0x8913, 0x8914
"""SIOCGIFFLAGS and SIOCSIFFLAGS of netdevice(7)."""
UP = 1
STOP_TIMEOUT_SECONDS = 20


def bring_up_loopback() -> None:
    """Bring up `lo`, which is down in a fresh namespace."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14x", b"lo", 0)
        _, flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, GET_FLAGS, request))
        if not flags & UP:
            fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh14x", b"lo", flags | UP))


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carry bytes one way until either side is done."""
    try:
        while part := await reader.read(65536):
            writer.write(part)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def main(listener: int, port: int, command: list[str]) -> None:
    """Start the emulator, carry connections once it is ready, and end it before us."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pump(reader, inner_writer), pump(inner_reader, writer))

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_reader(sys.stdin, stop.set)
    emulator = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    server = await asyncio.start_server(carry, sock=socket.socket(fileno=listener), start_serving=False)

    async def log() -> None:
        async for line in emulator.stdout or asyncio.StreamReader():
            sys.stderr.buffer.write(line)
            sys.stderr.buffer.flush()
            if b"Ready" in line and not server.is_serving():
                await server.start_serving()
                print("ready", flush=True)  # noqa: T201  (whoever started us waits for it)
        stop.set()

    logging = asyncio.create_task(log())
    await stop.wait()
    loop.remove_reader(sys.stdin)
    if emulator.returncode is None:
        emulator.terminate()
    try:
        await asyncio.wait_for(emulator.wait(), STOP_TIMEOUT_SECONDS)
    except TimeoutError:
        emulator.kill()
    await logging


if __name__ == "__main__":
    bring_up_loopback()
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
