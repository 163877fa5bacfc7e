"""Deploys clusters and destroys them, as the guides of TypeDB Cloud do it with Python.

usage: deploy.py projects | early-spaces | early-spaces-v1-auth | spaces
Environment variables: TYPEDB_CLOUD_CLIENT_ID and TYPEDB_CLOUD_CLIENT_SECRET of an admin API token.
"""

import json
import os
import sys
import time
import urllib.request

HOST = "https://cloud.typedb.com"
PROJECT = "/api/org/my-org/projects/default"
EARLY_SPACE = "/api/team/my-team/spaces/default"
SPACE = "/api/v1/team/my-team/spaces/default"

# The path of the token exchange, the path of the scope, the storage type of AWS, the version
EDITIONS = {
    "projects": ("/api/auth", PROJECT, "gp2", "3.0.6"),
    "early-spaces": ("/api/auth", EARLY_SPACE, "gp2", "3.0.6"),
    "early-spaces-v1-auth": ("/api/v1/auth", EARLY_SPACE, "gp2", "3.0.6"),
    "spaces": ("/api/v1/auth", SPACE, "gp2-csi", "latest"),
}
AUTH, SCOPE, AWS_STORAGE, VERSION = EDITIONS[sys.argv[1]]


def request(method, path, authorization, body=None):
    headers = {"Authorization": authorization}
    if body is not None:
        headers["Content-Type"] = "application/json"
        body = json.dumps(body).encode()
    call = urllib.request.Request(HOST + path, data=body, headers=headers, method=method)
    with urllib.request.urlopen(call) as response:
        return response.read().decode()


def exchange_token():
    client_id = os.environ["TYPEDB_CLOUD_CLIENT_ID"]
    client_secret = os.environ["TYPEDB_CLOUD_CLIENT_SECRET"]
    return request("POST", AUTH, f"Basic {client_id}:{client_secret}")


ACCESS_TOKEN = exchange_token()


def clusters(method, path, body=None):
    return json.loads(request(method, SCOPE + "/clusters" + path, f"Bearer {ACCESS_TOKEN}", body))


def deploy(cluster, backup):
    if SCOPE != PROJECT:
        cluster["backupConfiguration"] = backup
    cluster = clusters("POST", "/deploy", cluster)
    # Some of the guides compare with upper case.
    while cluster["status"].upper() != "RUNNING":
        print(cluster["id"], "is", cluster["status"])
        time.sleep(15)
        cluster = clusters("GET", "/" + cluster["id"])
    print(cluster["id"], "is", cluster["status"])
    print("address:", cluster["servers"][0]["address"])


deploy(
    {
        "id": "free-cluster",
        "serverCount": 1,
        "storageSizeGB": 10,
        "provider": "gcp",
        "region": "europe-west2",
        "isFree": True,
        "machineType": "c2d-highcpu-2",
        "storageType": "standard-rwo",
        "version": VERSION,
    },
    backup={"frequency": "disabled"},
)
deploy(
    {
        "id": "paid-cluster",
        "serverCount": 1,
        "storageSizeGB": 50,
        "provider": "aws",
        "region": "eu-west-2",
        "isFree": False,
        "machineType": "c7g.xlarge",
        "storageType": AWS_STORAGE,
        "version": VERSION,
    },
    backup={"frequency": "daily", "retentionDays": 7},
)
for cluster in clusters("GET", ""):
    print(cluster["id"], "is", clusters("DELETE", "/" + cluster["id"])["status"])
