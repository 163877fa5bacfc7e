package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Reads and writes what seeds and the admin API have in common, in one form for both. */
final class AdminJson {

  static final String CLIENT_SECRET = "clientSecret";

  static final Set<String> TOKEN_FIELDS =
      ScopeFields.and("clientId", CLIENT_SECRET, "level", "accessTokenLifetime");

  static final Set<String> TIME_FIELDS = Set.of("mode", "now");

  static final String VERSIONS = "versions";
  static final String CATALOG = "catalog";
  static final String SETTINGS = "settings";
  static final Set<String> SETTINGS_FIELDS =
      Set.of(
          "transitionTimes",
          "accessTokenLifetime",
          "paymentMethod",
          "freeClusterLimit",
          "assumptions");

  private static final Map<String, BiFunction<TransitionTimes, Duration, TransitionTimes>>
      TRANSITIONS =
          Map.of(
              "starting", TransitionTimes::withStarting,
              "suspending", TransitionTimes::withSuspending,
              "resuming", TransitionTimes::withResuming,
              "destroying", TransitionTimes::withDestroying);

  private static final String MANUAL = "manual";
  private static final String REAL = "real";
  private static final String MOMENT_FORM =
      "a moment from 1970 to 9999 such as 2026-01-01T00:00:00Z";
  private static final String STRICT = "strict";
  private static final String LENIENT = "lenient";

  private AdminJson() {}

  /** An API token; a missing client ID or secret is random. */
  static ApiToken token(Fields fields) {
    return new ApiToken(
        fields.has("clientId")
            ? fields.parsed("clientId", "not blank and without a colon", ApiToken::checkedClientId)
            : "client-" + ApiToken.randomSecret().substring(0, 12),
        fields.name(CLIENT_SECRET, ApiToken.randomSecret()),
        fields.constant("level", AccessLevel.class),
        ScopeFields.read(fields).orElse(null),
        fields.has("accessTokenLifetime") ? fields.positiveDuration("accessTokenLifetime") : null);
  }

  /** An API token of a seed, whose client ID and secret nobody would know if they were random. */
  static ApiToken completeToken(Fields fields) {
    fields.require("clientId");
    fields.require(CLIENT_SECRET);
    return token(fields);
  }

  /** Without the secret. */
  static ObjectNode write(ApiToken token, Duration defaultLifetime, int validAccessTokens) {
    ObjectNode json =
        SimulatorJson.object()
            .put("clientId", token.clientId())
            .put("level", JsonNames.of(token.level()));
    CloudScope scope = token.scope();
    if (scope != null) {
      ScopeFields.write(scope, json);
    }
    Duration own = token.accessTokenLifetime();
    Duration lifetime = own == null ? defaultLifetime : own;
    return json.put("accessTokenLifetime", lifetime.toString())
        .put("accessTokens", validAccessTokens);
  }

  /** Whether the clock is to be manual; empty when that is not said. */
  static Optional<Boolean> manual(Fields fields) {
    return fields.has("mode")
        ? Optional.of(fields.oneOf("mode", List.of(MANUAL, REAL)).equals(MANUAL))
        : Optional.empty();
  }

  /** The wall clock; empty when it is not said. */
  static Optional<Instant> wallClock(Fields fields) {
    return fields.has("now")
        ? Optional.of(fields.parsed("now", MOMENT_FORM, SimulatorClock::parse))
        : Optional.empty();
  }

  static ObjectNode write(SimulatorClock clock) {
    return SimulatorJson.object()
        .put("mode", clock.isManual() ? MANUAL : REAL)
        .put("now", clock.now().toString())
        .put("elapsed", clock.elapsed().toString());
  }

  /** The changes by the fields {@code versions}, {@code catalog} and {@code settings}. */
  static Consumer<Settings.Changes> allSettings(Fields fields) {
    Consumer<Settings.Changes> changes = all -> {};
    if (fields.has(VERSIONS)) {
      changes = changes.andThen(versions(fields, VERSIONS));
    }
    if (fields.has(CATALOG)) {
      changes = changes.andThen(catalog(fields, CATALOG));
    }
    return fields.has(SETTINGS)
        ? changes.andThen(settings(fields.object(SETTINGS, SETTINGS_FIELDS)))
        : changes;
  }

  static Consumer<Settings.Changes> versions(Fields fields, String name) {
    fields.require(name);
    OfferedVersions versions = new OfferedVersions(fields.names(name));
    return all -> all.versions = versions;
  }

  /** The versions as the API lists them. */
  static ObjectNode write(OfferedVersions versions) {
    ObjectNode json = SimulatorJson.object();
    versions.names().forEach(json.putArray("availableVersions")::add);
    return json;
  }

