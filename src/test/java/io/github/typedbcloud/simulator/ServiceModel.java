package io.github.typedbcloud.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.typedbcloud.time.ManualTime;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The service as the reference and {@link Assumption} describe it, written for {@link
 * SimulatorFuzzTest} without the code of the simulator: it holds the clusters and access tokens,
 * and computes for each request what the response must be.
 *
 * <p>Where both are silent, a comment starts with "Unwritten", and the model has the simulator's
 * reading.
 */
final class ServiceModel {

  /** A project or space. */
  record Scope(boolean isSpace, String owner, String name) {}

  /** What a session of requests starts with. */
  record Options(
      boolean paymentMethod,
      int freeLimit,
      List<String> versions,
      Set<Assumption> strict,
      Map<String, Duration> transitionTimes,
      Duration tokenLifetime) {}

  /** An API token; {@code null} as scope is every scope. */
  record Credentials(String id, String secret, AccessLevel level, @Nullable Scope scope) {}

  private record Token(Credentials credentials, Duration issued) {}

  /** What a response has as its body. */
  enum Body {
    ERROR,
    /** An access token, which {@link #issued} must be called with. */
    TOKEN,
    JSON
  }

  /**
   * The response.
   *
   * @param json the body, with the addresses of servers empty
   * @param allow the methods that a response with 405 must name
   */
  record Expected(int status, Body body, @Nullable JsonNode json, Set<String> allow) {}

  private static final class Rejected extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Set<String> allow;

    Rejected(int status) {
      this(status, Set.of());
    }

