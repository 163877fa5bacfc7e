package io.github.typedbcloud.simulator;

/**
 * The operation of a request and its target, as read from its method and path.
 *
 * @param apiVersion the version of the API; the oldest one for a path that several have
 * @param scope the scope of the clusters; its names are empty when the path has no scope
 * @param clusterId the ID of the cluster; empty when the path has none
 */
record Call(Operation operation, ApiVersion apiVersion, CloudScope scope, String clusterId) {}
