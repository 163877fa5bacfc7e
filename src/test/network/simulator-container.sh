#!/bin/bash
# Checks the guide's container of the simulator on a machine without a container engine: its command
# and its health check in one network namespace, its users in another.
#
#   client 10.78.1.1 -- 10.78.1.2 simulator
#
# Needs Linux, root, iproute2 (ip), curl and a Java runtime. Not a part of the build. Usage:
#
#   mvn -q package -DskipTests
#   src/test/network/simulator-container.sh target/*-all.jar
#
# Prints a line for each check; the exit code is 1 after the first that fails.
set -eu

jar=$1
name=container-$$
url=http://10.78.1.2:8080
work=$(mktemp -d)
cleanup() {
  trap - EXIT
  kill $(jobs -p) 2>/dev/null || true
  wait
  for end in client simulator; do ip netns del "$name-$end" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT

for end in client simulator; do
  ip netns add "$name-$end"
  ip -n "$name-$end" link set lo up
done
ip link add eth0 netns "$name-client" type veth peer name eth0 netns "$name-simulator"
ip -n "$name-client" addr add 10.78.1.1/24 dev eth0
ip -n "$name-simulator" addr add 10.78.1.2/24 dev eth0
for end in client simulator; do ip -n "$name-$end" link set eth0 up; done

fail() {
  echo "FAILED: $1" >&2
  cat "$work"/* >&2
  exit 1
}
simulator() { # options: starts it and waits for the health check
  ip netns exec "$name-simulator" java -jar "$jar" simulator --port 8080 --admin \
    --api-token ci:secret:admin "$@" >"$work/simulator" 2>&1 &
  for _ in $(seq 300); do
    if healthy; then return; fi
    kill -0 $! 2>/dev/null || fail "the simulator exited"
    sleep 0.1
  done
  fail "the simulator is not healthy after 30 seconds"
}
healthy() { # the HEALTHCHECK of the guide
  ip netns exec "$name-simulator" bash -c \
    "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /__simulator/health HTTP/1.0\r\n\r\n' >&3 && grep -q '\"up\"' <&3" \
    2>/dev/null
}
client() { # arguments of curl
  ip netns exec "$name-client" curl --silent --show-error --fail --max-time 10 --noproxy '*' "$@"
}
stop() { # as container engines do
  kill "$!"
  for _ in $(seq 100); do
    kill -0 "$!" 2>/dev/null || return 0
    sleep 0.1
  done
  fail "the simulator has not exited 10 seconds after SIGTERM"
}

simulator
if client "$url/__simulator/health" >"$work/client" 2>&1; then
  fail "reachable from another network namespace without --host"
fi
stop
echo "ok: without --host, healthy inside and not reachable from outside"

simulator --host 0.0.0.0
grep -q "^Warning: " "$work/simulator" || fail "no warning about other machines"
client "$url/__simulator/health" | grep -q '"up"' || fail "health from outside"
echo "ok: with --host 0.0.0.0, healthy inside and outside, with a warning"

token=$(client --request POST --header "Authorization: Basic ci:secret" "$url/api/v1/auth")
clusters=$url/api/v1/team/my-team/spaces/default/clusters
client --header "Authorization: Bearer $token" --header "Content-Type: application/json" \
  --data '{"id":"a","serverCount":1,"storageSizeGB":10,"provider":"gcp","region":"europe-west2","isFree":true,"machineType":"c2d-highcpu-2","storageType":"standard-rwo","version":"latest"}' \
  "$clusters/deploy" | grep -q '"starting"' || fail "deploy from outside"
client --header "Content-Type: application/json" --data '{"by":"1h"}' --output /dev/null \
  "$url/__simulator/time/advance" || fail "advance of the clock from outside"
token=$(client --request POST --header "Authorization: Basic ci:secret" "$url/api/v1/auth")
client --header "Authorization: Bearer $token" "$clusters/a" | grep -q '"running"' ||
  fail "get from outside"
echo "ok: deployed from outside, until running"

stop
echo "ok: exits when terminated"
