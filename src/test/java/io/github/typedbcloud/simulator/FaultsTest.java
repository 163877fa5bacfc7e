package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each fault does to the response, to the connection and to the clusters. */
@Timeout(60)
class FaultsTest {

  private static final Duration FOREVER = Duration.ofHours(1);

  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().time(new ManualTime()).start();
  private final Caller caller = Caller.project(simulator);
  private final String bearer = "Authorization: Bearer " + caller.accessToken();
  private final Faults faults = simulator.faults();
  private final RawConnection raw = new RawConnection(simulator);

  @AfterEach
  void close() throws IOException {
    raw.close();
    simulator.close();
  }

  private RawConnection deploy() throws IOException {
    String body = Bodies.paid("a");
    return raw.send(
        "POST %s/clusters/deploy HTTP/1.1\r\nHost: x\r\n%s\r\nContent-Length: %s\r\n\r\n%s"
            .formatted(Caller.PROJECT, bearer, body.length(), body));
  }

  private RawConnection list() throws IOException {
    return raw.request("GET", Caller.PROJECT + "/clusters", bearer);
  }

  private void assertCreated(int times) {
    ClusterSnapshot snapshot = simulator.clustersOfProject("my-org", "default");
    assertThat(snapshot.timesCreated("a")).isEqualTo(times);
    assertThat(snapshot.statuses().containsKey("a")).isEqualTo(times > 0);
  }

  private void assertLast(boolean processed, OptionalInt status) {
    List<ReceivedRequest> received = simulator.received();
    ReceivedRequest last = received.get(received.size() - 1);
    assertThat(last.operation()).contains(Operation.DEPLOY);
    assertThat(last.processed()).isEqualTo(processed);
    assertThat(last.status()).isEqualTo(status);
  }

  @Test
  void loseRequest_isNotProcessed() throws IOException {
    faults.on(Operation.DEPLOY).next(Fault.loseRequest());
    assertThat(deploy().rest()).isEmpty();
    assertCreated(0);
    assertLast(false, OptionalInt.empty());
    caller.deploy(Bodies.paid("a")).isCluster("a", "starting");
  }

  @Test
  void loseResponse_isProcessed() throws IOException {
    faults.on(Operation.DEPLOY).next(Fault.loseResponse());
    assertThat(deploy().rest()).isEmpty();
    assertCreated(1);
    assertLast(true, OptionalInt.empty());
    caller.deploy(Bodies.paid("a")).isError(409, "id_already_in_use");
  }

  @Test
  void loseRequest_afterProcessing_losesResponse() throws IOException {
    faults.on(Operation.DEPLOY).next(Fault.loseRequest().afterProcessing());
    assertThat(deploy().rest()).isEmpty();
    assertCreated(1);
  }

  @Test
  void reset_closesConnection() throws IOException {
    faults.on(Operation.DEPLOY).next(Fault.resetConnection());
    deploy();
    assertThatThrownBy(raw::rest).isInstanceOf(SocketException.class).hasMessageContaining("reset");
    assertCreated(0);
    assertLast(false, OptionalInt.empty());
  }

  @Test
  void garbage_isNotHttp() throws IOException {
    faults.on(Operation.DEPLOY).next(Fault.garbage());
    assertThat(deploy().rest()).isNotEmpty().doesNotContain("HTTP/1.");
    assertCreated(0);
    assertLast(false, OptionalInt.empty());
    faults.on(Operation.DEPLOY).next(Fault.garbage().afterProcessing());
    assertThatThrownBy(() -> caller.deploy(Bodies.paid("a"))).hasCauseInstanceOf(IOException.class);
    assertCreated(1);
    assertLast(true, OptionalInt.empty());
  }

  @Test
  void truncateBody_hasHeadersOfWhole() throws IOException {
    faults.on(Operation.DEPLOY).next(Fault.truncateBody(10));
    deploy();
    String head = raw.head();
    assertThat(head).startsWith("HTTP/1.1 200 OK\r\n").contains("\r\nContent-Length: 3");
    assertThat(raw.rest()).isEqualTo("{\"id\":\"a\",");
    assertCreated(1);
    assertLast(true, OptionalInt.of(200));
  }

