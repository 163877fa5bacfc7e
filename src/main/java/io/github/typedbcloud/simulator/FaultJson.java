package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the rules of faults and adds them to a simulation. */
final class FaultJson {

  private static final Logger LOG = LoggerFactory.getLogger(FaultJson.class);

  private static final String TYPE = "type";
  private static final String AFTER_PROCESSING = "afterProcessing";

  private static final String HEADER_FORM = "a header that can be sent and does not frame the body";

  private static final String STUCK_IN = "stuckIn";
  private static final String FAILS_AFTER = "failsAfter";

  private static final Set<String> RULE_FIELDS =
      ScopeFields.and(
          "on",
          "cluster",
          "newId",
          "apiVersion",
          "header",
          "times",
          "nth",
          "always",
          "randomly",
          "faults",
          STUCK_IN,
          FAILS_AFTER);

  private static final Set<String> LIFECYCLE_FIELDS = Set.of("cluster", STUCK_IN, FAILS_AFTER);

  private static final List<String> COUNTS = List.of("times", "nth", "always", "randomly");

  /** A kind of fault: the names of its parameters, and how it is created from them. */
  private record Kind(Set<String> parameters, Function<Fields, Fault> reader) {
    static Kind of(Function<Fields, Fault> reader, String... parameters) {
      return new Kind(Set.of(parameters), reader);
    }
  }

  /** The methods of {@link Fault}, by their names. */
  private final Map<String, Kind> kinds =
      Map.ofEntries(
          Map.entry("loseRequest", Kind.of(f -> Fault.loseRequest())),
          Map.entry("loseResponse", Kind.of(f -> Fault.loseResponse())),
          Map.entry("resetConnection", Kind.of(f -> Fault.resetConnection())),
          Map.entry("garbage", Kind.of(f -> Fault.garbage())),
          Map.entry("expireToken", Kind.of(f -> Fault.expireToken())),
          Map.entry("revokeToken", Kind.of(f -> Fault.revokeToken())),
          Map.entry("withoutDate", Kind.of(f -> Fault.withoutDate())),
          Map.entry("gatewayNotFound", Kind.of(f -> Fault.gatewayNotFound())),
          Map.entry(
              "delayRequest",
              Kind.of(f -> Fault.delayRequest(f.durationFromZero("duration")), "duration")),
          Map.entry(
              "delayResponse",
              Kind.of(f -> Fault.delayResponse(f.durationFromZero("duration")), "duration")),
          Map.entry(
              "truncateBody",
              Kind.of(f -> Fault.truncateBody(f.integer("bytes", 0, Integer.MAX_VALUE)), "bytes")),
          Map.entry(
              "throttle",
              Kind.of(
                  f ->
                      Fault.throttle(
                          f.integer("bytesPerStep", 1, Integer.MAX_VALUE),
                          f.durationFromZero("pause")),
                  "bytesPerStep",
                  "pause")),
          Map.entry("clusterStatus", Kind.of(f -> Fault.clusterStatus(f.text("status")), "status")),
          Map.entry(
              "extraField",
              Kind.of(
                  f -> Fault.extraField(f.text("name"), SimulatorJson.write(f.value("value"))),
                  "name",
                  "value")),
          Map.entry(
              "applyLate", Kind.of(f -> Fault.applyLate(f.durationFromZero("delay")), "delay")),
          Map.entry("staleReads", Kind.of(FaultJson::staleReads, "lag", "reads")),
          Map.entry("dateOffset", Kind.of(f -> Fault.dateOffset(f.duration("offset")), "offset")),
          Map.entry(
              "respond", Kind.of(FaultJson::respond, "status", "headers", "contentType", "body")),
          Map.entry("before", Kind.of(f -> Fault.before(secondClient(f)), "requests")),
          Map.entry("after", Kind.of(f -> Fault.after(secondClient(f)), "requests")));

  private final Simulation simulation;

  FaultJson(Simulation simulation) {
    this.simulation = simulation;
  }

  /** The names of all kinds of faults. */
  Set<String> kinds() {
    return new TreeSet<>(kinds.keySet());
  }

