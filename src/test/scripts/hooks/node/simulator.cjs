// Node runs this module at its start with NODE_OPTIONS=--require=….
//
// Connects to the simulator on port SIMULATOR_PORT instead of cloud.typedb.com, and replaces the
// setTimeout of node:timers/promises: it advances the simulator's manual clock by as long, so that a
// script polls as often as its users see it poll, without the wait.

const { syncBuiltinESMExports } = require("node:module");
const timers = require("node:timers/promises");
const tls = require("node:tls");

const { connect } = tls;
tls.connect = (options, ...others) => {
  const simulator = { host: "127.0.0.1", port: Number(process.env.SIMULATOR_PORT) };
  const isService = options.host === "cloud.typedb.com";
  return connect(isService ? { ...options, ...simulator } : options, ...others);
};

timers.setTimeout = async (milliseconds) => {
  const response = await fetch("https://cloud.typedb.com/__simulator/time/advance", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ by: `${milliseconds}ms` }),
  });
  if (!response.ok) {
    throw new Error(`HTTP ${response.status} ${await response.text()}`);
  }
};
syncBuiltinESMExports();
