package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service, apart from how requests reach it. Every request passes through {@link #handle}, and
 * {@link #answer} lists the stages of its processing. Safe for many threads.
 */
final class CloudService {

  private static final Logger LOG = LoggerFactory.getLogger(CloudService.class);

  private static final Set<String> CLONE_FIELDS = Set.of(FieldRules.ID);

  private final Authenticator doorkeeper;
  private final ClusterStore clusters;
  private final List<String> versions;
  private final Faults faults = new Faults();
  private final ReceivedRequests received = new ReceivedRequests();

  CloudService(Authenticator doorkeeper, ClusterStore clusters, List<String> versions) {
    this.doorkeeper = doorkeeper;
    this.clusters = clusters;
    this.versions = List.copyOf(versions);
  }

  Faults faults() {
    return faults;
  }

  ReceivedRequests received() {
    return received;
  }

  /** Takes any request through its stages, at each of which a fault may happen to it. */
  Reply handle(ApiRequest request, Connection line) {
    Call call = Routes.find(request.method(), request.rawPath());
    ReceivedRequests.Entry entry = received.add(request, call);
    FaultPlan fault = faults.choose(call);
    line.pause(fault.before());
    doorkeeper.end(fault.tokenEnd(), request.authorization());
    ApiResponse answer = ApiResponse.of(500);
    if (fault.processes()) {
      answer = fault.edit().apply(process(request, call));
      entry.processed();
    }
    answer = fault.instead() == null ? answer : fault.instead();
    line.pause(fault.after());
    if (fault.delivery().showsStatus()) {
      entry.answered(answer);
    }
    LOG.debug("{} -> {} with fault {}", request, answer, fault);
    return new Reply(answer, fault.delivery());
  }

  /** Answers any request; whatever goes wrong is an answer too. */
  private ApiResponse process(ApiRequest request, @Nullable Call call) {
    try {
      return answer(request, call);
    } catch (ApiError refusal) {
      LOG.debug("refused {}", request, refusal);
      return ApiResponse.refusal(refusal);
    } catch (RuntimeException e) {
      LOG.error("failed to serve {}", request, e);
      return ApiResponse.refusal(ApiError.unexpected());
    }
  }

  private ApiResponse answer(ApiRequest request, @Nullable Call call) {
    if (call == null) {
      throw Routes.refusal(request.method(), request.rawPath());
    }
    if (call.operation() == Operation.EXCHANGE_TOKEN) {
      return ApiResponse.text(doorkeeper.exchange(request.authorization()));
    }
    ApiToken token = doorkeeper.authenticate(request.authorization());
    if (call.operation() == Operation.LIST_VERSIONS) {
      return ApiResponse.json(availableVersions());
    }
    clusters.require(call.scope());
    Authenticator.authorise(token, call.operation(), call.scope());
    return perform(call, request.body());
  }

  private ApiResponse perform(Call call, String body) {
    CloudScope scope = call.scope();
    String id = call.clusterId();
    if (call.operation() == Operation.LIST) {
      return ApiResponse.json(ClusterJson.write(clusters.list(scope)));
    }
    SimulatedCluster cluster =
        switch (call.operation()) {
          case DEPLOY -> clusters.deploy(scope, settings(scope, body));
          case GET -> clusters.get(scope, id);
          case UPDATE ->
              clusters.update(scope, id, ClusterChange.read(SimulatorJson.readObject(body)));
          case SUSPEND -> clusters.suspend(scope, id);
          case RESUME -> clusters.resume(scope, id);
          case CLONE -> clusters.clone(scope, id, idOfClone(body));
          case DESTROY -> clusters.destroy(scope, id);
          case LIST, LIST_VERSIONS, EXCHANGE_TOKEN ->
              throw new IllegalStateException(call.operation() + " does not end with a cluster");
        };
    return ApiResponse.json(ClusterJson.write(cluster));
  }

  private static ClusterSettings settings(CloudScope scope, String body) {
    return DeployRules.read(SimulatorJson.readObject(body), scope.generation());
  }

  private static String idOfClone(String body) {
    return FieldRules.id(Fields.of(SimulatorJson.readObject(body), CLONE_FIELDS));
  }

  private ObjectNode availableVersions() {
    ObjectNode json = SimulatorJson.object();
    ArrayNode list = json.putArray("availableVersions");
    versions.forEach(list::add);
    return json;
  }
}
