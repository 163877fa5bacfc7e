"""100 tests that share one simulator, which each of them resets: a suite of a usual size.

PYTHONPATH has the directory of test_clusters.py, whose client is under test.
"""

import itertools
import unittest
import urllib.error

from test_clusters import FREE_CLUSTER, Clusters, admin, advance, count

BACKUP = {"frequency": "daily", "retentionDays": 7}
PAID_CLUSTER = {**FREE_CLUSTER, "isFree": False, "backupConfiguration": BACKUP}

GCP = itertools.product(
    ("europe-west2", "europe-west3", "us-west4", "us-east1"),
    ("c2d-highcpu-2", "c2d-highcpu-4", "c2d-highcpu-8", "c2d-highcpu-16"),
)
AWS = itertools.chain(
    itertools.product(("eu-west-2",), ("c7g.large", "c7g.xlarge", "c7g.2xlarge", "c7g.4xlarge")),
    itertools.product(
        ("us-west-2", "us-east-1", "eu-central-1"),
        ("c8g.large", "c8g.xlarge", "c8g.2xlarge", "c8g.4xlarge"),
    ),
)
MACHINES = [("gcp", "standard-rwo", *machine) for machine in GCP]
MACHINES += [("aws", "gp2-csi", *machine) for machine in AWS]

INVALID = [
    ("id", "Upper"),
    ("id", "with space"),
    ("id", ""),
    ("serverCount", 0),
    ("serverCount", 2),
    ("serverCount", 3),
    ("serverCount", 11),
    ("serverCount", "1"),
    ("storageSizeGB", 9),
    ("storageSizeGB", 1001),
    ("storageSizeGB", 10.5),
    ("provider", "azure"),
    ("region", "eu-west-2"),
    ("region", None),
    ("isFree", "false"),
    ("machineType", "c7g.large"),
    ("storageType", "gp2-csi"),
    ("version", "99.99.99"),
    ("version", ""),
    ("backupConfiguration", {"frequency": "weekly"}),
    ("backupConfiguration", {"frequency": "daily", "retentionDays": 8}),
]

OPERATIONS = {
    "deploy": ("POST", "/deploy", {**PAID_CLUSTER, "id": "other"}),
    "get": ("GET", "/my-cluster", None),
    "list": ("GET", "", None),
    "update": ("PATCH", "/my-cluster", {"storageSizeGB": 20}),
    "suspend": ("POST", "/my-cluster/suspend", None),
    "clone": ("POST", "/my-cluster/clone", {"id": "other"}),
    "destroy": ("DELETE", "/my-cluster", None),
}
STATUS_CODES = (429, 500, 502, 503, 504)

TRANSITIONS = {
    "starting": "running",
    "suspending": "suspended",
    "resuming": "running",
}


class HundredTests(unittest.TestCase):

    def setUp(self):
        admin("POST", "reset")
        self.assertEqual([], admin("GET", "clusters")["clusters"], "of another test")
        self.assertEqual(0, count(""), "of another test")
        admin("PATCH", "time", {"mode": "manual"})
        self.clusters = Clusters(sleep=advance)

    def assert_status_code(self, expected, method, path, body=None):
        with self.assertRaises(urllib.error.HTTPError) as raised:
            self.clusters.call(method, path, body)
        raised.exception.close()
        self.assertEqual(expected, raised.exception.code)

    def machine(self, provider, storage_type, region, machine_type):
        machine = {"provider": provider, "storageType": storage_type, "region": region}
        self.clusters.deploy({**PAID_CLUSTER, **machine, "machineType": machine_type})
        cluster = self.clusters.await_status("my-cluster", "running")
        self.assertEqual(machine_type, cluster["machineType"])
        self.assertEqual(machine, {field: cluster[field] for field in machine})

    def invalid(self, field, value):
        self.assert_status_code(400, "POST", "/deploy", {**PAID_CLUSTER, field: value})
        self.assertEqual([], self.clusters.call("GET", ""))

    def fault(self, operation, status_code):
        admin("POST", "clusters", {"id": "my-cluster"})
        fault = {"type": "respond", "status": status_code}
        admin("POST", "faults", {"on": [operation], "faults": [fault]})
        self.assert_status_code(status_code, *OPERATIONS[operation])
        self.clusters.call(*OPERATIONS[operation])
        self.assertEqual(2, count("operation=" + operation))

    def transition(self, status, end):
        admin("POST", "clusters", {"id": "my-cluster", "status": status})
        self.assertEqual(status, self.clusters.get("my-cluster")["status"])
        advance(600)
        self.assertEqual(end, self.clusters.get("my-cluster")["status"])

    def test_rename(self):
        admin("POST", "clusters", {"id": "my-cluster"})
        self.clusters.call("PATCH", "/my-cluster", {"id": "renamed"})
        self.assert_status_code(404, "GET", "/my-cluster")
        self.assertEqual("renamed", self.clusters.get("renamed")["id"])

    def test_destroy(self):
        admin("POST", "clusters", {"id": "my-cluster"})
        self.assertEqual("destroying", self.clusters.call("DELETE", "/my-cluster")["status"])
        advance(600)
        self.assert_status_code(404, "GET", "/my-cluster")

    def test_expired_access_tokens(self):
        admin("POST", "tokens/expire")
        self.assert_status_code(401, "GET", "")

    def test_access_level(self):
        reader = admin("POST", "tokens", {"level": "read"})
        with self.assertRaises(urllib.error.HTTPError) as raised:
            Clusters(client_id=reader["clientId"], client_secret=reader["clientSecret"]).deploy(
                FREE_CLUSTER
            )
        raised.exception.close()
        self.assertEqual(403, raised.exception.code)

    def test_offered_versions(self):
        admin("PUT", "versions", {"availableVersions": ["3.0.6", "3.9.0"]})
        self.assertEqual("3.9.0", self.clusters.deploy(FREE_CLUSTER)["version"])

    def test_free_cluster_limit(self):
        self.clusters.deploy(FREE_CLUSTER)
        self.assert_status_code(400, "POST", "/deploy", {**FREE_CLUSTER, "id": "second"})

    def test_payment_method_missing(self):
        admin("PATCH", "settings", {"paymentMethod": False})
        self.assert_status_code(400, "POST", "/deploy", PAID_CLUSTER)

    def test_seeded_space(self):
        space = {"teamID": "my-team", "spaceID": "other"}
        admin("POST", "seed", {"spaces": [space], "clusters": [{"id": "my-cluster", **space}]})
        self.assertEqual([], self.clusters.call("GET", ""))
        self.assertEqual("running", Clusters(space="other").get("my-cluster")["status"])

    def test_id_in_use(self):
        admin("POST", "clusters", {"id": "my-cluster"})
        self.assert_status_code(409, "POST", "/deploy", FREE_CLUSTER)


def add_tests(check, cases):
    """Adds a test for each case, so that each is run on its own and has its own reset."""
    for number, case in enumerate(cases, start=1):
        name = f"test_{check.__name__}_{number:02}"
        setattr(HundredTests, name, lambda self, case=case: check(self, *case))


add_tests(HundredTests.machine, MACHINES)
add_tests(HundredTests.invalid, INVALID)
add_tests(HundredTests.fault, itertools.product(OPERATIONS, STATUS_CODES))
add_tests(HundredTests.transition, TRANSITIONS.items())

if __name__ == "__main__":
    unittest.main()
