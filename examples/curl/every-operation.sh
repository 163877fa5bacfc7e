#!/usr/bin/env bash
# Every operation of both generations of the TypeDB Cloud API, with curl alone. Needs a simulator,
# or an account with an admin API token:
#
#   TYPEDB_CLOUD_URL TYPEDB_CLOUD_CLIENT_ID TYPEDB_CLOUD_CLIENT_SECRET
set -euo pipefail
url=${TYPEDB_CLOUD_URL:-https://cloud.typedb.com}
id="curl-$$"

# call <expected status> <method> <path> [body]: prints the answer's body
call() {
  local status body
  body=$(mktemp)
  status=$(curl --silent --show-error --output "$body" --write-out '%{http_code}' \
    --request "$2" --header "Authorization: Bearer $token" \
    ${4:+--header 'Content-Type: application/json' --data "$4"} "$url$3")
  cat "$body"
  echo
  rm "$body"
  if [ "$status" != "$1" ]; then
    echo "$2 $3 answered $status, not $1" >&2
    exit 1
  fi
}

# until_status <path> <status>: polls, for a minute at most
until_status() {
  for _ in $(seq 120); do
    if call 200 GET "$1" | grep -q "\"status\": *\"$2\""; then
      return
    fi
    sleep 0.5
  done
  echo "$1 did not get to $2 in time" >&2
  exit 1
}

until_gone() {
  for _ in $(seq 120); do
    status=$(curl --silent --output /dev/null --write-out '%{http_code}' --header "Authorization: Bearer $token" "$url$1")
    if [ "$status" = 404 ]; then
      return
    fi
    sleep 0.5
  done
  echo "$1 did not go in time" >&2
  exit 1
}

exchange() {
  token=$(curl --silent --show-error --fail --request POST \
    --header "Authorization: Basic $TYPEDB_CLOUD_CLIENT_ID:$TYPEDB_CLOUD_CLIENT_SECRET" "$url$1")
}

cluster() {
  echo "{\"id\":\"$1\",\"serverCount\":1,\"storageSizeGB\":10,\"provider\":\"aws\",\"region\":\"eu-west-2\",\"isFree\":false,\"machineType\":\"c7g.xlarge\",\"storageType\":\"$2\",\"version\":\"3.0.6\"}"
}

lifecycle() { # <scope path> <storage type>
  call 200 POST "$1/clusters/deploy" "$(cluster "$id" "$2")"
  call 409 POST "$1/clusters/deploy" "$(cluster "$id" "$2")"
  until_status "$1/clusters/$id" running
  call 200 GET "$1/clusters"
  call 200 POST "$1/clusters/$id/suspend"
  until_status "$1/clusters/$id" suspended
  call 200 POST "$1/clusters/$id/resume"
  until_status "$1/clusters/$id" running
}

echo "== projects"
exchange /api/auth
project="/api/org/${TYPEDB_CLOUD_ORGANIZATION:-my-org}/projects/${TYPEDB_CLOUD_PROJECT:-default}"
lifecycle "$project" gp2
call 200 DELETE "$project/clusters/$id"
until_gone "$project/clusters/$id"

echo "== spaces"
exchange /api/v1/auth
space="/api/v1/team/${TYPEDB_CLOUD_TEAM:-my-team}/spaces/${TYPEDB_CLOUD_SPACE:-default}"
call 200 GET /api/v1/cluster-versions
lifecycle "$space" gp2-csi
call 200 PATCH "$space/clusters/$id" '{"storageSizeGB":20}'
call 200 POST "$space/clusters/$id/clone" "{\"id\":\"$id-copy\"}"
until_status "$space/clusters/$id-copy" running
call 200 DELETE "$space/clusters/$id-copy"
call 200 DELETE "$space/clusters/$id"
until_gone "$space/clusters/$id-copy"
until_gone "$space/clusters/$id"

echo "every operation did as documented"
