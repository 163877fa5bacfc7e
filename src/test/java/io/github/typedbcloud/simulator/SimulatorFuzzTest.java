package io.github.typedbcloud.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.typedbcloud.simulator.ServiceModel.Credentials;
import io.github.typedbcloud.simulator.ServiceModel.Expected;
import io.github.typedbcloud.simulator.ServiceModel.Options;
import io.github.typedbcloud.simulator.ServiceModel.Scope;
import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Sessions of valid, nearly valid and invalid requests of every operation in every API version: the
 * simulator responds as {@link ServiceModel} does, and a request that is rejected changes nothing.
 *
 * <p>More of them on demand: {@code -Dfuzz.requests=1000000 -Dfuzz.seed=7}. One session again:
 * {@code -Dfuzz.seed=7 -Dfuzz.first=4711 -Dfuzz.requests=1}.
 */
class SimulatorFuzzTest {

  private static final long REQUESTS = Long.getLong("fuzz.requests", 6_000);

  private static final long SEED = Long.getLong("fuzz.seed", 20_261_127);

  private static final long FIRST = Long.getLong("fuzz.first", 0);

  private static final int REQUESTS_PER_SESSION = 150;

  /** The status codes of each operation in the reference that requests alone can lead to. */
  private static final Map<String, Set<Integer>> STATUS_CODES =
      Map.ofEntries(
          Map.entry("exchange", Set.of(200, 400)),
          Map.entry("versions", Set.of(200, 400, 401)),
          Map.entry("deploy", Set.of(200, 400, 401, 403, 404, 409, 415)),
          Map.entry("get", Set.of(200, 400, 401, 403, 404)),
          Map.entry("list", Set.of(200, 400, 401, 403, 404)),
          Map.entry("update", Set.of(200, 400, 401, 403, 404, 409, 415)),
          Map.entry("suspend", Set.of(200, 400, 401, 403, 404)),
          Map.entry("resume", Set.of(200, 400, 401, 403, 404)),
          Map.entry("clone", Set.of(200, 400, 401, 403, 404, 409, 415)),
          Map.entry("destroy", Set.of(200, 400, 401, 403, 404)),
          Map.entry("none", Set.of(404, 405)));

  private static final List<String> TRANSITIONS =
      List.of("starting", "suspending", "resuming", "destroying");

  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> failures = new LinkedHashMap<>();
  private final Map<String, Map<Integer, Integer>> statusCodes = new TreeMap<>();
  private final Set<String> successes = new TreeSet<>();
  private final Map<Assumption, Set<Boolean>> readings = ServiceModel.readings();
  private final ManualTime time = new ManualTime();

  @Test
  void request_anything_hasTheDocumentedResponse() throws IOException {
    long begun = System.nanoTime();
    long sessions = Math.max(1, REQUESTS / REQUESTS_PER_SESSION);
    for (long number = FIRST; number < FIRST + sessions; number++) {
      run(number);
    }
    System.out.printf(
        "%s sessions with seed %s in %.1f s: %s%n",
        sessions, SEED, (System.nanoTime() - begun) / 1e9, statusCodes);
    assertThat(failures).isEmpty();
    if (sessions > 1) {
      // Otherwise the test has not seen what it is for.
      assertThat(statusCodes.keySet()).isEqualTo(STATUS_CODES.keySet());
      STATUS_CODES.forEach(
          (operation, expected) ->
              assertThat(statusCodes.get(operation).keySet()).as(operation).containsAll(expected));
      assertThat(successes).hasSize(2 + 6 + 6 + 9);
      assertThat(readings).allSatisfy((assumption, seen) -> assertThat(seen).hasSize(2));
    }
  }

