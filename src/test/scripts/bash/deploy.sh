#!/usr/bin/env bash
# Deploys clusters and destroys them, as the guides of TypeDB Cloud do it with curl. The first one is
# also suspended and resumed.
#
# usage: deploy.sh projects | early-spaces | early-spaces-v1-auth | spaces
# Environment variables: TYPEDB_CLOUD_CLIENT_ID and TYPEDB_CLOUD_CLIENT_SECRET of an admin API token.
set -euo pipefail

backup=',"backupConfiguration":{"frequency":"daily","retentionDays":7}'
no_backup=',"backupConfiguration":{"frequency":"disabled"}'
case $1 in
  projects)
    auth=/api/auth scope=/api/org/my-org/projects/default storage=gp2 version=3.0.6
    backup='' no_backup='' ;;
  early-spaces)
    auth=/api/auth scope=/api/team/my-team/spaces/default storage=gp2 version=3.0.6 ;;
  early-spaces-v1-auth)
    auth=/api/v1/auth scope=/api/team/my-team/spaces/default storage=gp2 version=3.0.6 ;;
  spaces)
    auth=/api/v1/auth scope=/api/v1/team/my-team/spaces/default storage=gp2-csi version=latest ;;
esac

ACCESS_TOKEN=$(curl --silent --show-error --fail-with-body --request POST \
  --url "https://cloud.typedb.com$auth" \
  --header "Authorization: Basic $TYPEDB_CLOUD_CLIENT_ID:$TYPEDB_CLOUD_CLIENT_SECRET")

call() { # method, path below the clusters, body
  curl --silent --show-error --fail-with-body --request "$1" \
    --url "https://cloud.typedb.com$scope/clusters$2" \
    --header "Authorization: Bearer $ACCESS_TOKEN" \
    ${3:+--header "Content-Type: application/json" --data "$3"}
}

field() { # name: its first value in the JSON on the standard input
  grep -o "\"$1\" *: *\"[^\"]*\"" | sed -n '1s/.*"\([^"]*\)"/\1/p'
}

await_status() { # cluster ID, status
  local status
  status=$(call GET "/$1" | field status)
  while [ "$status" != "$2" ]; do
    echo "$1 is $status"
    sleep 15
    status=$(call GET "/$1" | field status)
  done
  echo "$1 is $2"
}

call POST /deploy '{"id":"free-cluster","serverCount":1,"storageSizeGB":10,"provider":"gcp","region":"europe-west2","isFree":true,"machineType":"c2d-highcpu-2","storageType":"standard-rwo","version":"'$version'"'"$no_backup"'}'
echo
await_status free-cluster running
echo "address: $(call GET /free-cluster | field address)"
call POST /free-cluster/suspend
echo
await_status free-cluster suspended
call POST /free-cluster/resume
echo
await_status free-cluster running

call POST /deploy '{"id":"paid-cluster","serverCount":1,"storageSizeGB":50,"provider":"aws","region":"eu-west-2","isFree":false,"machineType":"c7g.xlarge","storageType":"'$storage'","version":"'$version'"'"$backup"'}'
echo
await_status paid-cluster running
echo "address: $(call GET /paid-cluster | field address)"

for id in free-cluster paid-cluster; do
  echo "$id is $(call DELETE "/$id" | field status)"
done
