package io.github.typedbcloud.simulator;

import java.util.Set;

/**
 * A write of a client.
 *
 * @param target the ID of the cluster that it changes; empty when it creates one
 */
record ClusterWrite(CloudScope scope, String target, Decision decision) {

  private static final Set<String> CLONE_FIELDS = Set.of(FieldRules.ID);

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

  /**
   * Reads the write of a request and checks the rules that do not depend on any cluster.
   *
   * @throws ApiError 400 when the body breaks a rule
   */
  static ClusterWrite read(Call call, String body, Settings settings) {
    CloudScope scope = call.scope();
    String id = call.clusterId();
    return switch (call.operation()) {
      case DEPLOY ->
          deploy(
              scope, DeployRules.read(SimulatorJson.readObject(body), call.apiVersion(), settings));
      case CLONE -> clone(scope, id, idOfClone(body, settings));
      case UPDATE ->
          update(scope, id, ClusterChange.read(SimulatorJson.readObject(body), settings));
      case SUSPEND ->
          new ClusterWrite(
              scope, id, (rules, number, now) -> rules.suspend(scope, id, now.elapsed()));
      case RESUME ->
          new ClusterWrite(
              scope, id, (rules, number, now) -> rules.resume(scope, id, now.elapsed()));
      case DESTROY ->
          new ClusterWrite(
              scope, id, (rules, number, now) -> rules.destroy(scope, id, now.elapsed()));
      case GET, LIST, LIST_VERSIONS, EXCHANGE_TOKEN ->
          throw new IllegalArgumentException(call.operation() + " is not a write.");
    };
  }

  private static ClusterWrite deploy(CloudScope scope, ClusterSettings settings) {
    return new ClusterWrite(
        scope, "", (rules, number, now) -> rules.deploy(scope, settings, number, now));
  }

  private static ClusterWrite clone(CloudScope scope, String id, String newId) {
    return new ClusterWrite(
        scope, "", (rules, number, now) -> rules.clone(scope, id, newId, number, now));
  }

  private static ClusterWrite update(CloudScope scope, String id, ClusterChange change) {
    return new ClusterWrite(scope, id, (rules, number, now) -> rules.update(scope, id, change));
  }

  private static String idOfClone(String body, Settings settings) {
    return FieldRules.id(Fields.of(SimulatorJson.readObject(body), CLONE_FIELDS, settings));
  }
}