  private void run(long number) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED * 0x9E3779B97F4A7C15L + number);
    Options options = options(random);
    ServiceModel model =
        new ServiceModel(
            options,
            FuzzedRequests.SCOPES,
            time,
            (assumption, isStrict) -> readings.get(assumption).add(isStrict));
    try (TypeDBCloudSimulator simulator = start(options);
        RawConnection connection = new RawConnection(simulator);
        RawConnection lists = new RawConnection(simulator)) {
      List<Credentials> credentials = credentials(simulator);
      credentials.forEach(model::add);
      FuzzedRequests requests =
          new FuzzedRequests(random.split(), model, credentials, options.versions());
      Session session =
          new Session(number, simulator, model, requests.mostUsed(), connection, lists);
      for (Credentials each : credentials) {
        session.send(requests.exchange(each));
      }
      for (int i = 0; i < REQUESTS_PER_SESSION && session.isAsExpected; i++) {
        time.advance(pause(random, options));
        if (random.nextInt(200) == 0) {
          simulator.expireAccessTokens();
          model.expireTokens();
        }
        if (random.nextInt(500) == 0 && credentials.size() > 1) {
          Credentials revoked = credentials.remove(credentials.size() - 1);
          simulator.revokeApiToken(revoked.id());
          model.revoke(revoked);
        }
        session.send(requests.next());
      }
    }
  }

  /** Most requests follow at once, others when a transition or a token has just ended or nearly. */
  private static Duration pause(SplittableRandom random, Options options) {
    Duration end =
        random.nextInt(40) == 0
            ? options.tokenLifetime()
            : options.transitionTimes().get(TRANSITIONS.get(random.nextInt(TRANSITIONS.size())));
    return switch (random.nextInt(8)) {
      case 0 -> end;
      case 1 -> end.isZero() ? end : end.minusMillis(1);
      case 2 -> end.dividedBy(2);
      case 3 -> Duration.ofMillis(1);
      default -> Duration.ZERO;
    };
  }

  private static Options options(SplittableRandom random) {
    Set<Assumption> strict = new HashSet<>(Assumption.withReadings());
    strict.removeIf(assumption -> random.nextBoolean());
    List<List<String>> versions =
        List.of(
            List.of("2.29.3", "3.0.6", "3.5.1"),
            List.of("2.29.3", "3.0.6", "3.5.1"),
            List.of("3.5.1", "2.29.3", "2.28.0"),
            List.of("9.9.9", "10.0.0", "2.29.3"),
            List.of("3.5.1-rc1", "3.5.0"),
            List.of());
    List<Duration> times =
        List.of(Duration.ZERO, Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofMinutes(5));
    Map<String, Duration> transitionTimes = new TreeMap<>();
    TRANSITIONS.forEach(
        status -> transitionTimes.put(status, times.get(random.nextInt(times.size()))));
    return new Options(
        random.nextInt(4) > 0,
        random.nextInt(4),
        versions.get(random.nextInt(versions.size())),
        strict,
        transitionTimes,
        random.nextBoolean() ? Duration.ofHours(1) : Duration.ofMinutes(30));
  }

  private TypeDBCloudSimulator start(Options options) {
    TypeDBCloudSimulator.Builder builder =
        TypeDBCloudSimulator.builder()
            .time(time)
            .paymentMethod(options.paymentMethod())
            .freeClusterLimit(options.freeLimit())
            .versions(options.versions())
            .startingTime(options.transitionTimes().get("starting"))
            .suspendingTime(options.transitionTimes().get("suspending"))
            .resumingTime(options.transitionTimes().get("resuming"))
            .destroyingTime(options.transitionTimes().get("destroying"))
            .accessTokenLifetime(options.tokenLifetime())
            .lenient();
    if (!options.strict().isEmpty()) {
      builder.strict(options.strict().toArray(Assumption[]::new));
    }
    for (Scope scope : FuzzedRequests.SCOPES) {
      if (scope.isSpace()) {
        builder.space(scope.owner(), scope.name());
      } else {
        builder.project(scope.owner(), scope.name());
      }
    }
    return builder.start();
  }

  /** The built-in API token, one of each level everywhere, and one of each level on each scope. */
  private static List<Credentials> credentials(TypeDBCloudSimulator simulator) {
    List<Credentials> all = new ArrayList<>();
    all.add(
        new Credentials(simulator.clientId(), simulator.clientSecret(), AccessLevel.ADMIN, null));
    for (AccessLevel level : AccessLevel.values()) {
      Credentials everywhere = new Credentials("all-" + level, "s:3/cr+et==", level, null);
      simulator.addApiToken(everywhere.id(), everywhere.secret(), level);
      all.add(everywhere);
      for (Scope scope : FuzzedRequests.SCOPES.subList(0, 3)) {
        String id = level + "-" + scope.isSpace() + "-" + scope.name();
        if (scope.isSpace()) {
          simulator.addApiTokenForSpace(id, "secret", level, scope.owner(), scope.name());
        } else {
          simulator.addApiTokenForProject(id, "secret", level, scope.owner(), scope.name());
        }
        all.add(new Credentials(id, "secret", level, scope));
      }
    }
    return all;
  }

  /** The requests on one connection, which must survive all of them. */
  private final class Session {

    private final long number;
    private final TypeDBCloudSimulator simulator;
    private final ServiceModel model;
    private final RawConnection connection;
    private final RawConnection lists;
    private final Scope listed;
    private String listToken = "none";
    private boolean isAsExpected = true;

    Session(
        long number,
        TypeDBCloudSimulator simulator,
        ServiceModel model,
        Scope listed,
        RawConnection connection,
        RawConnection lists) {
      this.number = number;
      this.simulator = simulator;
      this.model = model;
      this.listed = listed;
      this.connection = connection;
      this.lists = lists;
    }

    void send(FuzzedRequest request) {
      Expected expected = model.apply(request);
      if (expected.status() == 200) {
        successes.add(model.apiVersion() + " " + model.operation());
      }
      statusCodes
          .computeIfAbsent(model.operation(), operation -> new TreeMap<>())
          .merge(expected.status(), 1, Integer::sum);
      String response = "no response";
      try {
        connection.send(request.bytes());
        boolean isHead = request.method().equals("HEAD");
        response = isHead ? connection.head() : connection.response();
        String difference = difference(expected, response, isHead);
        if (difference.isEmpty()) {
          difference = differenceOfLists();
        }
        if (!difference.isEmpty()) {
          failed(difference, request, response);
        }
      } catch (IOException e) {
        failed("the connection did not survive: " + e, request, response);
      }
    }

    private String difference(Expected expected, String response, boolean isHead)
        throws IOException {
      String[] headAndBody = response.split("\r\n\r\n", 2);
      String head = headAndBody[0] + "\r\n";
      if (!head.matches("(?s)HTTP/1.1 " + expected.status() + " \\w[^\r]*\r\n.*")) {
        return "expected " + expected.status();
      }
      String type = expected.body() == ServiceModel.Body.TOKEN ? "text/plain" : "application/json";
      if (!header(head, "Content-Type").equals(type)) {
        return "expected Content-Type " + type;
      }
      Set<String> allow =
          Stream.of(header(head, "Allow").split(", *", -1))
              .filter(method -> !method.isEmpty())
              .collect(Collectors.toCollection(TreeSet::new));
      if (!allow.equals(expected.allow())) {
        return "expected Allow " + expected.allow();
      }
      if (!header(head, "Connection").isEmpty()) {
        return "the connection is not kept alive";
      }
      return isHead ? "" : differenceOfBody(expected, headAndBody[1]);
    }

    private String differenceOfBody(Expected expected, String body) throws IOException {
      if (expected.body() == ServiceModel.Body.TOKEN) {
        model.issued(body);
        return body.matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+") ? "" : "expected a token";
      }
      JsonNode json = parse(body);
      if (expected.body() == ServiceModel.Body.JSON) {
        JsonNode found = withoutAddresses(json);
        return found.equals(expected.json()) ? "" : "expected the body " + expected.json();
      }
      boolean isError =
          json.size() == 2
              && !json.path("code").asText().isBlank()
              && !json.path("message").asText().isBlank();
      return isError ? "" : "expected code and message";
    }

    /** Whatever the response is, the clusters are those of the model. */
    private String differenceOfLists() throws IOException {
      for (Scope scope : FuzzedRequests.SCOPES) {
        JsonNode expected = model.list(scope);
        Map<String, String> statuses = new LinkedHashMap<>();
        expected.forEach(
            cluster -> statuses.put(cluster.path("id").asText(), cluster.path("status").asText()));
        Map<String, String> found =
            (scope.isSpace()
                    ? simulator.clustersOfSpace(scope.owner(), scope.name())
                    : simulator.clustersOfProject(scope.owner(), scope.name()))
                .statuses();
        if (!List.copyOf(found.entrySet()).equals(List.copyOf(statuses.entrySet()))) {
          return "afterwards, in " + scope + ", expected " + statuses + ", found " + found;
        }
      }
      JsonNode found = withoutAddresses(parse(list().split("\r\n\r\n", 2)[1]));
      JsonNode expected = model.list(listed);
      return found.equals(expected) ? "" : "afterwards, expected " + expected + ", found " + found;
    }

    /** The clusters in full, of the scope that most requests are for. */
    private String list() throws IOException {
      String path =
          (listed.isSpace() ? "/api/v1/team/%s/spaces/%s" : "/api/org/%s/projects/%s")
                  .formatted(listed.owner(), listed.name())
              + "/clusters";
      String response = lists.request("GET", path, "Authorization: Bearer " + listToken).response();
      if (response.startsWith("HTTP/1.1 200 ")) {
        return response;
      }
      listToken = Caller.token(simulator);
      return lists.request("GET", path, "Authorization: Bearer " + listToken).response();
    }

    private void failed(String difference, FuzzedRequest request, String response) {
      isAsExpected = false;
      String kind =
          model.operation()
              + ": "
              + (difference.length() < 30 ? difference : difference.substring(0, 30));
      String where = "session " + number + " of seed " + SEED;
      if (failures.putIfAbsent(kind, where) == null) {
        System.out.printf("%s: %s%n  %s%n  %s%n  %s%n", where, kind, request, difference, response);
      }
    }
  }

  private static String header(String head, String name) {
    return Arrays.stream(head.split("\r\n", -1))
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2).replaceFirst("; *charset=utf-8$", ""))
        .findFirst()
        .orElse("");
  }

  private static JsonNode parse(String bytes) throws JsonProcessingException {
    return JSON.readTree(new String(bytes.getBytes(ISO_8859_1), UTF_8));
  }

  /** The clusters, after a check of the addresses of their servers. */
  private static JsonNode withoutAddresses(JsonNode json) {
    Set<String> addresses = new HashSet<>();
    for (JsonNode server : json.findValues("servers").stream().flatMap(s -> stream(s)).toList()) {
      JsonNode address = server.path("address");
      if (address.asText().matches("[a-z0-9.-]+:[0-9]+") && addresses.add(address.asText())) {
        ((ObjectNode) server).put("address", "");
      }
    }
    return json;
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all.stream();
  }
}
