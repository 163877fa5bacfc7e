// Deploys clusters and destroys them, as the guides of TypeDB Cloud do it with Node.
//
// usage: deploy.mjs projects | early-spaces | early-spaces-v1-auth | spaces
// Environment variables: TYPEDB_CLOUD_CLIENT_ID and TYPEDB_CLOUD_CLIENT_SECRET of an admin API token.

import { setTimeout } from "node:timers/promises";

const HOST = "https://cloud.typedb.com";
const PROJECT = "/api/org/my-org/projects/default";
const EARLY_SPACE = "/api/team/my-team/spaces/default";
const SPACE = "/api/v1/team/my-team/spaces/default";
const EDITIONS = {
  projects: { auth: "/api/auth", scope: PROJECT, awsStorage: "gp2", version: "3.0.6" },
  "early-spaces": { auth: "/api/auth", scope: EARLY_SPACE, awsStorage: "gp2", version: "3.0.6" },
  "early-spaces-v1-auth": {
    auth: "/api/v1/auth", scope: EARLY_SPACE, awsStorage: "gp2", version: "3.0.6",
  },
  spaces: { auth: "/api/v1/auth", scope: SPACE, awsStorage: "gp2-csi", version: "latest" },
};
const { auth, scope, awsStorage, version } = EDITIONS[process.argv[2]];

async function request(method, path, authorization, body) {
  const response = await fetch(HOST + path, {
    method,
    headers: {
      Authorization: authorization,
      ...(body && { "Content-Type": "application/json" }),
    },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path}: HTTP ${response.status} ${await response.text()}`);
  }
  return response;
}

const { TYPEDB_CLOUD_CLIENT_ID: clientId, TYPEDB_CLOUD_CLIENT_SECRET: clientSecret } = process.env;
const exchange = await request("POST", auth, `Basic ${clientId}:${clientSecret}`);
const accessToken = await exchange.text();

async function clusters(method, path, body) {
  const response = await request(method, `${scope}/clusters${path}`, `Bearer ${accessToken}`, body);
  return response.json();
}

async function deploy(settings, backupConfiguration) {
  let cluster = await clusters("POST", "/deploy", {
    ...settings,
    ...(scope !== PROJECT && { backupConfiguration }),
  });
  while (cluster.status !== "running") {
    console.log(`${cluster.id} is ${cluster.status}`);
    await setTimeout(15_000);
    cluster = await clusters("GET", `/${cluster.id}`);
  }
  console.log(`${cluster.id} is ${cluster.status}`);
  console.log(`address: ${cluster.servers[0].address}`);
}

await deploy(
  {
    id: "free-cluster",
    serverCount: 1,
    storageSizeGB: 10,
    provider: "gcp",
    region: "europe-west2",
    isFree: true,
    machineType: "c2d-highcpu-2",
    storageType: "standard-rwo",
    version,
  },
  { frequency: "disabled" },
);
await deploy(
  {
    id: "paid-cluster",
    serverCount: 1,
    storageSizeGB: 50,
    provider: "aws",
    region: "eu-west-2",
    isFree: false,
    machineType: "c7g.xlarge",
    storageType: awsStorage,
    version,
  },
  { frequency: "daily", retentionDays: 7 },
);
for (const { id } of await clusters("GET", "")) {
  const { status } = await clusters("DELETE", `/${id}`);
  console.log(`${id} is ${status}`);
}