  @Test
  void truncateBody_beyondEnd_isWhole() throws IOException {
    faults.on(Operation.LIST).next(Fault.truncateBody(3));
    assertThat(list().rest()).endsWith("\r\n\r\n[]");
  }

  @Test
  void respond_ownResponse_isNotProcessed() throws IOException {
    faults
        .on(Operation.DEPLOY)
        .next(
            Fault.respond(503)
                .header("Retry-After", "0")
                .header("date", "never")
                .body("text/html", "<p>ü</p>"));
    assertThat(deploy().response())
        .isEqualTo(
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 9\r\nContent-Type: text/html\r\n"
                + "Date: never\r\nRetry-After: 0\r\n\r\n<p>Ã¼</p>");
    assertCreated(0);
    assertLast(false, OptionalInt.of(503));
    assertThat(list().response()).as("the connection goes on").endsWith("[]");
  }

  @Test
  void respond_afterProcessing_isProcessed() throws IOException {
    faults.on(Operation.DEPLOY).next(Fault.respond(504).afterProcessing());
    assertThat(deploy().response()).startsWith("HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0");
    assertCreated(1);
    assertLast(true, OptionalInt.of(504));
  }

  @Test
  void respond_bytesOrNoBody_byStatus() throws IOException {
    faults.on(Operation.LIST).next(Fault.respond(200).body("x/y", new byte[] {0, (byte) 0xFF}));
    assertThat(list().response()).endsWith("\r\n\r\n\0\377");
    faults.on(Operation.LIST).next(Fault.respond(204).body("text/plain", "not sent"));
    list();
    assertThat(raw.head()).startsWith("HTTP/1.1 204 No Content\r\n").doesNotContain("Length");
    assertThat(list().response()).endsWith("[]");
  }

  @Test
  void delay_beforeProcessing_endsWithClient() throws Exception {
    Faults.Rule rule = faults.on(Operation.DEPLOY).next(Fault.delayRequest(FOREVER));
    deploy();
    awaitHappened(rule);
    assertLast(false, OptionalInt.empty());
    for (int i = 0; i < 20; i++) {
      assertThat(caller.list().body()).isEqualTo("[]");
    }
    caller.deploy(Bodies.paid("a")).isCluster("a", "starting");
    raw.endOutput();
    assertThat(raw.rest()).contains("409 Conflict");
    assertCreated(1);
  }

  @Test
  void delay_clientResets_isProcessed() throws Exception {
    awaitHappened(delayedDeploy());
    raw.reset();
    await(() -> simulator.clustersOfProject("my-org", "default").timesCreated("a") == 1);
  }

  private Faults.Rule delayedDeploy() throws IOException {
    Faults.Rule rule = faults.on(Operation.DEPLOY).next(Fault.delayRequest(FOREVER));
    deploy();
    return rule;
  }

  @Test
  void delayResponse_request_isProcessed() throws Exception {
    faults.on(Operation.DEPLOY).next(Fault.delayResponse(FOREVER));
    deploy();
    await(() -> simulator.clustersOfProject("my-org", "default").timesCreated("a") == 1);
    await(() -> simulator.received().get(1).processed());
    assertLast(true, OptionalInt.empty());
    raw.endOutput();
    assertThat(raw.rest()).contains("200 OK").contains("\"id\":\"a\"");
  }

  @Test
  void delay_realTime_keepsPipelined() throws IOException {
    Duration delay = Duration.ofMillis(150);
    faults.on(Operation.LIST).next(Fault.delayRequest(delay));
    long began = System.nanoTime();
    list();
    list();
    assertThat(raw.response()).endsWith("[]");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(delay);
    assertThat(raw.response()).endsWith("[]");
    assertThat(list().response()).as("no timeout is left behind").endsWith("[]");
  }

