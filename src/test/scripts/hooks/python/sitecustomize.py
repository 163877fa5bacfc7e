"""Python imports this module at its start when its directory is in PYTHONPATH.

Connects to the simulator on port SIMULATOR_PORT instead of cloud.typedb.com, and replaces time.sleep:
it advances the simulator's manual clock by as many seconds, so that a script polls as often as its
users see it poll, without the wait.
"""

import json
import os
import socket
import time
import urllib.request

resolve = socket.getaddrinfo


def resolve_to_simulator(host, port, *arguments, **options):
    if host == "cloud.typedb.com":
        host, port = "127.0.0.1", int(os.environ["SIMULATOR_PORT"])
    return resolve(host, port, *arguments, **options)


def advance_clock(seconds):
    request = urllib.request.Request(
        "https://cloud.typedb.com/__simulator/time/advance",
        data=json.dumps({"by": f"{seconds}s"}).encode(),
        headers={"Content-Type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=30).close()


socket.getaddrinfo = resolve_to_simulator
time.sleep = advance_clock
