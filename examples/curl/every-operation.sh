#!/usr/bin/env bash
# Calls every operation of both versions of the TypeDB Cloud API with curl, on a simulator or in an
# account. Deploys clusters that are not free and destroys them.
#
# Environment variables: TYPEDB_CLOUD_CLIENT_ID and TYPEDB_CLOUD_CLIENT_SECRET of an admin API token;
# for a simulator, also TYPEDB_CLOUD_URL.
set -euo pipefail
url=${TYPEDB_CLOUD_URL:-https://cloud.typedb.com}
id="curl-$$"

# call <expected status> <method> <path> [body]: prints the response body
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
    echo "$2 $3: HTTP $status, expected $1" >&2
    exit 1
  fi
}

# await_status <path> <status>: polls for at most one minute
await_status() {
  for _ in $(seq 120); do
    if call 200 GET "$1" | grep -q "\"status\": *\"$2\""; then
      return
    fi
    sleep 0.5
  done
  echo "$1: not $2 after one minute" >&2
  exit 1
}

# await_destroyed <path>: polls for at most one minute
await_destroyed() {
  for _ in $(seq 120); do
    status=$(curl --silent --output /dev/null --write-out '%{http_code}' --header "Authorization: Bearer $token" "$url$1")
    if [ "$status" = 404 ]; then
      return
    fi
    sleep 0.5
  done
  echo "$1: not destroyed after one minute" >&2
  exit 1
}

# exchange <path>: exchanges the API token for an access token
exchange() {
  token=$(curl --silent --show-error --fail --request POST \
    --header "Authorization: Basic $TYPEDB_CLOUD_CLIENT_ID:$TYPEDB_CLOUD_CLIENT_SECRET" "$url$1")
}

# cluster <id> <storage type>: prints the body of a deploy request
cluster() {
  echo "{\"id\":\"$1\",\"serverCount\":1,\"storageSizeGB\":10,\"provider\":\"aws\",\"region\":\"eu-west-2\",\"isFree\":false,\"machineType\":\"c7g.xlarge\",\"storageType\":\"$2\",\"version\":\"3.0.6\"}"
}

# lifecycle <scope path> <storage type>
lifecycle() {
  call 200 POST "$1/clusters/deploy" "$(cluster "$id" "$2")"
  call 409 POST "$1/clusters/deploy" "$(cluster "$id" "$2")"
  await_status "$1/clusters/$id" running
  call 200 GET "$1/clusters"
  call 200 POST "$1/clusters/$id/suspend"
  await_status "$1/clusters/$id" suspended
  call 200 POST "$1/clusters/$id/resume"
  await_status "$1/clusters/$id" running
}

echo "== projects"
exchange /api/auth
project="/api/org/${TYPEDB_CLOUD_ORGANIZATION:-my-org}/projects/${TYPEDB_CLOUD_PROJECT:-default}"
lifecycle "$project" gp2
call 200 DELETE "$project/clusters/$id"
await_destroyed "$project/clusters/$id"

echo "== spaces"
exchange /api/v1/auth
space="/api/v1/team/${TYPEDB_CLOUD_TEAM:-my-team}/spaces/${TYPEDB_CLOUD_SPACE:-default}"
call 200 GET /api/v1/cluster-versions
lifecycle "$space" gp2-csi
call 200 PATCH "$space/clusters/$id" '{"storageSizeGB":20}'
call 200 POST "$space/clusters/$id/clone" "{\"id\":\"$id-copy\"}"
await_status "$space/clusters/$id-copy" running
call 200 DELETE "$space/clusters/$id-copy"
call 200 DELETE "$space/clusters/$id"
await_destroyed "$space/clusters/$id-copy"
await_destroyed "$space/clusters/$id"

echo "All operations succeeded."