    Rejected(int status, Set<String> allow) {
      super("HTTP " + status, null, false, false);
      this.status = status;
      this.allow = allow;
    }
  }

  private enum Api {
    PROJECTS,
    EARLY_SPACES,
    SPACES
  }

  /** The operation of a path and method. */
  private record Route(String operation, Api api, @Nullable Scope scope, String id) {}

  private static final class Cluster {

    private String id = "";
    private int serverCount;
    private int storageSizeGB;
    private boolean isFree;
    private String status = "starting";
    private long createdAt;
    private String version = "";
    private String provider = "";
    private String region = "";
    private String machineType = "";
    private String storageType = "";
    private Duration done = Duration.ZERO;

    /** The status when it was destroyed. */
    private String last = "";

    /** As the reference's examples show them; null without servers. */
    private @Nullable String serverStatus() {
      // Unwritten: servers of a destroying cluster stay as they were.
      return switch (status.equals("destroying") ? last : status) {
        case "starting", "resuming" -> "pending";
        case "suspended" -> null;
        default -> "running";
      };
    }
  }

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final Map<String, String> STABLE =
      Map.of("starting", "running", "suspending", "suspended", "resuming", "running");

  private static final Map<String, Set<String>> REGIONS =
      Map.of(
          "c2d-highcpu-", Set.of("europe-west2", "europe-west3", "us-west4", "us-east1"),
          "c7g.", Set.of("eu-west-2"),
          "c8g.", Set.of("us-west-2", "us-east-1", "eu-central-1"));

  private static final Map<String, Set<String>> SIZES =
      Map.of(
          "c2d-highcpu-", Set.of("2", "4", "8", "16"),
          "c7g.", Set.of("large", "xlarge", "2xlarge", "4xlarge"),
          "c8g.", Set.of("large", "xlarge", "2xlarge", "4xlarge"));

  private static final Set<String> FREE_MACHINES =
      Set.of("c2d-highcpu-2", "c7g.large", "c8g.large");

  private final Options options;
  private final ManualTime time;
  private final Map<Scope, List<Cluster>> clusters = new HashMap<>();
  private final Map<String, Token> tokens = new HashMap<>();
  private final List<Credentials> credentials = new ArrayList<>();
  private final BiConsumer<Assumption, Boolean> used;
  private @Nullable Credentials exchanged;
  private String operation = "none";
  private String apiVersion = "none";

  /**
   * A service without clusters.
   *
   * @param used is called with each reading, strict or not, that decides a response
   */
  ServiceModel(
      Options options, List<Scope> scopes, ManualTime time, BiConsumer<Assumption, Boolean> used) {
    this.options = options;
    this.time = time;
    this.used = used;
    scopes.forEach(scope -> clusters.put(scope, new ArrayList<>()));
  }

  void add(Credentials added) {
    credentials.add(added);
  }

  /** The exchange of {@link Body#TOKEN} had this access token as its response. */
  void issued(String token) {
    tokens.put(token, new Token(Objects.requireNonNull(exchanged), time.elapsed()));
  }

  /** The access tokens so far, newest last, for an API token. */
  List<String> tokensOf(Credentials of) {
    return tokens.entrySet().stream()
        .filter(token -> token.getValue().credentials().equals(of))
        .sorted(Comparator.comparing(token -> token.getValue().issued()))
        .map(Map.Entry::getKey)
        .toList();
  }

  boolean isValid(String token) {
    Token known = tokens.get(token);
    return known != null
        && time.elapsed().minus(known.issued()).compareTo(options.tokenLifetime()) < 0;
  }

  void revoke(Credentials revoked) {
    credentials.remove(revoked);
  }

  void expireTokens() {
    tokens.replaceAll(
        (text, token) ->
            new Token(token.credentials(), token.issued().minus(options.tokenLifetime())));
  }

  /** The operation of the last request. */
  String operation() {
    return operation;
  }

  /** The API version of the last request. */
  String apiVersion() {
    return apiVersion;
  }

  /** The response to a list of the clusters of a scope now, in the newest API version. */
  JsonNode list(Scope scope) {
    progress();
    ArrayNode list = JSON.createArrayNode();
    clusters.get(scope).forEach(cluster -> list.add(json(cluster, scope)));
    return list;
  }

  /** The IDs of the clusters of a scope. */
  List<String> ids(Scope scope) {
    return clusters.get(scope).stream().map(cluster -> cluster.id).toList();
  }

  /** Computes the response to a request, and applies it. */
  Expected apply(FuzzedRequest request) {
    progress();
    operation = "none";
    apiVersion = "none";
    try {
      return respond(request);
    } catch (Rejected e) {
      return new Expected(e.status, Body.ERROR, null, e.allow);
    }
  }

  private void progress() {
    for (List<Cluster> scope : clusters.values()) {
      scope.removeIf(cluster -> cluster.status.equals("destroying") && isDone(cluster));
      for (Cluster cluster : scope) {
        if (isDone(cluster)) {
          cluster.status = STABLE.getOrDefault(cluster.status, cluster.status);
        }
      }
    }
  }

  private boolean isDone(Cluster cluster) {
    return time.elapsed().compareTo(cluster.done) >= 0;
  }

  private Expected respond(FuzzedRequest request) throws Rejected {
    Route route = route(request);
    operation = route.operation();
    apiVersion = route.api().name();
    if (route.operation().equals("exchange")) {
      exchanged = exchange(request.authorization());
      return new Expected(200, Body.TOKEN, null, Set.of());
    }
    Credentials caller = authenticate(request.authorization());
    Scope scope = route.scope();
    if (scope == null) {
      ArrayNode names = JSON.createArrayNode();
      options.versions().forEach(names::add);
      return ok(JSON.createObjectNode().set("availableVersions", names));
    }
    if (!clusters.containsKey(scope)) {
      throw new Rejected(404);
    }
    authorize(caller, scope, route.operation());
    checkMediaType(request, route.operation());
    return switch (route.operation()) {
      case "list" -> {
        ArrayNode list = JSON.createArrayNode();
        clusters.get(scope).forEach(cluster -> list.add(json(cluster, scope)));
        yield ok(list);
      }
      case "get" -> ok(json(find(scope, route.id()), scope));
      case "deploy" -> ok(json(deploy(object(request), route.api(), scope), scope));
      case "update" -> ok(json(update(object(request), route.id(), scope), scope));
      case "clone" -> ok(json(copy(object(request), route.id(), scope), scope));
      case "suspend" -> ok(json(suspend(find(scope, route.id())), scope));
      case "resume" -> ok(json(resume(find(scope, route.id())), scope));
      default -> ok(json(destroy(find(scope, route.id())), scope));
    };
  }

  private static Expected ok(JsonNode json) {
    return new Expected(200, Body.JSON, json, Set.of());
  }

  // Paths

  private static Route route(FuzzedRequest request) throws Rejected {
    String path = request.target().replaceFirst("\\?.*", "");
    List<String> parts =
        Arrays.stream(path.substring(1).split("/", -1))
            .map(part -> URLDecoder.decode(part.replace("+", "%2B"), UTF_8))
            .toList();
    Map<String, Route> methods = methods(parts);
    if (methods.isEmpty()) {
      throw new Rejected(404);
    }
    // Assumption.HEAD
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    Route route = methods.get(method);
    if (route == null) {
      Set<String> allow = new TreeSet<>(methods.keySet());
      if (allow.contains("GET")) {
        allow.add("HEAD");
      }
      throw new Rejected(405, allow);
    }
    return route;
  }

  /** The operations of a path, by method. */
  private static Map<String, Route> methods(List<String> parts) {
    if (parts.contains("")) {
      // Unwritten: an empty part of a path is no name.
      return Map.of();
    }
    if (parts.equals(List.of("api", "auth"))) {
      return Map.of("POST", new Route("exchange", Api.PROJECTS, null, ""));
    }
    if (parts.equals(List.of("api", "v1", "auth"))) {
      return Map.of("POST", new Route("exchange", Api.SPACES, null, ""));
    }
    if (parts.equals(List.of("api", "v1", "cluster-versions"))) {
      return Map.of("GET", new Route("versions", Api.SPACES, null, ""));
    }
    for (Api api : Api.values()) {
      List<String> form =
          switch (api) {
            case PROJECTS -> List.of("api", "org", "", "projects", "", "clusters");
            case EARLY_SPACES -> List.of("api", "team", "", "spaces", "", "clusters");
            case SPACES -> List.of("api", "v1", "team", "", "spaces", "", "clusters");
          };
      int size = form.size();
      if (parts.size() >= size
          && Stream.iterate(0, i -> i < size, i -> i + 1)
              .allMatch(i -> form.get(i).isEmpty() || form.get(i).equals(parts.get(i)))) {
        Scope scope = new Scope(api != Api.PROJECTS, parts.get(size - 4), parts.get(size - 2));
        return clusterMethods(api, scope, parts.subList(size, parts.size()));
      }
    }
    return Map.of();
  }

  private static Map<String, Route> clusterMethods(Api api, Scope scope, List<String> rest) {
    if (rest.isEmpty()) {
      return Map.of("GET", new Route("list", api, scope, ""));
    }
    String id = rest.get(0);
    Map<String, Route> methods = new HashMap<>();
    if (rest.size() == 1) {
      methods.put("GET", new Route("get", api, scope, id));
      methods.put("DELETE", new Route("destroy", api, scope, id));
      if (api == Api.SPACES) {
        methods.put("PATCH", new Route("update", api, scope, id));
      }
      if (id.equals("deploy")) {
        methods.put("POST", new Route("deploy", api, scope, ""));
      }
    } else if (rest.size() == 2) {
      String action = rest.get(1);
      if (action.equals("suspend")
          || action.equals("resume")
          || (action.equals("clone") && api == Api.SPACES)) {
        methods.put("POST", new Route(action, api, scope, id));
      }
    }
    return methods;
  }

  // Tokens

  private Credentials exchange(@Nullable String authorization) throws Rejected {
    String token = token(authorization, "basic");
    return credentials.stream()
        .filter(known -> (known.id() + ":" + known.secret()).equals(token))
        .findFirst()
        .orElseThrow(() -> new Rejected(400));
  }

  private Credentials authenticate(@Nullable String authorization) throws Rejected {
    String token = token(authorization, "bearer");
    if (!isValid(token)) {
      throw new Rejected(401);
    }
    return tokens.get(token).credentials();
  }

  /** The token of a header; the scheme is case-insensitive, as RFC 9110 says. */
  private static String token(@Nullable String authorization, String scheme) throws Rejected {
    String[] parts = (authorization == null ? "" : authorization.strip()).split(" +", 2);
    if (parts.length < 2 || !parts[0].toLowerCase(Locale.ROOT).equals(scheme)) {
      // Unwritten: a token of another scheme is no token.
      throw new Rejected(400);
    }
    return parts[1];
  }

  private static void authorize(Credentials caller, Scope scope, String operation) throws Rejected {
    AccessLevel needed =
        switch (operation) {
          case "get", "list" -> AccessLevel.READ;
          case "destroy" -> AccessLevel.ADMIN;
          default -> AccessLevel.WRITE;
        };
    if (caller.level().compareTo(needed) < 0
        || (caller.scope() != null && !caller.scope().equals(scope))) {
      throw new Rejected(403);
    }
  }

  // Operations

  private Cluster find(Scope scope, String id) throws Rejected {
    return clusters.get(scope).stream()
        .filter(cluster -> cluster.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new Rejected(404));
  }

  private Cluster deploy(Map<String, JsonNode> body, Api api, Scope scope) throws Rejected {
    Fields fields = new Fields(body);
    Cluster cluster = new Cluster();
    cluster.id = fields.id();
    cluster.serverCount = fields.integer("serverCount", 1, 9);
    cluster.storageSizeGB = fields.integer("storageSizeGB", 10, 1000);
    cluster.provider = fields.text("provider");
    cluster.region = fields.text("region");
    cluster.machineType = fields.text("machineType");
    cluster.storageType = fields.text("storageType");
    cluster.isFree = fields.bool("isFree");
    cluster.version = offered(fields.text("version"), api == Api.SPACES);
    Map<String, JsonNode> backup =
        api == Api.PROJECTS ? null : fields.optionalObject("backupConfiguration");
    fields.checkOthers();
    String frequency = backup == null ? null : frequency(backup);
    check(cluster.serverCount % 2 == 1);
    check(cluster.serverCount == 1 || major(cluster.version) < 3);
    String aws = api == Api.SPACES ? "gp2-csi" : "gp2";
    switch (cluster.provider) {
      case "gcp" -> check(cluster.storageType.equals("standard-rwo"));
      case "aws" -> check(cluster.storageType.equals(aws));
      default -> throw new Rejected(400);
    }
    checkMachine(cluster, cluster.machineType);
    if (cluster.isFree) {
      check(fitsFree(cluster) && (frequency == null || frequency.equals("disabled")));
    } else if (api != Api.PROJECTS && backup == null) {
      check(!strict(Assumption.PAID_BACKUP));
    }
    // Unwritten: an ID in use comes before limits and payment.
    if (ids(scope).contains(cluster.id)) {
      throw new Rejected(409);
    }
    check(cluster.isFree ? mayHaveFree(scope) : options.paymentMethod());
    return add(cluster, scope);
  }

  private Cluster update(Map<String, JsonNode> body, String id, Scope scope) throws Rejected {
    Fields fields = new Fields(body);
    String newId = fields.has("id") ? fields.id() : null;
    Integer storage =
        fields.has("storageSizeGB") ? fields.integer("storageSizeGB", 10, 1000) : null;
    String machineType = fields.has("machineType") ? fields.text("machineType") : null;
    String version = fields.has("version") ? fields.text("version") : null;
    Map<String, JsonNode> backup = fields.optionalObject("backupConfiguration");
    fields.checkOthers();
    check(
        newId != null
            || storage != null
            || machineType != null
            || version != null
            || backup != null);
    String frequency = backup == null ? null : frequency(backup);

    Cluster cluster = find(scope, id);
    check(!cluster.status.equals("destroying"));
    if (!cluster.status.equals("running")) {
      check(!strict(Assumption.UPDATE_AND_CLONE_STATUS));
    }
    if (machineType != null) {
      checkMachine(cluster, machineType);
    }
    if (version != null && !version.equals(cluster.version)) {
      version = offered(version, true);
      // Unwritten: an update of the version keeps the rule for the number of servers.
      check(cluster.serverCount == 1 || major(version) < 3);
      if (BY_AGE.compare(version, cluster.version) < 0) {
        check(!strict(Assumption.VERSION_DOWNGRADE));
      }
    }
    if (storage != null && storage < cluster.storageSizeGB) {
      check(!strict(Assumption.STORAGE_DECREASE));
    }
    if (cluster.isFree
        && (storage != null || machineType != null || version != null || backup != null)) {
      check(options.paymentMethod());
    }
    // Unwritten: the present ID is not in use by another.
    if (newId != null && !newId.equals(cluster.id) && ids(scope).contains(newId)) {
      throw new Rejected(strict(Assumption.ID_IN_USE_STATUS) ? 400 : 409);
    }

    cluster.id = newId == null ? cluster.id : newId;
    cluster.storageSizeGB = storage == null ? cluster.storageSizeGB : storage;
    cluster.machineType = machineType == null ? cluster.machineType : machineType;
    cluster.version = version == null ? cluster.version : version;
    cluster.isFree &= fitsFree(cluster) && (frequency == null || frequency.equals("disabled"));
    return cluster;
  }

  private Cluster copy(Map<String, JsonNode> body, String id, Scope scope) throws Rejected {
    Fields fields = new Fields(body);
    String newId = fields.id();
    fields.checkOthers();
    Cluster source = find(scope, id);
    check(!source.status.equals("destroying"));
    if (!source.status.equals("running") && !source.status.equals("suspended")) {
      check(!strict(Assumption.UPDATE_AND_CLONE_STATUS));
    }
    if (ids(scope).contains(newId)) {
      throw new Rejected(strict(Assumption.ID_IN_USE_STATUS) ? 400 : 409);
    }
    Cluster copy = new Cluster();
    copy.id = newId;
    copy.serverCount = source.serverCount;
    copy.storageSizeGB = source.storageSizeGB;
    copy.provider = source.provider;
    copy.region = source.region;
    copy.machineType = source.machineType;
    copy.storageType = source.storageType;
    copy.version = source.version;
    copy.isFree = source.isFree && mayHaveFree(scope);
    check(copy.isFree || options.paymentMethod());
    return add(copy, scope);
  }

  private Cluster add(Cluster cluster, Scope scope) {
    cluster.createdAt = time.now().toEpochMilli();
    clusters.get(scope).add(cluster);
    return begin(cluster, "starting");
  }

  private Cluster suspend(Cluster cluster) throws Rejected {
    return switch (cluster.status) {
      case "running" -> begin(cluster, "suspending");
      case "suspending", "suspended" -> repeated(cluster);
      default -> throw new Rejected(400);
    };
  }

  private Cluster resume(Cluster cluster) throws Rejected {
    return switch (cluster.status) {
      case "suspended" -> begin(cluster, "resuming");
      case "resuming", "running" -> repeated(cluster);
      default -> throw new Rejected(400);
    };
  }

  private Cluster destroy(Cluster cluster) throws Rejected {
    return cluster.status.equals("destroying") ? repeated(cluster) : begin(cluster, "destroying");
  }

  private Cluster repeated(Cluster cluster) throws Rejected {
    check(!strict(Assumption.REPEATED_TRANSITION));
    return cluster;
  }

  private Cluster begin(Cluster cluster, String status) {
    cluster.last = cluster.status;
    cluster.status = status;
    cluster.done = time.elapsed().plus(options.transitionTimes().get(status));
    return cluster;
  }

  private static ObjectNode json(Cluster cluster, Scope scope) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("id", cluster.id)
            .put("serverCount", cluster.serverCount)
            .put("storageSizeGB", cluster.storageSizeGB)
            .put("isFree", cluster.isFree)
            .put("status", cluster.status)
            .put("createdAt", cluster.createdAt)
            .put(scope.isSpace() ? "teamID" : "organization", scope.owner())
            .put(scope.isSpace() ? "spaceID" : "project", scope.name())
            .put("version", cluster.version)
            .put("provider", cluster.provider)
            .put("region", cluster.region)
            .put("machineType", cluster.machineType)
            .put("storageType", cluster.storageType);
    ArrayNode servers = json.putArray("servers");
    String serverStatus = cluster.serverStatus();
    if (serverStatus != null) {
      for (int i = 0; i < cluster.serverCount; i++) {
        servers.addObject().put("address", "").put("status", serverStatus);
      }
    }
    return json;
  }

  // Rules

  private static void check(boolean isValid) throws Rejected {
    if (!isValid) {
      throw new Rejected(400);
    }
  }

  private boolean strict(Assumption assumption) {
    boolean isStrict = options.strict().contains(assumption);
    used.accept(assumption, isStrict);
    return isStrict;
  }

  private boolean mayHaveFree(Scope scope) {
    long free =
        clusters.entrySet().stream()
            .filter(
                other ->
                    other.getKey().isSpace() == scope.isSpace()
                        && other.getKey().owner().equals(scope.owner()))
            .flatMap(other -> other.getValue().stream())
            .filter(cluster -> cluster.isFree)
            .count();
    return free < options.freeLimit();
  }

  private static boolean fitsFree(Cluster cluster) {
    return FREE_MACHINES.contains(cluster.machineType)
        && cluster.serverCount == 1
        && cluster.storageSizeGB == 10;
  }

  private static void checkMachine(Cluster cluster, String machineType) throws Rejected {
    String family =
        SIZES.keySet().stream()
            .filter(machineType::startsWith)
            .findFirst()
            .orElseThrow(() -> new Rejected(400));
    check(SIZES.get(family).contains(machineType.substring(family.length())));
    check(REGIONS.get(family).contains(cluster.region));
    check(cluster.provider.equals(family.equals("c2d-highcpu-") ? "gcp" : "aws"));
  }

  private String offered(String version, boolean mayBeLatest) throws Rejected {
    if (mayBeLatest && version.equals("latest")) {
      check(!options.versions().isEmpty());
      return Collections.max(options.versions(), BY_AGE);
    }
    check(options.versions().contains(version));
    return version;
  }

  private static final Comparator<String> BY_AGE =
      Comparator.<String, BigDecimal>comparing(
              version ->
                  Arrays.stream(version.replaceFirst("-.*", "").split("\\.", -1))
                      .map(BigDecimal::new)
                      .reduce(BigDecimal.ZERO, (sum, part) -> sum.scaleByPowerOfTen(6).add(part)))
          .thenComparing(version -> !version.contains("-"))
          .thenComparing(Comparator.naturalOrder());

  private static int major(String version) {
    return Integer.parseInt(version.replaceFirst("\\..*", ""));
  }

  // Bodies

  private void checkMediaType(FuzzedRequest request, String of) throws Rejected {
    // Unwritten: only in a write, where it matters for an operation without a body as well.
    String type = request.contentType();
    if (type == null || request.body().isEmpty() || of.equals("get") || of.equals("list")) {
      return;
    }
    String essence = type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    boolean isJson =
        essence.equals("application/json")
            || (essence.startsWith("application/") && essence.endsWith("+json"));
    if (!isJson && strict(Assumption.CONTENT_TYPE)) {
      throw new Rejected(415);
    }
  }

  private static Map<String, JsonNode> object(FuzzedRequest request) throws Rejected {
    try {
      // Unwritten: bytes that are not UTF-8 are read as U+FFFD; duplicate fields are invalid.
      JsonNode json = JSON.readTree(new String(request.bodyBytes(), UTF_8));
      check(json.isObject());
      return fields(json);
    } catch (JsonProcessingException e) {
      throw new Rejected(400);
    }
  }

  private static Map<String, JsonNode> fields(JsonNode object) {
    return object.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private @Nullable String frequency(Map<String, JsonNode> backup) throws Rejected {
    Fields fields = new Fields(backup);
    String frequency = null;
    if (fields.has("frequency")) {
      frequency = fields.text("frequency");
      check(Set.of("disabled", "hourly", "daily").contains(frequency));
    }
    if (fields.has("retentionDays")) {
      int days = fields.integer("retentionDays", 7, 30);
      check(days == 7 || days == 30);
    }
    fields.checkOthers();
    return frequency;
  }

  /** The fields of an object in a request; those that are read are no unknown fields. */
  private final class Fields {

    private final Map<String, JsonNode> fields;

    Fields(Map<String, JsonNode> fields) {
      this.fields = new HashMap<>(fields);
    }

    /** Whether an optional field is there. */
    boolean has(String name) throws Rejected {
      if (fields.containsKey(name) && fields.get(name).isNull()) {
        check(!strict(Assumption.NULL_FIELDS));
        fields.remove(name);
      }
      return fields.containsKey(name);
    }

    private JsonNode take(String name) throws Rejected {
      JsonNode value = fields.remove(name);
      check(value != null);
      return value;
    }

    String text(String name) throws Rejected {
      JsonNode value = take(name);
      check(value.isTextual());
      return value.textValue();
    }

    String id() throws Rejected {
      String id = text("id");
      // Unwritten: two separators in a row are invalid; the reference has no maximum length.
      check(id.matches("[a-z0-9]+([_-][a-z0-9]+)*"));
      return id;
    }

    boolean bool(String name) throws Rejected {
      JsonNode value = take(name);
      check(value.isBoolean());
      return value.booleanValue();
    }

    int integer(String name, int min, int max) throws Rejected {
      JsonNode value = take(name);
      // Unwritten: 10.0 and 1e1 are no integers.
      check(value.isIntegralNumber());
      BigInteger number = value.bigIntegerValue();
      check(
          number.compareTo(BigInteger.valueOf(min)) >= 0
              && number.compareTo(BigInteger.valueOf(max)) <= 0);
      return number.intValue();
    }

    @Nullable Map<String, JsonNode> optionalObject(String name) throws Rejected {
      if (!has(name)) {
        return null;
      }
      JsonNode value = take(name);
      check(value.isObject());
      return fields(value);
    }

    void checkOthers() throws Rejected {
      if (!fields.isEmpty()) {
        check(!strict(Assumption.UNKNOWN_FIELDS));
      }
    }
  }

  /** A table with a row for each assumption that has two readings. */
  static Map<Assumption, Set<Boolean>> readings() {
    Map<Assumption, Set<Boolean>> readings = new EnumMap<>(Assumption.class);
    Assumption.withReadings().forEach(assumption -> readings.put(assumption, new TreeSet<>()));
    return readings;
  }
}