  @Test
  void delay_muchPipelined_isNotLonger() throws IOException {
    faults.on(Operation.LIST).next(Fault.delayRequest(Duration.ofMillis(100)));
    list().request("GET", "/", "X: " + "y".repeat(60_000));
    assertThat(raw.response()).endsWith("[]");
    assertThat(raw.response()).contains("404");
  }

  @Test
  void close_endsDelay() throws Exception {
    awaitHappened(delayedDeploy());
    simulator.close();
    assertThat(ended(raw)).isTrue();
    await(() -> simulator.openConnections() == 0);
  }

  private static boolean ended(RawConnection connection) {
    try {
      return connection.rest().isEmpty();
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void slowResponse_arrivesInPieces() throws IOException {
    Duration pause = Duration.ofMillis(20);
    faults.on(Operation.LIST).next(Fault.throttle(20, pause));
    long began = System.nanoTime();
    String response = list().response();
    assertThat(response).startsWith("HTTP/1.1 200 OK\r\n").endsWith("[]");
    int pauses = (response.length() - 1) / 20;
    assertThat(pauses).isGreaterThan(3);
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isGreaterThanOrEqualTo(pause.multipliedBy(pauses));
    assertThat(list().response()).endsWith("[]");
  }

  @Test
  void slowResponse_stalls_afterFirstPiece() throws Exception {
    faults.on(Operation.LIST).next(Fault.throttle(5, FOREVER));
    list();
    for (char c : "HTTP/".toCharArray()) {
      assertThat(raw.readByte()).isEqualTo(c);
    }
    CompletableFuture<String> rest = new CompletableFuture<>();
    Thread reader = new Thread(() -> rest.complete(ended(raw) ? "ended" : "went on"));
    reader.setDaemon(true);
    reader.start();
    assertThatThrownBy(() -> rest.get(50, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    simulator.close();
    assertThat(rest.get(20, TimeUnit.SECONDS)).isEqualTo("ended");
  }

  @Test
  void status_unknown_onEveryCluster() {
    faults.on().always(Fault.clusterStatus("hibernating"));
    assertThat(caller.deploy(Bodies.paid("a")).json().path("status").textValue())
        .isEqualTo("hibernating");
    caller.deploy(Bodies.paid("b"));
    assertThat(caller.list().json().findValuesAsText("status"))
        .containsExactly("hibernating", "hibernating", "hibernating", "hibernating");
    caller.get("unknown").isError(404, "cluster_not_found");
    assertThat(simulator.clustersOfProject("my-org", "default").statuses().toString())
        .isEqualTo("{a=starting, b=starting}");
  }

  @Test
  void extraField_json_onEveryObject() {
    caller.deploy(Bodies.paid("a"));
    faults.on().always(Fault.extraField("extra", "{\"deep\":[1,null]}"));
    assertThat(caller.get("a").body()).endsWith(",\"extra\":{\"deep\":[1,null]}}");
    assertThat(caller.list().body()).endsWith(",\"extra\":{\"deep\":[1,null]}}]");
    assertThat(caller.get("b").body()).endsWith(",\"extra\":{\"deep\":[1,null]}}");
    assertThat(caller.at("/api/v1").send("GET", "/cluster-versions", "").body())
        .endsWith(",\"extra\":{\"deep\":[1,null]}}");
    faults.on(Operation.EXCHANGE_TOKEN).always(Fault.extraField("extra", "1"));
    assertThat(Caller.token(simulator)).doesNotContain("extra");
  }

  @Test
  void expireToken_staysExpired() {
    Caller other = Caller.project(simulator);
    faults.on(Operation.LIST).next(Fault.expireToken());
    caller.list().isError(401, "invalid_access_token");
    caller.list().isError(401, "invalid_access_token");
    assertThat(other.list().status()).isEqualTo(200);
    assertThat(Caller.project(simulator).list().status()).isEqualTo(200);
  }

  @Test
  void revokeToken_revokesApiToken() {
    simulator.addApiToken("bystander", "s", AccessLevel.READ);
    Caller bystander = caller.with(Caller.token(simulator, "bystander", "s"));
    Caller sibling = Caller.project(simulator);
    faults.on(Operation.LIST).next(Fault.revokeToken());
    caller.list().isError(401, "invalid_access_token");
    sibling.list().isError(401, "invalid_access_token");
    exchange().isError(400, "invalid_client_id");
    assertThat(bystander.list().status()).isEqualTo(200);
    simulator.addApiToken(simulator.clientId(), simulator.clientSecret(), AccessLevel.ADMIN);
    assertThat(exchange().status()).isEqualTo(200);
    faults.on(Operation.EXCHANGE_TOKEN).next(Fault.revokeToken());
    exchange().isError(400, "invalid_client_id");
    exchange().isError(400, "invalid_client_id");
  }

  private Response exchange() {
    String basic = "Basic " + simulator.clientId() + ":" + simulator.clientSecret();
    return Caller.send(simulator.url(), "POST", "/api/auth", basic, "");
  }

  @Test
  void authenticationOutage_canBeEnded() {
    Faults.Rule outage = faults.authenticationOutage();
    assertThat(exchange().status()).isEqualTo(503);
    assertThat(exchange().status()).isEqualTo(503);
    assertThat(caller.list().status()).isEqualTo(200);
    outage.remove();
    assertThat(exchange().status()).isEqualTo(200);
    assertThat(outage.occurrences()).isEqualTo(2);
  }

  @Test
  void arguments_invalid_areRejected() {
    Duration negative = Duration.ofNanos(-1);
    assertInvalid("-1", () -> Fault.truncateBody(-1));
    assertInvalid("PT-0.000000001S", () -> Fault.delayRequest(negative));
    assertInvalid("PT-0.000000001S", () -> Fault.delayResponse(negative));
    assertInvalid("PT-0.000000001S", () -> Fault.throttle(1, negative));
    assertInvalid("0 bytes", () -> Fault.throttle(0, Duration.ZERO));
    assertInvalid("199", () -> Fault.respond(199));
    assertInvalid("600", () -> Fault.respond(600));
    assertInvalid("invalid JSON", () -> Fault.extraField("a", "{"));
    assertInvalid("invalid JSON", () -> Fault.extraField("a", " "));
    assertInvalid("a b", () -> Fault.respond(200).header("a b", "c"));
    assertInvalid("content-length", () -> Fault.respond(200).header("content-length", "1"));
    assertInvalid("line end", () -> Fault.respond(200).header("a", "b\r\nc: d"));
    assertInvalid("line end", () -> Fault.respond(200).body("a\n", "b"));
    assertInvalid("0", () -> faults.on().next(0, Fault.resetConnection()));
    assertInvalid("0", () -> faults.on().nth(0, Fault.resetConnection()));
    assertInvalid("1.5", () -> faults.on().randomly(1.5, 1, Fault.resetConnection()));
    assertInvalid("NaN", () -> faults.on().randomly(Double.NaN, 1, Fault.resetConnection()));
    assertInvalid("ID", () -> faults.on().cluster(""));
    assertInvalid("unknown", () -> simulator.clustersOfProject("unknown", "default"));
    assertThat(faults.toString()).as("nothing was set").isEqualTo("Faults[]");
  }

  private static void assertInvalid(String word, Runnable setting) {
    assertThatThrownBy(setting::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(word);
  }

  @Test
  void bodyBytes_areCopied() throws IOException {
    byte[] bytes = "ab".getBytes(StandardCharsets.US_ASCII);
    faults.on(Operation.LIST).next(Fault.respond(200).body("text/plain", bytes));
    bytes[0] = 'x';
    assertThat(list().response()).endsWith("\r\n\r\nab");
  }

  private static void awaitHappened(Faults.Rule rule) {
    await(() -> rule.occurrences() == 1);
  }

  /** Looks again and again; the timeout of the tests ends what never comes. */
  private static void await(BooleanSupplier state) {
    while (!state.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
