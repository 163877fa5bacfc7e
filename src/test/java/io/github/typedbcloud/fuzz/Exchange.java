package io.github.typedbcloud.fuzz;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.fuzz.RawServer.Received;
import io.github.typedbcloud.fuzz.ScriptedResponse.Validity;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.support.Fixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One call of the client, the requests that it makes, and the responses to them. */
final class Exchange {

  static final String ID = "api-cluster";

  static final int UPDATED_SIZE = 20;

  /** What the client is called for. */
  @SuppressWarnings("ImmutableEnumChecker") // its functions have no state
  enum Operation {
    GET(true, clusters -> clusters.get(ID)),
    FIND(true, clusters -> clusters.find(ID)),
    LIST(true, ClustersApi::list),
    VERSIONS(true, ClustersApi::versions),
    DEPLOY(false, clusters -> clusters.deploy(Fixtures.freeCluster(ID).build())),
    SUSPEND(false, clusters -> clusters.suspend(ID)),
    UPDATE(
        false,
        clusters ->
            clusters.update(
                ID, UpdateClusterRequest.builder().storageSizeGB(UPDATED_SIZE).build())),
    DESTROY(false, clusters -> clusters.destroy(ID));

    private final boolean isRead;
    private final Function<ClustersApi, Object> call;

    Operation(boolean isRead, Function<ClustersApi, Object> call) {
      this.isRead = isRead;
      this.call = call;
    }

    boolean isRead() {
      return isRead;
    }

    Object on(ClustersApi clusters) {
      return call.apply(clusters);
    }
  }

  /** A request and the response to it; null for a request that did not arrive as a whole. */
  record Step(Received request, ScriptedResponse response) {}

  private final long number;
  private final Operation operation;
  private final boolean isApplied;
  private final ResponseGenerator generator;
  private final Iterator<ScriptedResponse> script;
  private final List<Step> steps = new ArrayList<>();

  private Exchange(
      long number,
      Operation operation,
      boolean isApplied,
      ResponseGenerator generator,
      List<ScriptedResponse> script) {
    this.number = number;
    this.operation = operation;
    this.isApplied = isApplied;
    this.generator = generator;
    this.script = script.iterator();
  }

  /**
   * An exchange with generated responses.
   *
   * @param isApplied whether a write takes effect, whatever the response to it
   */
  static Exchange generated(
      long number, Operation operation, boolean isApplied, ResponseGenerator generator) {
    return new Exchange(number, operation, isApplied, generator, List.of());
  }

  /** A recorded exchange: the same responses in the same order, and valid ones after them. */
  static Exchange parse(String text) {
    String[] parts = text.split("\\|", -1);
    return new Exchange(
        0,
        Operation.valueOf(parts[0]),
        Boolean.parseBoolean(parts[1]),
        ResponseGenerator.valid(),
        Arrays.stream(parts).skip(2).map(ScriptedResponse::parse).toList());
  }

  /** A form that {@link #parse} reads. */
  synchronized String toText() {
    return steps.stream()
        .filter(step -> step.response() != null)
        .map(step -> "|" + step.response().toText())
        .collect(Collectors.joining("", operation + "|" + isApplied, ""));
  }

  Operation operation() {
    return operation;
  }

  synchronized List<Step> steps() {
    return List.copyOf(steps);
  }

  /** The response to a request; null for none. */
  synchronized ScriptedResponse respond(Received request) {
    ScriptedResponse response = null;
    if (request.isComplete()) {
      boolean isEffective = isApplied && steps.stream().anyMatch(step -> step.request().isWrite());
      response =
          script.hasNext()
              ? script.next()
              : generator.response(
                  request, operation, isEffective, "trace-" + number + "-" + steps.size());
    }
    steps.add(new Step(request, response));
    return response;
  }

  synchronized boolean isAnyResponse(Validity validity) {
    return steps.stream()
        .anyMatch(step -> step.response() != null && step.response().validity() == validity);
  }

  synchronized long bytesSent() {
    return steps.stream()
        .mapToLong(step -> step.response() == null ? 0 : step.response().bytes().length)
        .sum();
  }
}
