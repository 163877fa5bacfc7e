package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.typedbcloud.internal.httpserver.BadHttpRequestException;
import io.github.typedbcloud.internal.httpserver.Connection;
import io.github.typedbcloud.internal.httpserver.HttpRequest;
import io.github.typedbcloud.internal.httpserver.HttpResponse;
import io.github.typedbcloud.internal.httpserver.HttpServer;
import io.github.typedbcloud.internal.httpserver.ResponseDelivery;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service behind the HTTP server. Every request passes through {@link #handle}, and {@link
 * #respond} lists the stages of its processing. Thread-safe.
 */
final class CloudService implements HttpServer.Handler {

  private static final Logger LOG = LoggerFactory.getLogger(CloudService.class);

  private static final Pattern JSON_TYPE =
      Pattern.compile(
          "\\s*application/([!#$%&'*+.^_`|~0-9a-z-]+\\+)?json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

  private final Simulation simulation;
  private final Authenticator authenticator;
  private final ClusterStore clusters;
  private final ReceivedRequests received;

  CloudService(Simulation simulation) {
    this.simulation = simulation;
    this.authenticator = simulation.authenticator();
    this.clusters = simulation.clusters();
    this.received = simulation.received();
  }

  /** Processes a request in its stages, at each of which a fault may happen. */
  @Override
  public HttpResponse handle(HttpRequest request, Connection connection) {
    Call call = Routes.find(request.method(), request.path());
    ReceivedRequests.Entry entry = received.add(request, call, authenticator.secrets());
    try {
      return handle(request, call, entry, connection);
    } finally {
      entry.completed();
    }
  }

  private HttpResponse handle(
      HttpRequest request,
      @Nullable Call call,
      ReceivedRequests.Entry entry,
      Connection connection) {
    OptionalLong resets = OptionalLong.of(simulation.resets());
    FaultPlan fault = simulation.faults().choose(request, call);
    entry.faults(fault.descriptions());
    connection.pause(fault.before());
    fault.beforeActions().forEach(Runnable::run);
    authenticator.end(fault.tokenEnd(), request.authorization());
    HttpResponse response = HttpResponse.of(500);
    if (fault.processes()) {
      HttpResponse processed =
          process(request, call, fault, fault.isDelayed() ? resets : OptionalLong.empty());
      if (processed == null) {
        LOG.debug("{} was delayed beyond a reset", request);
        return response.delivery(ResponseDelivery.LOST);
      }
      response = processed;
      entry.processed();
      if (call != null
          && call.operation() == Operation.EXCHANGE_TOKEN
          && processed.status() == 200) {
        simulation.exchanged(Authenticator.clientId(request.authorization()));
      }
    }
    response = fault.response(response);
    fault.afterActions().forEach(Runnable::run);
    connection.pause(fault.after());
    if (fault.delivery().showsStatus()) {
      entry.responded(response);
    }
    LOG.debug("{} -> {} with fault {}", request, response, fault);
    return response.delivery(fault.delivery());
  }

  /** The response to what is not a valid HTTP request. */
  @Override
  public HttpResponse reject(BadHttpRequestException problem) {
    HttpResponse response = ApiError.of(problem).toResponse();
    received.rejected(response, authenticator.secrets());
    return response;
  }

  /** Returns null when the request was delayed and the state was reset meanwhile. */
  private @Nullable HttpResponse process(
      HttpRequest request, @Nullable Call call, FaultPlan fault, OptionalLong resets) {
    try {
      return simulation.process(resets, () -> respond(request, call, fault));
    } catch (ApiError e) {
      LOG.debug("Rejected {}", request, e);
      return e.toResponse();
    } catch (RuntimeException e) {
      LOG.error("Processing {} failed", request, e);
      return ApiError.unexpected().toResponse();
    }
  }

  private HttpResponse respond(HttpRequest request, @Nullable Call call, FaultPlan fault) {
    if (call == null) {
      throw Routes.notFound(request.method(), request.path());
    }
    if (call.operation() == Operation.EXCHANGE_TOKEN) {
      byte[] token =
          authenticator.exchange(request.authorization()).getBytes(StandardCharsets.UTF_8);
      return HttpResponse.of(200).body("text/plain", token);
    }
    ApiToken token = authenticator.authenticate(request.authorization());
    if (call.operation() == Operation.LIST_VERSIONS) {
      return json(AdminJson.write(simulation.settings().versions()));
    }
    clusters.require(call.scope());
    Authenticator.authorize(token, call.operation(), call.scope());
    return perform(call, request, fault);
  }

  private HttpResponse perform(Call call, HttpRequest request, FaultPlan fault) {
    CloudScope scope = call.scope();
    String id = call.clusterId();
    return switch (call.operation()) {
      case LIST -> json(ClusterJson.write(clusters.list(scope, fault.staleness())));
      case GET -> json(ClusterJson.write(clusters.get(scope, id, fault.staleness())));
      default -> {
        if (simulation.settings().isStrict(Assumption.CONTENT_TYPE)) {
          requireJson(request);
        }
        ClusterWrite write = ClusterWrite.read(call, request.body(), simulation.settings());
        yield json(ClusterJson.write(clusters.write(write, fault.lateness())));
      }
    };
  }

  /** Rejects a body that is declared as something else. */
  static void requireJson(HttpRequest request) {
    String contentType = request.contentType();
    if (!request.body().isEmpty()
        && contentType != null
        && !contentType.isEmpty()
        && !JSON_TYPE.matcher(contentType).matches()) {
      throw ApiError.unsupportedMediaType(contentType);
    }
  }

  private static HttpResponse json(JsonNode body) {
    return HttpResponse.of(200).json(SimulatorJson.write(body));
  }
}