  static Consumer<Settings.Changes> catalog(Fields fields, String name) {
    fields.require(name);
    List<MachineCatalog.Machine> machines = new ArrayList<>();
    for (Fields machine :
        fields.objects(name, Set.of("provider", FieldRules.MACHINE_TYPE, "free", "regions"))) {
      machine.require("regions");
      machines.add(
          new MachineCatalog.Machine(
              machine.name("provider"),
              machine.name(FieldRules.MACHINE_TYPE),
              machine.bool("free", false),
              machine.names("regions")));
    }
    MachineCatalog catalog = new MachineCatalog(machines);
    return all -> all.catalog = catalog;
  }

  static void write(MachineCatalog catalog, ArrayNode to) {
    for (MachineCatalog.Machine machine : catalog.machines()) {
      ObjectNode json =
          to.addObject()
              .put("provider", machine.provider())
              .put(FieldRules.MACHINE_TYPE, machine.machineType())
              .put("free", machine.free());
      machine.regions().forEach(json.putArray("regions")::add);
    }
  }

  static Consumer<Settings.Changes> settings(Fields fields) {
    Consumer<Settings.Changes> changes = all -> {};
    if (fields.has("transitionTimes")) {
      changes = changes.andThen(transitionTimes(fields));
    }
    if (fields.has("accessTokenLifetime")) {
      Duration lifetime = fields.positiveDuration("accessTokenLifetime");
      changes = changes.andThen(all -> all.accessTokenLifetime = lifetime);
    }
    if (fields.has("paymentMethod")) {
      boolean valid = fields.bool("paymentMethod");
      changes = changes.andThen(all -> all.paymentMethod = valid);
    }
    if (fields.has("freeClusterLimit")) {
      int limit = fields.integer("freeClusterLimit", 0, Integer.MAX_VALUE);
      changes = changes.andThen(all -> all.freeClusterLimit = limit);
    }
    return fields.has("assumptions") ? changes.andThen(assumptions(fields)) : changes;
  }

  private static Consumer<Settings.Changes> transitionTimes(Fields fields) {
    Fields times = fields.object("transitionTimes", TRANSITIONS.keySet());
    Consumer<Settings.Changes> changes = all -> {};
    for (var transition : TRANSITIONS.entrySet()) {
      if (times.has(transition.getKey())) {
        Duration time = times.durationFromZero(transition.getKey());
        changes =
            changes.andThen(
                all ->
                    all.transitionTimes = transition.getValue().apply(all.transitionTimes, time));
      }
    }
    return changes;
  }

  private static Consumer<Settings.Changes> assumptions(Fields fields) {
    Set<String> names = Set.copyOf(Assumption.withReadings().stream().map(JsonNames::of).toList());
    Fields readings = fields.object("assumptions", names);
    Consumer<Settings.Changes> changes = all -> {};
    for (String name : readings.names()) {
      Assumption assumption = JsonNames.find(Assumption.class, name).orElseThrow();
      boolean strictly = readings.oneOf(name, List.of(STRICT, LENIENT)).equals(STRICT);
      changes = changes.andThen(all -> all.read(assumption, strictly));
    }
    return changes;
  }

  static ObjectNode write(Settings settings) {
    ObjectNode json = SimulatorJson.object();
    ObjectNode times = json.putObject("transitionTimes");
    for (Status status : Status.TRANSITIONS) {
      times.put(status.text(), String.valueOf(settings.transitionTimes().of(status)));
    }
    json.put("accessTokenLifetime", settings.accessTokenLifetime().toString())
        .put("paymentMethod", settings.paymentMethod())
        .put("freeClusterLimit", settings.freeClusterLimit());
    ObjectNode assumptions = json.putObject("assumptions");
    for (Assumption assumption : Assumption.withReadings()) {
      assumptions.put(JsonNames.of(assumption), settings.isStrict(assumption) ? STRICT : LENIENT);
    }
    return json;
  }

  static ObjectNode write(ReceivedRequest request) {
    ObjectNode json =
        SimulatorJson.object()
            .put("number", request.number())
            .put("receivedAt", request.receivedAt().toString())
            .put("operation", request.operation().map(JsonNames::of).orElse(null))
            .put("apiVersion", request.apiVersion().isEmpty() ? null : request.apiVersion())
            .put("method", request.method())
            .put("path", request.path());
    if (!request.clusterId().isEmpty()) {
      json.put("cluster", request.clusterId());
    }
    ObjectNode headers = json.putObject("headers");
    request.headers().forEach(headers::put);
    json.put("body", request.body()).put("processed", request.processed());
    if (request.status().isPresent()) {
      json.put("status", request.status().getAsInt());
    } else {
      json.putNull("status");
    }
    json.put("response", request.response());
    request.faults().forEach(json.putArray("faults")::add);
    return json;
  }
}
