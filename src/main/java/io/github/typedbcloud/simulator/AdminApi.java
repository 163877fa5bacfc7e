package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.typedbcloud.internal.httpserver.BadHttpRequestException;
import io.github.typedbcloud.internal.httpserver.Connection;
import io.github.typedbcloud.internal.httpserver.HttpRequest;
import io.github.typedbcloud.internal.httpserver.HttpResponse;
import io.github.typedbcloud.internal.httpserver.HttpServer;
import io.github.typedbcloud.internal.version.LibraryVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin API below {@code /__simulator/}, in front of the service. Its requests are neither
 * counted nor subject to faults. Thread-safe.
 */
final class AdminApi implements HttpServer.Handler {

  private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);

  static final String ROOT = "/__simulator";

  private static final String PREFIX = ROOT + "/";

  private static final int DEFAULT_LIMIT = 100;

  /** Handles one request; the parameter is the last segment of the path, empty for none. */
  private interface Action {
    HttpResponse handle(String parameter, Request request);
  }

  /**
   * A request.
   *
   * @param query the parameters of the query, as fields
   * @param body null for none
   */
  private record Request(ObjectNode query, @Nullable ObjectNode body) {

    Fields query(Set<String> known) {
      return Fields.of(query, known);
    }

    /** The body, which is required. */
    ObjectNode json() {
      if (body == null) {
        throw ApiError.badRequest("missing_body", "The request needs a JSON object as its body.");
      }
      return body;
    }

    /** The fields of the body, which is required. */
    Fields body(Set<String> known) {
      return Fields.of(json(), known);
    }

    /** The fields of the body; none without a body. */
    Fields optionalBody(Set<String> known) {
      return body == null ? Fields.of(SimulatorJson.object(), known) : body(known);
    }

    void noBody() {
      optionalBody(Set.of());
    }

    void nothing() {
      query(Set.of());
      noBody();
    }
  }

  /**
   * A method of a path.
   *
   * @param path below the prefix; ends in {@code {}} for a parameter
   */
  private record Route(String method, String path, Action action) {

    /** The parameter of a path; null when the path is another. */
    @Nullable String match(String actual) {
      if (!path.endsWith("{}")) {
        return path.equals(actual) ? "" : null;
      }
      String start = path.substring(0, path.length() - 2);
      String parameter = actual.startsWith(start) ? actual.substring(start.length()) : "";
      return parameter.isEmpty() || parameter.contains("/") ? null : Routes.decode(parameter);
    }
  }

  private final Simulation simulation;
  private final HttpServer.Handler service;
  private final FaultJson faultJson;

  /** The rules that were added here, as they were posted, by their IDs. */
  private final Map<String, ObjectNode> postedRules = new HashMap<>();

  private final List<Route> routes =
      List.of(
          new Route("GET", "health", this::health),
          new Route("POST", "reset", this::reset),
          new Route("POST", "seed", this::seed),
          new Route("GET", "clusters", this::listClusters),
          new Route("POST", "clusters", this::addCluster),
          new Route("PATCH", "clusters/{}", this::changeCluster),
          new Route("DELETE", "clusters/{}", this::removeCluster),
          new Route("GET", "tokens", this::listTokens),
          new Route("POST", "tokens", this::addToken),
          new Route("POST", "tokens/expire", this::expireTokens),
          new Route("DELETE", "tokens/{}", this::revokeToken),
          new Route("GET", "faults", this::listFaults),
          new Route("POST", "faults", this::addFault),
          new Route("DELETE", "faults", this::removeFaults),
          new Route("GET", "faults/{}", this::getFault),
          new Route("DELETE", "faults/{}", this::removeFault),
          new Route("GET", "time", this::getTime),
          new Route("PATCH", "time", this::setTime),
          new Route("POST", "time/advance", this::advance),
          new Route("GET", "requests", this::listRequests),
          new Route("DELETE", "requests", this::clearRequests),
          new Route("GET", "versions", this::getVersions),
          new Route("PUT", "versions", this::setVersions),
          new Route("GET", "catalog", this::getCatalog),
          new Route("PUT", "catalog", this::setCatalog),
          new Route("GET", "settings", this::getSettings),
          new Route("PATCH", "settings", this::changeSettings),
          new Route("GET", "openapi.json", (none, request) -> openApi("admin", request)),
          new Route(
              "GET", "openapi/projects.json", (none, request) -> openApi("projects", request)),
          new Route("GET", "openapi/spaces.json", (none, request) -> openApi("spaces", request)));

  AdminApi(Simulation simulation, HttpServer.Handler service) {
    this.simulation = simulation;
    this.service = service;
    this.faultJson = new FaultJson(simulation);
  }

  @Override
  public HttpResponse handle(HttpRequest request, Connection connection) {
    if (!request.path().startsWith(PREFIX) && !request.path().equals(ROOT)) {
      return service.handle(request, connection);
    }
    try {
      requireSameOrigin(request);
      return handle(request);
    } catch (ApiError e) {
      return e.toResponse();
    } catch (IllegalArgumentException e) {
      return ApiError.badRequest("invalid_request", String.valueOf(e.getMessage())).toResponse();
    } catch (RuntimeException e) {
      LOG.error("Processing {} failed", request, e);
      return ApiError.unexpected().toResponse();
    }
  }

  @Override
  public HttpResponse reject(BadHttpRequestException problem) {
    return service.reject(problem);
  }

  private HttpResponse handle(HttpRequest request) {
    String path = request.path().substring(Math.min(PREFIX.length(), request.path().length()));
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      String parameter = route.match(path);
      if (parameter != null && route.method().equals(method)) {
        return route.action().handle(parameter, read(request));
      }
      if (parameter != null) {
        allowed.addAll(Routes.allowedMethods(route.method()));
      }
    }
    throw allowed.isEmpty()
        ? ApiError.pathNotFound(request.path())
        : ApiError.methodNotAllowed(request.method(), request.path(), String.join(", ", allowed));
  }

  /** Rejects the requests of web pages of other servers. */
  private static void requireSameOrigin(HttpRequest request) {
    String origin = request.header("origin");
    String host = request.header("host");
    if (origin != null && !origin.replaceFirst("^https?://", "").equals(host)) {
      throw ApiError.foreignOrigin(origin);
    }
  }

  private static Request read(HttpRequest request) {
    boolean hasBody = !request.body().isBlank();
    if (hasBody) {
      CloudService.requireJson(request);
    }
    return new Request(
        query(request.query()), hasBody ? SimulatorJson.readObject(request.body()) : null);
  }

  private static ObjectNode query(String text) {
    ObjectNode query = SimulatorJson.object();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
      String[] nameAndValue = pair.split("=", 2);
      String name = decodeQuery(nameAndValue[0]);
      if (query.has(name)) {
        throw ApiError.badRequest(
            "invalid_query",
            "The parameter \"%s\" is there twice.".formatted(ApiError.quote(name)));
      }
      String value = nameAndValue.length > 1 ? decodeQuery(nameAndValue[1]) : "";
      if (value.isEmpty()) {
        throw ApiError.badRequest(
            "invalid_query", "The parameter \"%s\" has no value.".formatted(ApiError.quote(name)));
      }
      query.put(name, value);
    }
    return query;
  }

  private static String decodeQuery(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest(
          "invalid_query",
          "\"%s\" in the query is not percent-encoded correctly.".formatted(ApiError.quote(text)));
    }
  }

  private HttpResponse health(String none, Request request) {
    request.nothing();
    return json(SimulatorJson.object().put("status", "up").put("version", LibraryVersion.VALUE));
  }

  private HttpResponse reset(String none, Request request) {
    request.query(Set.of());
    Fields body = request.optionalBody(Set.of("parts"));
    simulation.reset(
        body.has("parts")
            ? Set.copyOf(body.constants("parts", ResetPart.class))
            : EnumSet.allOf(ResetPart.class));
    return noContent();
  }

  private HttpResponse seed(String none, Request request) {
    request.query(Set.of());
    Seed seed = Seed.read(request.json());
    requirePossibleClock(() -> simulation.apply(seed));
    return noContent();
  }

  private HttpResponse listClusters(String none, Request request) {
    request.noBody();
    Fields query = request.query(ScopeFields.and("status"));
    Predicate<SimulatedCluster> wanted =
        cluster -> matches(query, query.names(), ClusterJson.write(cluster));
    ObjectNode json = SimulatorJson.object();
    ArrayNode list = json.putArray("clusters");
    simulation.clusters().all().stream().filter(wanted).map(ClusterJson::write).forEach(list::add);
    return json(json);
  }

  /** Whether each of these parameters that a query has is the value of the field with its name. */
  private static boolean matches(Fields query, Set<String> names, ObjectNode json) {
    return names.stream()
        .filter(query::has)
        .allMatch(name -> query.text(name).equals(json.path(name).asText()));
  }

  private HttpResponse addCluster(String none, Request request) {
    request.query(Set.of());
    SeedCluster cluster = SeedCluster.read(request.body(SeedCluster.FIELDS));
    return created(ClusterJson.write(simulation.add(cluster)));
  }

  private HttpResponse changeCluster(String id, Request request) {
    request.query(Set.of());
    Fields body = request.body(ScopeFields.and("status"));
    Status status = Status.of(body.name("status"));
    return json(ClusterJson.write(simulation.clusters().setStatus(scopeOf(id, body), id, status)));
  }

  private HttpResponse removeCluster(String id, Request request) {
    request.noBody();
    simulation.clusters().remove(scopeOf(id, request.query(ScopeFields.and())), id);
    return noContent();
  }

  /** The scope of a cluster, which must be given only when several have this ID. */
  private CloudScope scopeOf(String id, Fields fields) {
    CloudScope given = ScopeFields.read(fields).orElse(null);
    if (given != null) {
      return given;
    }
    List<CloudScope> scopes =
        simulation.clusters().all().stream()
            .filter(cluster -> cluster.id().equals(id))
            .map(SimulatedCluster::scope)
            .toList();
    if (scopes.isEmpty()) {
      throw ApiError.notFound(
          "The cluster \"%s\" does not exist in any project or space.".formatted(id));
    }
    if (scopes.size() > 1) {
      throw ApiError.conflict(
          "The cluster \"%s\" exists in %s; add %s".formatted(id, scopes, ScopeFields.FORM));
    }
    return scopes.get(0);
  }

  private HttpResponse listTokens(String none, Request request) {
    request.nothing();
    ObjectNode json = SimulatorJson.object();
    ArrayNode list = json.putArray("tokens");
    simulation.authenticator().apiTokens().forEach(token -> list.add(write(token)));
    return json(json);
  }

  private HttpResponse addToken(String none, Request request) {
    request.query(Set.of());
    ApiToken token = AdminJson.token(request.body(AdminJson.TOKEN_FIELDS));
    simulation.apply(Seed.of(token));
    return created(write(token).put("clientSecret", token.clientSecret()));
  }

  private ObjectNode write(ApiToken token) {
    return AdminJson.write(
        token,
        simulation.settings().accessTokenLifetime(),
        simulation.authenticator().countAccessTokens(token.clientId()));
  }

  private HttpResponse revokeToken(String clientId, Request request) {
    request.noBody();
    Fields query = request.query(Set.of("accessTokens"));
    boolean expire =
        query.has("accessTokens")
            && query.oneOf("accessTokens", List.of("true", "false")).equals("true");
    if (!simulation.authenticator().revoke(clientId)) {
      throw unknownToken(clientId);
    }
    if (expire) {
      simulation.authenticator().expireAccessTokens(clientId);
    }
    return noContent();
  }

  private HttpResponse expireTokens(String none, Request request) {
    request.query(Set.of());
    Fields body = request.optionalBody(Set.of("clientId"));
    if (body.has("clientId")) {
      String clientId = body.text("clientId");
      if (!simulation.authenticator().expireAccessTokens(clientId)) {
        throw unknownToken(clientId);
      }
    } else {
      simulation.authenticator().expireAccessTokens();
    }
    return noContent();
  }

  private static ApiError unknownToken(String clientId) {
    return ApiError.notFound(
        "No API token has the client ID \"%s\".".formatted(ApiError.quote(clientId)));
  }

  private synchronized HttpResponse listFaults(String none, Request request) {
    request.nothing();
    ObjectNode json = SimulatorJson.object();
    ArrayNode list = json.putArray("faults");
    simulation.faults().rules().forEach(rule -> list.add(write(rule)));
    return json(json.put("occurrences", simulation.faults().occurrences()));
  }

  private synchronized HttpResponse addFault(String none, Request request) {
    request.query(Set.of());
    FaultRule rule = faultJson.add(request.json());
    postedRules
        .keySet()
        .retainAll(
            simulation.faults().rules().stream().map(FaultRule::id).collect(Collectors.toSet()));
    postedRules.put(rule.id(), FaultJson.masked(request.json()));
    return created(write(rule));
  }

  private synchronized HttpResponse getFault(String id, Request request) {
    request.nothing();
    return json(write(rule(id)));
  }

  private HttpResponse removeFault(String id, Request request) {
    request.nothing();
    rule(id).remove();
    return noContent();
  }

  private HttpResponse removeFaults(String none, Request request) {
    request.nothing();
    simulation.faults().clear();
    return noContent();
  }

  private FaultRule rule(String id) {
    return simulation
        .faults()
        .rule(id)
        .orElseThrow(
            () -> ApiError.notFound("No fault has the ID \"%s\".".formatted(ApiError.quote(id))));
  }

  private ObjectNode write(FaultRule rule) {
    ObjectNode json =
        SimulatorJson.object()
            .put("id", rule.id())
            .put("description", rule.description())
            .put("active", rule.isActive())
            .put("occurrences", rule.occurrences());
    ObjectNode posted = postedRules.get(rule.id());
    return posted == null ? json : json.set("rule", posted);
  }

  private HttpResponse getTime(String none, Request request) {
    request.nothing();
    return json(AdminJson.write(simulation.clock()));
  }

  private HttpResponse setTime(String none, Request request) {
    request.query(Set.of());
    Fields body = request.body(AdminJson.TIME_FIELDS);
    Optional<Boolean> manual = AdminJson.manual(body);
    Optional<Instant> wallClock = AdminJson.wallClock(body);
    requirePossibleClock(() -> simulation.clock().set(manual, wallClock));
    return json(AdminJson.write(simulation.clock()));
  }

  /** Runs a change that may make the clock real, which the clock of the simulator may not allow. */
  private static void requirePossibleClock(Runnable change) {
    try {
      change.run();
    } catch (IllegalStateException e) {
      throw ApiError.conflict(String.valueOf(e.getMessage()));
    }
  }

  private HttpResponse advance(String none, Request request) {
    request.query(Set.of());
    simulation.clock().advance(request.body(Set.of("by")).durationFromZero("by"));
    return json(AdminJson.write(simulation.clock()));
  }

  private HttpResponse listRequests(String none, Request request) {
    request.noBody();
    Set<String> filters = Set.of("operation", "method", "path", "status", "cluster", "apiVersion");
    Set<String> known = new TreeSet<>(filters);
    known.addAll(Set.of("after", "limit"));
    Fields query = request.query(known);
    if (query.has("operation")) {
      query.constant("operation", Operation.class);
    }
    if (query.has("apiVersion")) {
      query.constant("apiVersion", ApiVersion.class);
    }
    if (query.has("status")) {
      query.textInteger("status", 100, 599);
    }
    long after = query.has("after") ? query.textInteger("after", 0, Long.MAX_VALUE) : 0;
    int limit =
        query.has("limit")
            ? (int) query.textInteger("limit", 0, ReceivedRequests.MAX_KEPT)
            : DEFAULT_LIMIT;
    List<ObjectNode> matching = new ArrayList<>();
    for (ReceivedRequest received : simulation.received().all()) {
      if (received.number() > after) {
        ObjectNode json = AdminJson.write(received);
        if (matches(query, filters, json)) {
          matching.add(json);
        }
      }
    }
    ObjectNode json = SimulatorJson.object().put("count", matching.size());
    json.putArray("requests")
        .addAll(matching.subList(Math.max(0, matching.size() - limit), matching.size()));
    return json(json);
  }

  private HttpResponse clearRequests(String none, Request request) {
    request.nothing();
    simulation.received().clear();
    return noContent();
  }

  private HttpResponse getVersions(String none, Request request) {
    request.nothing();
    return versions();
  }

  private HttpResponse versions() {
    return json(AdminJson.write(simulation.settings().versions()));
  }

  private HttpResponse setVersions(String none, Request request) {
    request.query(Set.of());
    Fields body = request.body(Set.of("availableVersions"));
    simulation.change(AdminJson.versions(body, "availableVersions"));
    return versions();
  }

  private HttpResponse getCatalog(String none, Request request) {
    request.nothing();
    return catalog();
  }

  private HttpResponse catalog() {
    ObjectNode json = SimulatorJson.object();
    AdminJson.write(simulation.settings().catalog(), json.putArray("machines"));
    return json(json);
  }

  private HttpResponse setCatalog(String none, Request request) {
    request.query(Set.of());
    simulation.change(AdminJson.catalog(request.body(Set.of("machines")), "machines"));
    return catalog();
  }

  private HttpResponse getSettings(String none, Request request) {
    request.nothing();
    return json(AdminJson.write(simulation.settings()));
  }

  private HttpResponse changeSettings(String none, Request request) {
    request.query(Set.of());
    simulation.change(AdminJson.settings(request.body(AdminJson.SETTINGS_FIELDS)));
    return json(AdminJson.write(simulation.settings()));
  }

  private static HttpResponse openApi(String name, Request request) {
    request.nothing();
    String resource = "openapi/" + name + ".json";
    try (InputStream in = AdminApi.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + resource + " is missing.");
      }
      return HttpResponse.of(200).body("application/json", in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpResponse json(JsonNode body) {
    return HttpResponse.of(200).json(SimulatorJson.write(body));
  }

  private static HttpResponse created(JsonNode body) {
    return HttpResponse.of(201).json(SimulatorJson.write(body));
  }

  private static HttpResponse noContent() {
    return HttpResponse.of(204);
  }
}
