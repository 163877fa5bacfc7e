package io.github.typedbcloud.simulator;

/**
 * A write of a client.
 *
 * @param target the ID of the cluster that it changes; empty when it creates one
 */
record ClusterWrite(CloudScope scope, String target, Decision decision) {

  /** Validates a write against the current clusters, without applying it. */
  interface Decision {
    /**
     * Returns the cluster after the write.
     *
     * @param number the number of the cluster if it is new
     * @throws ApiError when the service rejects the write
     */
    SimulatedCluster decide(ClusterRules rules, long number, Moment now);
  }

  static ClusterWrite deploy(CloudScope scope, ClusterSettings settings) {
    return new ClusterWrite(
        scope, "", (rules, number, now) -> rules.deploy(scope, settings, number, now));
  }

  static ClusterWrite clone(CloudScope scope, String id, String newId) {
    return new ClusterWrite(
        scope, "", (rules, number, now) -> rules.clone(scope, id, newId, number, now));
  }

  static ClusterWrite update(CloudScope scope, String id, ClusterChange change) {
    return new ClusterWrite(scope, id, (rules, number, now) -> rules.update(scope, id, change));
  }

  static ClusterWrite suspend(CloudScope scope, String id) {
    return new ClusterWrite(
        scope, id, (rules, number, now) -> rules.suspend(scope, id, now.elapsed()));
  }

  static ClusterWrite resume(CloudScope scope, String id) {
    return new ClusterWrite(
        scope, id, (rules, number, now) -> rules.resume(scope, id, now.elapsed()));
  }

  static ClusterWrite destroy(CloudScope scope, String id) {
    return new ClusterWrite(
        scope, id, (rules, number, now) -> rules.destroy(scope, id, now.elapsed()));
  }
}
