package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.support.AdminCaller;
import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation with every fault and every selector: Java and HTTP accept the same rules, each
 * accepted one takes effect on a request, and no request could meet a rejected one.
 */
@Timeout(120)
class ImpossibleFaultTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final Set<Operation> WITH_CLUSTERS =
      EnumSet.complementOf(EnumSet.of(Operation.EXCHANGE_TOKEN, Operation.LIST_VERSIONS));

  /** The operations on which a fault can take effect; without a row, all. */
  private static final Map<String, Set<Operation>> LIMITED =
      Map.of(
          "expireToken", EnumSet.complementOf(EnumSet.of(Operation.EXCHANGE_TOKEN)),
          "clusterStatus", WITH_CLUSTERS,
          "staleReads", EnumSet.of(Operation.GET, Operation.LIST),
          "applyLate",
              EnumSet.of(
                  Operation.DEPLOY,
                  Operation.UPDATE,
                  Operation.SUSPEND,
                  Operation.RESUME,
                  Operation.CLONE,
                  Operation.DESTROY));

  /**
   * A request.
   *
   * @param versions those with this path
   * @param hasCluster whether the path has the ID {@code a}
   * @param newId whether the body has the ID {@code n}
   */
  private record Request(
      Operation operation,
      Set<ApiVersion> versions,
      String path,
      boolean hasCluster,
      boolean newId,
      boolean valid) {

    boolean isOf(ApiVersion version) {
      return versions.contains(version);
    }

    boolean hasScope(ApiVersion... newVersions) {
      return WITH_CLUSTERS.contains(operation) && Stream.of(newVersions).anyMatch(this::isOf);
    }

    String body() {
      return switch (operation) {
        case DEPLOY -> Bodies.paid("n");
        case CLONE, UPDATE -> "{\"id\":\"n\"}";
        default -> "";
      };
    }
  }

  /** A selector in Java, in JSON, and the requests that it selects. */
  private record Choice(
      UnaryOperator<Faults.Selector> java, String json, Predicate<Request> selects) {

    Choice and(Choice next) {
      return new Choice(
          selector -> next.java.apply(java.apply(selector)),
          json + next.json,
          selects.and(next.selects));
    }
  }

  private static final Choice NONE = new Choice(selector -> selector, "", request -> true);
  private static final Choice CLUSTER =
      new Choice(s -> s.cluster("a"), ",\"cluster\":\"a\"", Request::hasCluster);
  private static final Choice NEW_ID =
      new Choice(s -> s.newId("n"), ",\"newId\":\"n\"", Request::newId);
  private static final Choice PROJECTS =
      new Choice(
          Faults.Selector::projects,
          ",\"apiVersion\":\"projects\"",
          r -> r.isOf(ApiVersion.PROJECTS));
  private static final Choice EARLY_SPACES =
      new Choice(
          Faults.Selector::earlySpaces,
          ",\"apiVersion\":\"earlySpaces\"",
          r -> r.isOf(ApiVersion.EARLY_SPACES));
  private static final Choice SPACES =
      new Choice(
          Faults.Selector::spaces, ",\"apiVersion\":\"spaces\"", r -> r.isOf(ApiVersion.SPACES));
  private static final Choice HEADER =
      new Choice(
          s -> s.header("X-Test", "1"),
          ",\"header\":{\"name\":\"X-Test\",\"value\":\"1\"}",
          r -> true);
  private static final Choice PROJECT =
      new Choice(
          s -> s.project("my-org", "default"),
          "," + AdminBodies.PROJECT_FIELDS,
          r -> r.hasScope(ApiVersion.PROJECTS));
  private static final Choice SPACE =
      new Choice(
          s -> s.space("my-team", "default"),
          "," + AdminBodies.SPACE_FIELDS,
          r -> r.hasScope(ApiVersion.EARLY_SPACES, ApiVersion.SPACES));

  private static final List<Choice> CHOICES =
      List.of(
          NONE,
          CLUSTER,
          NEW_ID,
          PROJECTS,
          EARLY_SPACES,
          SPACES,
          HEADER,
          PROJECT,
          SPACE,
          CLUSTER.and(NEW_ID),
          CLUSTER.and(PROJECTS),
          CLUSTER.and(SPACE),
          NEW_ID.and(EARLY_SPACES),
          NEW_ID.and(PROJECT),
          CLUSTER.and(NEW_ID).and(PROJECTS),
          PROJECTS.and(PROJECT),
          PROJECTS.and(SPACE),
          EARLY_SPACES.and(PROJECT),
          SPACES.and(HEADER).and(SPACE));

  private static final List<Request> REQUESTS = requests();

  private final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().time(time).admin(true).seed(seed()).start();
  private final AdminCaller admin = AdminCaller.of(simulator.url());
  private final Map<Request, String> withoutFault = new HashMap<>();

  @AfterEach
  void close() {
    simulator.close();
  }

  private static String seed() {
    return "{\"teams\":[{\"teamID\":\"my-team\",\"spaces\":[\"default\"]}],"
        + "\"organizations\":[{\"organization\":\"my-org\",\"projects\":[\"default\"]}],"
        + "\"clusters\":[{\"id\":\"a\",\"status\":\"failed\","
        + AdminBodies.SPACE_FIELDS
        + "},{\"id\":\"a\",\"status\":\"failed\","
        + AdminBodies.PROJECT_FIELDS
        + "}]}";
  }

  private static List<Request> requests() {
    List<Request> all = new ArrayList<>();
    Set<ApiVersion> older = EnumSet.of(ApiVersion.PROJECTS, ApiVersion.EARLY_SPACES);
    Set<ApiVersion> newest = EnumSet.of(ApiVersion.SPACES);
    for (boolean valid : new boolean[] {true, false}) {
      all.add(new Request(Operation.EXCHANGE_TOKEN, older, "/api/auth", false, false, valid));
      all.add(new Request(Operation.EXCHANGE_TOKEN, newest, "/api/v1/auth", false, false, valid));
    }
    all.add(
        new Request(
            Operation.LIST_VERSIONS, newest, "/api/v1/cluster-versions", false, false, true));
    Map<ApiVersion, String> prefixes = new TreeMap<>();
    prefixes.put(ApiVersion.PROJECTS, Caller.PROJECT);
    prefixes.put(ApiVersion.EARLY_SPACES, Caller.EARLY_SPACE);
    prefixes.put(ApiVersion.SPACES, Caller.SPACE);
    prefixes.forEach(
        (version, prefix) -> {
          String clusters = prefix + "/clusters";
          String cluster = clusters + "/a";
          all.add(of(version, Operation.DEPLOY, clusters + "/deploy"));
          all.add(of(version, Operation.LIST, clusters));
          all.add(of(version, Operation.GET, cluster));
          all.add(of(version, Operation.DESTROY, cluster));
          all.add(of(version, Operation.SUSPEND, cluster + "/suspend"));
          all.add(of(version, Operation.RESUME, cluster + "/resume"));
          if (version == ApiVersion.SPACES) {
            all.add(of(version, Operation.UPDATE, cluster));
            all.add(of(version, Operation.CLONE, cluster + "/clone"));
          }
        });
    return all;
  }

  private static Request of(ApiVersion version, Operation operation, String path) {
    boolean newId =
        EnumSet.of(Operation.DEPLOY, Operation.UPDATE, Operation.CLONE).contains(operation);
    return new Request(
        operation, EnumSet.of(version), path, path.contains("/clusters/a"), newId, true);
  }

  static Stream<Set<Operation>> operations() {
    return Stream.concat(
        Stream.of(EnumSet.noneOf(Operation.class)), Stream.of(Operation.values()).map(EnumSet::of));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyRule_isAcceptedInJavaAndHttp_orCanNeverHappen(Set<Operation> on) {
    SoftAssertions softly = new SoftAssertions();
    int accepted = 0;
    for (Choice choice : CHOICES) {
      for (String fault : AdminBodies.FAULTS.keySet()) {
        List<Request> affected =
            REQUESTS.stream()
                .filter(
                    r ->
                        on.isEmpty()
                            ? r.operation() != Operation.EXCHANGE_TOKEN
                            : on.contains(r.operation()))
                .filter(choice.selects())
                .filter(
                    r -> LIMITED.getOrDefault(fault, Set.of(r.operation())).contains(r.operation()))
                .toList();
        String java = rejectionOfJava(on, choice, fault);
        String name = "on%s%s %s".formatted(on, choice.json(), fault);
        softly.assertThat(rejectionOfHttp(on, choice, fault)).as(name).isEqualTo(java);
        softly.assertThat(java.isEmpty()).as("%s is accepted", name).isEqualTo(!affected.isEmpty());
        if (java.isEmpty()) {
          accepted++;
          softly
              .assertThat(affected)
              .as("%s takes effect", name)
              .anyMatch(request -> takesEffect(on, choice, fault, request));
        }
      }
    }
    softly.assertAll();
    assertThat(accepted).isPositive();
  }

  private Faults.Rule add(Set<Operation> on, Choice choice, String fault) {
    Faults.Selector selector = simulator.faults().on(on.toArray(Operation[]::new));
    return choice
        .java()
        .apply(selector)
        .always(AdminFaultsTest.IN_JAVA.get(fault).apply(simulator));
  }

  /** The message; empty when it is accepted. */
  private String rejectionOfJava(Set<Operation> on, Choice choice, String fault) {
    try {
      add(on, choice, fault);
      return "";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    } finally {
      simulator.faults().clear();
    }
  }

  private String rejectionOfHttp(Set<Operation> on, Choice choice, String fault) {
    String operations =
        on.isEmpty() ? "" : ",\"on\":[\"%s\"]".formatted(JsonNames.of(on.iterator().next()));
    AdminCaller.Response response =
        admin.post(
            "faults",
            "{\"faults\":["
                + AdminBodies.FAULTS.get(fault)
                + "]"
                + operations
                + choice.json()
                + "}");
    simulator.faults().clear();
    if (response.status() == 201) {
      return "";
    }
    assertThat(response.json().path("code").textValue()).isEqualTo("impossible_fault");
    return response.message();
  }

  private boolean takesEffect(Set<Operation> on, Choice choice, String fault, Request request) {
    String usual = withoutFault.computeIfAbsent(request, this::outcomeWithoutFault);
    String accessToken = prepare(request);
    Faults.Rule rule = add(on, choice, fault);
    long began = System.nanoTime();
    String outcome = outcome(request, accessToken);
    boolean isLate =
        fault.matches("delay.*|throttle")
            && Duration.ofNanos(System.nanoTime() - began).compareTo(Duration.ofMillis(1)) >= 0;
    return rule.occurrences() == 1 && (isLate || !outcome.equals(usual));
  }

  private String outcomeWithoutFault(Request request) {
    return outcome(request, prepare(request));
  }

  /** Half a minute ago the clusters had another status. Returns an access token. */
  private String prepare(Request request) {
    String status = request.operation() == Operation.RESUME ? "suspended" : "running";
    simulator.reset();
    time.advance(MINUTE);
    simulator.clusterControlOfSpace("my-team", "default").setStatus("a", status);
    simulator.clusterControlOfProject("my-org", "default").setStatus("a", status);
    return Caller.token(simulator);
  }

  /** The response, and what is different afterwards: the clusters, and the tokens. */
  private String outcome(Request request, String accessToken) {
    String response = send(request, accessToken);
    simulator.faults().clear();
    String versions = "/api/v1/cluster-versions";
    int access =
        Caller.send(simulator.url(), "GET", versions, "Bearer " + accessToken, "").status();
    String basic = "Basic " + simulator.clientId() + ":" + simulator.clientSecret();
    int exchange = Caller.send(simulator.url(), "POST", "/api/auth", basic, "").status();
    return String.join("\n", response, admin.get("clusters").body(), access + " " + exchange);
  }

  /** On a connection of its own, without any retry. */
  private String send(Request request, String accessToken) {
    String credentials =
        simulator.clientId() + ":" + (request.valid() ? simulator.clientSecret() : "wrong");
    String method =
        switch (request.operation()) {
          case GET, LIST, LIST_VERSIONS -> "GET";
          case UPDATE -> "PATCH";
          case DESTROY -> "DELETE";
          default -> "POST";
        };
    try (RawConnection raw = new RawConnection(simulator)) {
      raw.send(
          "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Test: 1\r\n"
                  .formatted(method, request.path())
              + "Authorization: %s\r\nContent-Length: %s\r\n\r\n%s"
                  .formatted(
                      request.operation() == Operation.EXCHANGE_TOKEN
                          ? "Basic " + credentials
                          : "Bearer " + accessToken,
                      request.body().length(),
                      request.body()));
      return withoutToken(raw.rest());
    } catch (IOException e) {
      return "reset";
    }
  }

  /** Each token is another. */
  private static String withoutToken(String response) {
    int body = response.indexOf("\r\n\r\n") + 4;
    boolean isToken = response.startsWith("HTTP/1.1 200") && response.contains(": text/plain");
    return isToken
        ? response.substring(0, body) + "token of " + (response.length() - body)
        : response;
  }

  private static void assertImpossible(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void selector_thatLeavesNoRequest_isRejectedAtOnce() {
    Faults faults = simulator.faults();
    assertImpossible(
        () -> faults.on(Operation.DEPLOY).cluster("a"),
        "The selector cluster(\"a\") selects no request of [DEPLOY]. It selects only requests of"
            + " [GET, UPDATE, SUSPEND, RESUME, CLONE, DESTROY], in the API versions [projects,"
            + " earlySpaces, spaces]: select some of these, or omit it. The ID in the body of a"
            + " request is selected by newId.");
    assertImpossible(
        () -> faults.on(Operation.LIST).newId("a"),
        "The selector newId(\"a\") selects no request of [LIST]. It selects only requests of"
            + " [DEPLOY, UPDATE, CLONE], in the API versions [projects, earlySpaces, spaces]:"
            + " select some of these, or omit it. The ID in the path of a request is selected by"
            + " cluster.");
    assertImpossible(
        () -> faults.on(Operation.UPDATE).projects(),
        "The selector projects() selects no request of [UPDATE]. It selects only requests of"
            + " [EXCHANGE_TOKEN, DEPLOY, GET, LIST, SUSPEND, RESUME, DESTROY], in the API versions"
            + " [projects]: select some of these, or omit it.");
    assertImpossible(
        () -> faults.on().projects().space("t", "s"),
        "The selector space(\"t\", \"s\") selects no request of all except EXCHANGE_TOKEN of the"
            + " API version projects. It selects only requests of [DEPLOY, GET, LIST, UPDATE,"
            + " SUSPEND, RESUME, CLONE, DESTROY], in the API versions [earlySpaces, spaces]: select"
            + " some of these, or omit it.");
  }

  @Test
  void fault_thatNoSelectedRequestCanMeet_isRejectedAtOnce() {
    Faults.Selector reads = simulator.faults().on(Operation.GET, Operation.DEPLOY).cluster("a");
    Fault late = Fault.applyLate(MINUTE);
    String message =
        "Fault.applyLate(PT1M) can never take effect on [DEPLOY, GET] of the cluster a, which"
            + " selects only requests of [GET]. It takes effect only on requests of [DEPLOY,"
            + " UPDATE, SUSPEND, RESUME, CLONE, DESTROY]: select some of these.";
    assertImpossible(() -> reads.next(late), message);
    assertImpossible(() -> reads.next(2, late), message);
    assertImpossible(() -> reads.nth(2, late), message);
    assertImpossible(() -> reads.always(late), message);
    assertImpossible(() -> reads.randomly(0.5, 1, late), message);
    assertImpossible(
        () -> late.and(Fault.staleReads(3)),
        "Fault.applyLate(PT1M) and Fault.staleReads(3) apply to no common operation: the first to"
            + " [DEPLOY, UPDATE, SUSPEND, RESUME, CLONE, DESTROY], the second to [GET, LIST]. Add"
            + " two rules instead.");
    assertThat(simulator.faults().rules()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'on':['get','suspend'],'newId':'a','faults':[{'type':'garbage'}]|newId(\"a\")",
        "'on':['get','list'],'faults':[{'type':'applyLate','delay':'1s'}]|applyLate(PT1S)",
        "'faults':[{'type':'staleReads','reads':1},{'type':'applyLate','delay':'1s'}]|no common"
      })
  void http_impossibleRule_isRejectedWithItsCode(String rule, String message) {
    AdminCaller.Response response = admin.post("faults", ("{" + rule + "}").replace('\'', '"'));
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.json().path("code").textValue()).isEqualTo("impossible_fault");
    assertThat(response.message()).contains(message);
    assertThat(admin.get("faults").json().path("faults")).isEmpty();
  }

  @Test
  void requests_thatTheFaultCannotAffect_areNotCounted() {
    Faults faults = simulator.faults();
    Caller space = Caller.space(simulator);
    Faults.Rule status = faults.on().always(Fault.clusterStatus("x"));
    Faults.Rule expiry =
        faults.on(Operation.EXCHANGE_TOKEN, Operation.LIST).next(Fault.expireToken());
    Caller.token(simulator);
    space.at("/nowhere").list().isError(404, "path_not_found");
    space.at("/api/v1").send("GET", "/cluster-versions", "");
    assertThat(status.occurrences() + expiry.occurrences()).isZero();
    space.list().isError(401, "invalid_access_token");
    assertThat(status.occurrences()).isEqualTo(1);
    assertThat(expiry.occurrences()).isEqualTo(1);
  }
}
