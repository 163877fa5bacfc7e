"""Tests of a small client, against the simulator. With Python's standard library alone.

java -jar typedb-cloud-client-all.jar simulator --port 8080 --admin --api-token ci:secret:admin
python3 -m unittest examples/python/test_clusters.py

pytest collects these tests too. TYPEDB_CLOUD_URL, TYPEDB_CLOUD_CLIENT_ID and
TYPEDB_CLOUD_CLIENT_SECRET select another simulator.
"""

import http.client
import json
import os
import time
import unittest
import urllib.error
import urllib.request

URL = os.environ.get("TYPEDB_CLOUD_URL", "http://127.0.0.1:8080")
CLIENT_ID = os.environ.get("TYPEDB_CLOUD_CLIENT_ID", "ci")
CLIENT_SECRET = os.environ.get("TYPEDB_CLOUD_CLIENT_SECRET", "secret")
TIMEOUT_SECONDS = 10
POLL_SECONDS = 15
MAX_ATTEMPTS = 3

FREE_CLUSTER = {
    "id": "my-cluster",
    "serverCount": 1,
    "storageSizeGB": 10,
    "provider": "gcp",
    "region": "europe-west2",
    "isFree": True,
    "machineType": "c2d-highcpu-2",
    "storageType": "standard-rwo",
    "version": "latest",
}


def send(method, path, body=None, authorization=None):
    """Sends a request and returns the body of the response as text."""
    request = urllib.request.Request(URL + path, method=method)
    if authorization:
        request.add_header("Authorization", authorization)
    if body is not None:
        request.add_header("Content-Type", "application/json")
        request.data = json.dumps(body).encode()
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
        return response.read().decode()


class Clusters:
    """The client under test: the clusters of one space. Yours goes here."""

    def __init__(
        self, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, space="default", sleep=time.sleep
    ):
        self.path = f"/api/v1/team/my-team/spaces/{space}/clusters"
        self.sleep = sleep
        token = send("POST", "/api/v1/auth", authorization=f"Basic {client_id}:{client_secret}")
        self.authorization = f"Bearer {token}"

    def call(self, method, path, body=None):
        return json.loads(send(method, self.path + path, body, self.authorization))

    def get(self, cluster_id):
        """Retries, because a read can be repeated without harm."""
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                return self.call("GET", "/" + cluster_id)
            except urllib.error.HTTPError as error:
                if error.code != 503 or attempt == MAX_ATTEMPTS:
                    raise
                error.close()
            self.sleep(attempt)

    def deploy(self, settings):
        """Reads the cluster when there is no response: a second deployment could do harm."""
        try:
            return self.call("POST", "/deploy", settings)
        except urllib.error.HTTPError:
            raise
        except (OSError, http.client.HTTPException):
            return self.get(settings["id"])

    def await_status(self, cluster_id, status, timeout_seconds=600):
        for _ in range(timeout_seconds // POLL_SECONDS):
            cluster = self.get(cluster_id)
            if cluster["status"].lower() == status:
                return cluster
            self.sleep(POLL_SECONDS)
        raise TimeoutError(f"{cluster_id} is {cluster['status']}, not {status}")


def admin(method, path, body=None):
    """Calls the simulator's own API. Returns the decoded body of the response, if there is one."""
    response = send(method, "/__simulator/" + path, body)
    return json.loads(response) if response else None


def advance(seconds):
    """Sleeps, for a program that is given it: nothing waits, and the simulator's clock moves on."""
    admin("POST", "time/advance", {"by": f"{seconds}s"})


def count(query):
    """The number of requests that the simulator received since the test began."""
    return admin("GET", "requests?" + query)["count"]


class ClustersTest(unittest.TestCase):

    def setUp(self):
        admin("POST", "reset")
        admin("PATCH", "time", {"mode": "manual"})
        self.clusters = Clusters(sleep=advance)

    def test_deployment_of_three_minutes(self):
        admin("PATCH", "settings", {"transitionTimes": {"starting": "3m"}})

        self.assertEqual("starting", self.clusters.deploy(FREE_CLUSTER)["status"])
        cluster = self.clusters.await_status("my-cluster", "running")

        self.assertRegex(cluster["servers"][0]["address"], r"\.cluster\.typedb\.com:80$")
        self.assertEqual(1 + 180 // POLL_SECONDS, count("operation=get"))

    def test_timeout_of_a_wait(self):
        admin("POST", "faults", {"cluster": "my-cluster", "stuckIn": ["starting"]})
        self.clusters.deploy(FREE_CLUSTER)

        with self.assertRaisesRegex(TimeoutError, "my-cluster is starting, not running"):
            self.clusters.await_status("my-cluster", "running")

    def test_read_is_retried_after_503(self):
        admin("POST", "clusters", {"id": "my-cluster"})
        unavailable = {"type": "respond", "status": 503}
        admin("POST", "faults", {"on": ["get"], "times": 2, "faults": [unavailable]})

        self.assertEqual("running", self.clusters.get("my-cluster")["status"])
        self.assertEqual(2, count("operation=get&status=503"))
        self.assertEqual(1, count("operation=get&status=200"))

    def test_deployment_without_a_response_is_sent_once(self):
        admin("POST", "faults", {"on": ["deploy"], "faults": [{"type": "loseResponse"}]})

        self.assertEqual("starting", self.clusters.deploy(FREE_CLUSTER)["status"])
        self.assertEqual(1, count("operation=deploy"))

    def test_suspended_cluster_is_resumed(self):
        admin("POST", "clusters", {"id": "my-cluster", "status": "suspended"})

        self.assertEqual("resuming", self.clusters.call("POST", "/my-cluster/resume")["status"])
        self.assertEqual(1, len(self.clusters.await_status("my-cluster", "running")["servers"]))


if __name__ == "__main__":
    unittest.main()
