package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the simulator records of requests, and shows to a listener. */
@Timeout(60)
class RequestJournalTest {

  private static final String SECRET = "s3cr3t/With+Slash \"=";

  private final BlockingQueue<ReceivedRequest> notified = new LinkedBlockingQueue<>();
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder()
          .apiToken("ci", SECRET, AccessLevel.WRITE)
          .requestListener(notified::add)
          .start();
  private final Caller space = Caller.space(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  private ReceivedRequest last() {
    List<ReceivedRequest> all = simulator.received();
    return all.get(all.size() - 1);
  }

  private ReceivedRequest notified() throws InterruptedException {
    ReceivedRequest request = notified.poll(20, TimeUnit.SECONDS);
    assertThat(request).isNotNull();
    return request;
  }

  @Test
  void fields_ofRequests_areRecorded() {
    space.deploy(Bodies.paid("a"));
    Caller.project(simulator).get("b");
    assertThat(simulator.received())
        .extracting(ReceivedRequest::number)
        .containsExactly(1L, 2L, 3L, 4L);
    ReceivedRequest deploy = simulator.received().get(1);
    assertThat(deploy.apiVersion()).isEqualTo("spaces");
    assertThat(deploy.clusterId()).isEmpty();
    assertThat(deploy.headers())
        .containsEntry("authorization", "***")
        .containsEntry("host", simulator.url().substring("http://".length()))
        .containsKey("user-agent");
    assertThat(deploy.faults()).isEmpty();
    assertThat(deploy.duration()).isPresent();
    ReceivedRequest get = last();
    assertThat(get.apiVersion()).isEqualTo("projects");
    assertThat(get.clusterId()).isEqualTo("b");
    simulator.clearReceived();
    space.list();
    assertThat(last().number()).isEqualTo(1);
  }

  @Test
  void unknownPath_fields_areEmpty() {
    space.at("/nowhere").list();
    assertThat(last().apiVersion()).isEmpty();
    assertThat(last().clusterId()).isEmpty();
    assertThat(last().operation()).isEmpty();
  }

  @Test
  void faults_thatHappened_areRecorded() {
    Duration delay = Duration.ofMillis(20);
    simulator.faults().on(Operation.LIST).next(Fault.delayRequest(delay));
    simulator.faults().on(Operation.LIST).next(Fault.respond(503).and(Fault.withoutDate()));
    simulator.faults().on(Operation.LIST).next(Fault.respond(504));
    space.list();
    assertThat(last().faults())
        .containsExactly(
            "Fault.delayRequest(PT0.02S)", "Fault.respond(503)", "Fault.withoutDate()");
    assertThat(last().duration().orElseThrow()).isGreaterThanOrEqualTo(delay);
  }

  @Test
  void inProgress_duration_isEmpty() {
    Optional<?>[] seen = new Optional<?>[1];
    simulator.faults().on(Operation.LIST).next(Fault.before(() -> seen[0] = last().duration()));
    space.list();
    assertThat(seen[0]).isEqualTo(Optional.empty());
    assertThat(last().duration()).isPresent();
  }

  @Test
  void secrets_inAnyPart_areMasked() throws IOException {
    String base64 =
        Base64.getEncoder().encodeToString(("ci:" + SECRET).getBytes(StandardCharsets.UTF_8));
    String json = "s3cr3t\\/With+Slash \\\"=";
    simulator
        .faults()
        .on(Operation.DEPLOY)
        .next(Fault.respond(400).body("text/plain", "not " + SECRET + " but " + base64));
    String body = "{\"id\":\"" + json + "\"}";
    try (RawConnection raw = new RawConnection(simulator)) {
      raw.send(
              "POST "
                  + Caller.SPACE
                  + "/clusters/deploy HTTP/1.1\r\nHost: x\r\nX-Copy: a "
                  + SECRET
                  + "\r\nX-Basic: "
                  + base64
                  + "\r\nCookie: session=1\r\nProxy-Authorization: Basic abc\r\n"
                  + "Authorization: Bearer my-access-token\r\nX-Token: my-access-token\r\n"
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
          .response();
    }
    ReceivedRequest request = last();
    assertThat(request.headers())
        .containsEntry("x-copy", "a ***")
        .containsEntry("cookie", "***")
        .containsEntry("proxy-authorization", "***")
        .containsEntry("x-token", "***");
    assertThat(request.headers().get("x-basic")).startsWith("***");
    assertThat(request.body()).isEqualTo("{\"id\":\"***\"}");
    assertThat(request.response()).startsWith("not *** but ***");
    space.get("s3cr3t%2FWith%2BSlash%20%22%3D").isError(404, "cluster_not_found");
    space.get("s3cr3t%2fWith%2bSlash%20%22%3d").isError(404, "cluster_not_found");
    assertThat(simulator.received().subList(2, 4))
        .allSatisfy(
            get -> {
              assertThat(get.path()).isEqualTo(Caller.SPACE + "/clusters/***");
              assertThat(get.clusterId()).isEqualTo("***");
              assertThat(get.response()).doesNotContain("s3cr3t");
            });
    space.list();
    assertThat(simulator.received().toString() + notified)
        .doesNotContain("s3cr3t", "my-access-token", space.accessToken(), base64.substring(0, 20));
  }

  @Test
  void secret_cutByLimit_isMaskedWhole() {
    Secrets secrets = Secrets.of(List.of(new ApiToken("ci", "0123456789", AccessLevel.READ, null)));
    String text = "x".repeat(995) + "0123456789y";
    assertThat(secrets.mask(text, 1000)).isEqualTo("x".repeat(995) + "***");
    assertThat(secrets.mask(text, 995)).isEqualTo("x".repeat(995));
    assertThat(secrets.mask("0123456789a0123456789012345678901", 1000)).isEqualTo("***a***01");
    assertThat(Secrets.NONE.mask(text, 1000)).hasSize(1000);
    assertThat(secrets.with("Basic ci:abc").mask("abc", 10)).as("too short").isEqualTo("abc");
    assertThat(secrets.with("Basic ci:abcd").mask("ci:abcd", 10)).isEqualTo("ci:***");
    assertThat(secrets.toString()).doesNotContain("0123456789");
  }

  @Test
  void secret_inMultiByteResponse_isMaskedAtTheLimit() {
    String body = "€".repeat(990) + SECRET + "z".repeat(5000);
    simulator.faults().on(Operation.LIST).next(Fault.respond(200).body("text/plain", body));
    space.list();
    assertThat(last().response()).isEqualTo("€".repeat(990) + "***");
  }

  @Test
  void texts_huge_areBounded() throws IOException {
    String many = ("X-%s: " + "v".repeat(900) + "\r\n").repeat(10);
    Object[] names = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
    try (RawConnection raw = new RawConnection(simulator)) {
      raw.send(
              "GET /"
                  + "p".repeat(5000)
                  + " HTTP/1.1\r\n"
                  + many.formatted(names)
                  + "Host: x\r\n\r\n")
          .response();
    }
    ReceivedRequest request = last();
    assertThat(request.path()).hasSize(1000);
    assertThat(request.headers().toString().length()).isBetween(1000, 4200);
    assertThat(request.response().length()).isLessThanOrEqualTo(1000);
  }

  @Test
  void listener_eachRequest_isNotifiedOnce() throws Exception {
    assertThat(notified().operation()).contains(Operation.EXCHANGE_TOKEN);
    space.list();
    ReceivedRequest list = notified();
    assertThat(list.status()).hasValue(200);
    assertThat(list).isEqualTo(last());
    simulator.faults().on(Operation.DEPLOY).next(Fault.loseResponse());
    assertThatThrownBy(() -> space.deploy(Bodies.paid("a")))
        .isInstanceOf(UncheckedIOException.class);
    ReceivedRequest lost = notified();
    assertThat(lost.status()).isEmpty();
    assertThat(lost.processed()).isTrue();
    assertThat(lost.duration()).isPresent();
    try (RawConnection raw = new RawConnection(simulator)) {
      raw.send("nonsense\r\n\r\n").head();
    }
    ReceivedRequest invalid = notified();
    assertThat(invalid.number()).isZero();
    assertThat(invalid.status()).hasValue(400);
    assertThat(invalid.path()).isEmpty();
    assertThat(notified).isEmpty();
    assertThat(simulator.receivedCount()).isEqualTo(3);
  }

  @Test
  void listener_throws_harmsNothing() {
    try (TypeDBCloudSimulator other =
        TypeDBCloudSimulator.builder()
            .requestListener(
                request -> {
                  if (request.number() == 1) {
                    throw new IllegalStateException("thrown by the test");
                  }
                  throw new AssertionError("thrown by the test");
                })
            .start()) {
      Caller caller = Caller.space(other);
      caller.deploy(Bodies.paid("a")).isCluster("a", "starting");
      assertThat(caller.list().status()).isEqualTo(200);
      assertThat(other.receivedCount()).isEqualTo(3);
    }
  }
}