  /**
   * Reads a rule and adds it.
   *
   * @throws ApiError 400 when it is invalid
   * @throws IllegalArgumentException when a value is
   */
  FaultRule add(ObjectNode json) {
    Fields rule = Fields.of(json, RULE_FIELDS);
    if (rule.has(STUCK_IN) || rule.has(FAILS_AFTER)) {
      return addLifecycle(Fields.of(json, LIFECYCLE_FIELDS));
    }
    Fault all = null;
    for (Fields fault : rule.objects("faults", parametersOfAll())) {
      Fault next = read(fault);
      all = all == null ? next : all.and(next);
    }
    if (all == null) {
      throw ApiError.badRequest(
          "missing_field", "The field \"faults\" must have at least one fault.");
    }
    Faults.Selector selector = selector(rule);
    if (!selector.canSelect(all)) {
      throw ApiError.badRequest(
          "impossible_fault",
          "This fault can never happen: no operation has all that it selects, or it does not apply to"
              + " the selected operations.");
    }
    return add(rule, selector, all);
  }

  /** A rule as it was posted, without the value of a secret header. */
  static ObjectNode masked(ObjectNode rule) {
    ObjectNode masked = rule.deepCopy();
    if (masked.path("header") instanceof ObjectNode header
        && Secrets.isSecretHeader(header.path("name").asText().toLowerCase(Locale.ROOT))) {
      header.put("value", Secrets.MASK);
    }
    return masked;
  }

  private FaultRule addLifecycle(Fields rule) {
    boolean stuck = rule.has(STUCK_IN);
    if (stuck && rule.has(FAILS_AFTER)) {
      throw rule.error(FAILS_AFTER, "absent when there is " + STUCK_IN);
    }
    LifecycleFaults faults =
        rule.has("cluster")
            ? simulation.faults().lifecycle(rule.name("cluster"))
            : simulation.faults().lifecycle();
    List<String> transitions = Status.TRANSITIONS.stream().map(Status::text).toList();
    String[] statuses =
        rule.someOf(stuck ? STUCK_IN : FAILS_AFTER, transitions).toArray(String[]::new);
    return stuck ? faults.stuckIn(statuses) : faults.failsAfter(statuses);
  }

  private Faults.Selector selector(Fields rule) {
    Operation[] operations = rule.constants("on", Operation.class).toArray(Operation[]::new);
    Faults.Selector selector = simulation.faults().on(operations);
    if (rule.has("cluster")) {
      selector = selector.cluster(rule.name("cluster"));
    }
    if (rule.has("newId")) {
      selector = selector.newId(rule.name("newId"));
    }
    if (rule.has("apiVersion")) {
      selector = selector.apiVersion(rule.constant("apiVersion", ApiVersion.class));
    }
    if (rule.has("header")) {
      Fields header = rule.object("header", Set.of("name", "value"));
      selector = selector.header(header.name("name"), header.text("value"));
    }
    CloudScope scope = ScopeFields.read(rule).orElse(null);
    return scope == null ? selector : selector.scope(scope);
  }

