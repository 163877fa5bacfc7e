// Tests of a small client, against the simulator. With Node's standard library alone.
//
// java -jar typedb-cloud-client-all.jar simulator --port 8080 --admin --api-token ci:secret:admin
// node --test examples/node/clusters.test.mjs
//
// TYPEDB_CLOUD_URL, TYPEDB_CLOUD_CLIENT_ID and TYPEDB_CLOUD_CLIENT_SECRET select another simulator.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setTimeout } from "node:timers/promises";

const {
  TYPEDB_CLOUD_URL: url = "http://127.0.0.1:8080",
  TYPEDB_CLOUD_CLIENT_ID: clientId = "ci",
  TYPEDB_CLOUD_CLIENT_SECRET: clientSecret = "secret",
} = process.env;
const TIMEOUT_MS = 10_000;
const POLL_SECONDS = 15;
const MAX_ATTEMPTS = 3;

const FREE_CLUSTER = {
  id: "my-cluster",
  serverCount: 1,
  storageSizeGB: 10,
  provider: "gcp",
  region: "europe-west2",
  isFree: true,
  machineType: "c2d-highcpu-2",
  storageType: "standard-rwo",
  version: "latest",
};

const sleepSeconds = (seconds) => setTimeout(seconds * 1000);

class HttpError extends Error {
  constructor(status, body) {
    super(`HTTP ${status}: ${body}`);
    this.status = status;
  }
}

/** Sends a request and returns the body of the response as text. */
async function send(method, path, body, authorization) {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(authorization && { Authorization: authorization }),
      ...(body && { "Content-Type": "application/json" }),
    },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new HttpError(response.status, text);
  }
  return text;
}

/** The client under test: the clusters of one space. Yours goes here. */
class Clusters {
  constructor(accessToken, { team = "my-team", space = "default", sleep = sleepSeconds } = {}) {
    this.authorization = `Bearer ${accessToken}`;
    this.path = `/api/v1/team/${team}/spaces/${space}/clusters`;
    this.sleep = sleep;
  }

  static async connect(options) {
    const token = await send("POST", "/api/v1/auth", null, `Basic ${clientId}:${clientSecret}`);
    return new Clusters(token, options);
  }

  async call(method, path, body) {
    return JSON.parse(await send(method, this.path + path, body, this.authorization));
  }

  /** Retries, because a read can be repeated without harm. */
  async get(id) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.call("GET", `/${id}`);
      } catch (error) {
        if (error.status !== 503 || attempt === MAX_ATTEMPTS) {
          throw error;
        }
      }
      await this.sleep(attempt);
    }
  }

  /** Reads the cluster when there is no response: a second deployment could do harm. */
  async deploy(settings) {
    try {
      return await this.call("POST", "/deploy", settings);
    } catch (error) {
      if (error instanceof HttpError) {
        throw error;
      }
      return this.get(settings.id);
    }
  }

  async awaitStatus(id, status, timeoutSeconds = 600) {
    let cluster;
    for (let waited = 0; waited < timeoutSeconds; waited += POLL_SECONDS) {
      cluster = await this.get(id);
      if (cluster.status.toLowerCase() === status) {
        return cluster;
      }
      await this.sleep(POLL_SECONDS);
    }
    throw new Error(`${id} is ${cluster.status}, not ${status}`);
  }
}

/** Calls the simulator's own API. Returns the decoded body of the response, if there is one. */
async function admin(method, path, body) {
  const response = await send(method, `/__simulator/${path}`, body);
  return response && JSON.parse(response);
}

/** Sleeps, for a program that is given it: nothing waits, and the simulator's clock moves on. */
const advance = (seconds) => admin("POST", "time/advance", { by: `${seconds}s` });

/** The number of requests that the simulator received since the test began. */
const count = async (query) => (await admin("GET", `requests?${query}`)).count;

let clusters;

beforeEach(async () => {
  await admin("POST", "reset");
  await admin("PATCH", "time", { mode: "manual" });
  clusters = await Clusters.connect({ sleep: advance });
});

test("deployment of three minutes", async () => {
  await admin("PATCH", "settings", { transitionTimes: { starting: "3m" } });

  assert.equal((await clusters.deploy(FREE_CLUSTER)).status, "starting");
  const cluster = await clusters.awaitStatus("my-cluster", "running");

  assert.match(cluster.servers[0].address, /\.cluster\.typedb\.com:80$/);
  assert.equal(await count("operation=get"), 1 + 180 / POLL_SECONDS);
});

test("timeout of a wait", async () => {
  await admin("POST", "faults", { cluster: "my-cluster", stuckIn: ["starting"] });
  await clusters.deploy(FREE_CLUSTER);

  await assert.rejects(clusters.awaitStatus("my-cluster", "running"), {
    message: "my-cluster is starting, not running",
  });
});

test("read is retried after 503", async () => {
  await admin("POST", "clusters", { id: "my-cluster" });
  const unavailable = { type: "respond", status: 503 };
  await admin("POST", "faults", { on: ["get"], times: 2, faults: [unavailable] });

  assert.equal((await clusters.get("my-cluster")).status, "running");
  assert.equal(await count("operation=get&status=503"), 2);
  assert.equal(await count("operation=get&status=200"), 1);
});

test("deployment without a response is sent once", async () => {
  await admin("POST", "faults", { on: ["deploy"], faults: [{ type: "loseResponse" }] });

  assert.equal((await clusters.deploy(FREE_CLUSTER)).status, "starting");
  assert.equal(await count("operation=deploy"), 1);
});

test("suspended cluster is resumed", async () => {
  await admin("POST", "clusters", { id: "my-cluster", status: "suspended" });

  assert.equal((await clusters.call("POST", "/my-cluster/resume")).status, "resuming");
  assert.equal((await clusters.awaitStatus("my-cluster", "running")).servers.length, 1);
});
