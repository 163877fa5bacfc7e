"""Deploys a cluster and polls until it is running, with Python's standard library alone.

Environment variables: TYPEDB_CLOUD_CLIENT_ID and TYPEDB_CLOUD_CLIENT_SECRET; for a simulator, also
TYPEDB_CLOUD_URL.
"""

import json
import os
import sys
import time
import urllib.request

URL = os.environ.get("TYPEDB_CLOUD_URL", "https://cloud.typedb.com")
SPACE = "/api/v1/team/{}/spaces/{}".format(
    os.environ.get("TYPEDB_CLOUD_TEAM", "my-team"), os.environ.get("TYPEDB_CLOUD_SPACE", "default")
)


def call(method, path, authorization, body=None):
    request = urllib.request.Request(URL + path, method=method)
    request.add_header("Authorization", authorization)
    data = None
    if body is not None:
        request.add_header("Content-Type", "application/json")
        data = json.dumps(body).encode()
    with urllib.request.urlopen(request, data, timeout=30) as response:
        return response.read().decode()


basic = "Basic {TYPEDB_CLOUD_CLIENT_ID}:{TYPEDB_CLOUD_CLIENT_SECRET}".format(**os.environ)
bearer = "Bearer " + call("POST", "/api/v1/auth", basic)
cluster = json.loads(
    call(
        "POST",
        SPACE + "/clusters/deploy",
        bearer,
        {
            "id": "python-cluster",
            "serverCount": 1,
            "storageSizeGB": 10,
            "provider": "gcp",
            "region": "europe-west2",
            "isFree": True,
            "machineType": "c2d-highcpu-2",
            "storageType": "standard-rwo",
            "version": "3.0.6",
        },
    )
)
deadline = time.monotonic() + 600
while cluster["status"] != "running":
    print(cluster["id"], cluster["status"], flush=True)
    if time.monotonic() > deadline:
        sys.exit("not running after 10 minutes")
    time.sleep(0.2)
    cluster = json.loads(call("GET", SPACE + "/clusters/" + cluster["id"], bearer))
print(cluster["id"], "is running at", cluster["servers"][0]["address"])
