#!/bin/bash
# Measures how long a client is without a response after its connections went silent: a router drops
# their packets and sends nothing back, as a NAT gateway or load balancer does that forgot them. New
# connections work. With real packets, between three network namespaces:
#
#   client 10.77.1.2 -- router -- 10.77.2.2 server (HTTPS, HTTP/1.1 or HTTP/2)
#
# Needs Linux, root, iproute2 (ip, ss) and the JDK. Not a part of the build. Usage:
#
#   mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/cp.txt
#   src/test/network/silent-connections.sh target/test-classes:target/classes:$(cat target/cp.txt)
#
# Prints a line for each scenario; all run at the same time. MAX_SECONDS (120) bounds each, and
# SCENARIOS selects some: h2-read h2-write h1-read h1-write h1-idle.
set -eu

name=silent-$$
if [ "${1:-}" = silence ]; then
  # Called by the program: no packet of the connections to this port passes the router any more.
  for port in $(ip netns exec "$2-client" ss -tnH state established dst "10.77.2.2:$3" |
    awk '{print $3}' | sed 's/.*://'); do
    ip netns exec "$2-router" ip rule add ipproto tcp sport "$port" dport "$3" blackhole
    ip netns exec "$2-router" ip rule add ipproto tcp sport "$3" dport "$port" blackhole
  done
  exit
fi

classpath=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
cleanup() {
  trap - EXIT
  kill $(jobs -p) 2>/dev/null || true
  for end in client router server; do ip netns del "$name-$end" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT

for end in client router server; do
  ip netns add "$name-$end"
  ip -n "$name-$end" link set lo up
done
ip netns exec "$name-router" sysctl -qw net.ipv4.ip_forward=1
link() { # end, number of the network
  ip link add "$1" netns "$name-$1" type veth peer name "$1" netns "$name-router"
  ip -n "$name-$1" addr add "10.77.$2.2/24" dev "$1"
  ip -n "$name-router" addr add "10.77.$2.1/24" dev "$1"
  ip -n "$name-$1" link set "$1" up
  ip -n "$name-router" link set "$1" up
  ip -n "$name-$1" route add default via "10.77.$2.1"
}
link client 1
link server 2

keytool -genkeypair -alias server -keyalg EC -dname CN=silent -ext san=ip:10.77.2.2 \
  -storetype PKCS12 -keystore "$work/keys.p12" -storepass password 2>/dev/null
javac -d "$work" -cp "$classpath" "$here/SilentConnections.java"
java="java -Djava.util.logging.config.file=$work/quiet.properties -XX:TieredStopAtLevel=1 -cp $work:$classpath SilentConnections $work/keys.p12"
# The failures in between are reported by the program itself.
echo "handlers=" >"$work/quiet.properties"

port=8440
clients=()
for scenario in ${SCENARIOS:-h2-read h2-write h1-read h1-write h1-idle}; do
  port=$((port + 1))
  : >"$work/ready-$port"
  ip netns exec "$name-server" $java serve "${scenario%%-*}" $port >"$work/ready-$port" &
  until grep -q ready "$work/ready-$port"; do sleep 0.1; done
  ip netns exec "$name-client" $java call "$scenario" $port "${MAX_SECONDS:-120}" \
    "$here/silent-connections.sh" silence "$name" $port &
  clients+=($!)
done
for client in "${clients[@]}"; do wait "$client"; done
