package io.github.typedbcloud.simulator;

/**
 * What a request asks for, as far as its method and path say it.
 *
 * @param scope whose clusters are meant; its names are empty when the path has none
 * @param clusterId the cluster meant; empty when the path names none
 */
record Call(Operation operation, CloudScope scope, String clusterId) {}