  private static FaultRule add(Fields rule, Faults.Selector selector, Fault fault) {
    List<String> given = COUNTS.stream().filter(rule::has).toList();
    if (given.size() > 1) {
      throw rule.error(given.get(1), "absent when there is " + given.get(0));
    }
    return switch (given.isEmpty() ? "" : given.get(0)) {
      case "nth" -> selector.nth(rule.integer("nth", 1, Integer.MAX_VALUE), fault);
      case "randomly" -> {
        Fields randomly = rule.object("randomly", Set.of("probability", "seed"));
        yield selector.randomly(
            randomly.number("probability", 0, 1),
            randomly.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE),
            fault);
      }
      case "always" -> {
        if (!rule.bool("always")) {
          throw rule.error("always", "true, or absent");
        }
        yield selector.always(fault);
      }
      case "times" -> selector.next(rule.integer("times", 1, Integer.MAX_VALUE), fault);
      default -> selector.next(fault);
    };
  }

  private Set<String> parametersOfAll() {
    Set<String> all = new HashSet<>(Set.of(TYPE, AFTER_PROCESSING));
    kinds.values().forEach(kind -> all.addAll(kind.parameters()));
    return all;
  }

  private Fault read(Fields fault) {
    String type = fault.oneOf(TYPE, List.copyOf(kinds()));
    Kind kind = Objects.requireNonNull(kinds.get(type));
    for (String name : fault.names()) {
      if (!kind.parameters().contains(name) && !Set.of(TYPE, AFTER_PROCESSING).contains(name)) {
        throw fault.error(name, "absent: " + type + " has " + new TreeSet<>(kind.parameters()));
      }
    }
    Fault read = kind.reader().apply(fault);
    return fault.bool(AFTER_PROCESSING, false) ? read.afterProcessing() : read;
  }

  private static Fault staleReads(Fields fault) {
    if (fault.has("reads") == fault.has("lag")) {
      throw ApiError.badRequest(
          "invalid_field", "A fault of the type staleReads needs either \"lag\" or \"reads\".");
    }
    return fault.has("lag")
        ? Fault.staleReads(fault.durationFromZero("lag"))
        : Fault.staleReads(fault.integer("reads", 1, Integer.MAX_VALUE));
  }

  private static Fault respond(Fields fault) {
    Fault.Response response = Fault.respond(fault.integer("status", 200, 599));
    JsonNode body = fault.has("body") ? fault.value("body") : SimulatorJson.object();
    if (fault.has("body") || fault.has("contentType")) {
      String text = body.isTextual() ? body.textValue() : SimulatorJson.write(body);
      String type = body.isTextual() ? "text/plain; charset=utf-8" : "application/json";
      String sent = fault.has("body") ? text : "";
      Fault.Response empty = response;
      response =
          fault.has("contentType")
              ? fault.parsed("contentType", HEADER_FORM, given -> empty.body(given, sent))
              : empty.body(type, sent);
    }
    if (fault.has("headers")) {
      ObjectNode object = fault.object("headers");
      Set<String> names = new HashSet<>();
      object.fieldNames().forEachRemaining(names::add);
      Fields headers = fault.object("headers", names);
      for (String name : headers.names()) {
        Fault.Response soFar = response;
        response = headers.parsed(name, HEADER_FORM, value -> soFar.header(name, value));
      }
    }
    return response;
  }

  /** What another client does. A request that the service rejects has no effect. */
  private Runnable secondClient(Fields fault) {
    List<Runnable> writes = new ArrayList<>();
    Set<String> known = ScopeFields.and("operation", "cluster", "body");
    for (Fields request : fault.objects("requests", known)) {
      writes.add(secondClientWrite(request));
    }
    if (writes.isEmpty()) {
      throw ApiError.badRequest(
          "missing_field", "The field \"requests\" must have at least one request.");
    }
    return () -> writes.forEach(Runnable::run);
  }

  private Runnable secondClientWrite(Fields request) {
    Operation operation = request.constant("operation", Operation.class);
    if (!operation.isWrite()) {
      throw request.error("operation", "a write");
    }
    CloudScope scope =
        ScopeFields.read(request)
            .orElseThrow(
                () ->
                    ApiError.badRequest(
                        "missing_field", "A request of another client needs " + ScopeFields.FORM));
    if (!operation.isOfferedBy(ApiVersion.newest(scope.kind()))) {
      throw request.error("operation", "one that " + scope.kind().noun() + "s have");
    }
    if (operation == Operation.DEPLOY && request.has("cluster")) {
      throw request.error("cluster", "absent: the ID of a new cluster is in the body");
    }
    if (!simulation.clusters().has(scope)) {
      throw ApiError.badRequest("unknown_scope", "There is no %s.".formatted(scope));
    }
    String id = operation == Operation.DEPLOY ? "" : request.name("cluster");
    String body = operation.hasIdInBody() ? SimulatorJson.write(request.object("body")) : "";
    if (!operation.hasIdInBody() && request.has("body")) {
      throw request.error("body", "absent: " + JsonNames.of(operation) + " has none");
    }
    Call call = new Call(operation, ApiVersion.newest(scope.kind()), scope, id);
    ClusterWrite write = ClusterWrite.read(call, body, simulation.settings());
    return () -> {
      try {
        simulation.clusters().write(write, null);
      } catch (ApiError e) {
        LOG.info("{} of another client was rejected: {}", operation, e.getMessage());
      }
    };
  }
}
