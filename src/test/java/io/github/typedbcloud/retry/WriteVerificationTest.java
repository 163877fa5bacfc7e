package io.github.typedbcloud.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.OutcomeUnknownException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.model.BackupConfiguration;
import io.github.typedbcloud.model.BackupFrequency;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.support.ServerFault;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A write of unknown outcome is verified by reading the cluster, and sent again only where that can
 * do no harm. Reads are consistent at once here; {@code LaggingServiceTest} has those that lag.
 */
class WriteVerificationTest {

  private static final Instant NOW = Instant.parse("2025-01-30T17:00:00Z");

  private static final Cluster ORIGINAL = original("api-cluster").build();

  private final MockCloud cloud = new MockCloud();
  private final ManualTime time = new ManualTime(NOW);
  private final TypeDBCloudClient client =
      TypeDBCloudClient.builder()
          .baseUrl(cloud.url())
          .credentials(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET)
          .timeSource(time)
          .build();

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  static Stream<Arguments> writesInTrouble() {
    return ApiCall.writes().stream()
        .flatMap(write -> Stream.of(ServerFault.values()).map(fault -> Arguments.of(write, fault)));
  }

  static List<ApiCall> writes() {
    return ApiCall.writes();
  }

  @ParameterizedTest
  @MethodSource("writesInTrouble")
  void write_applied_isNotSentAgain(ApiCall write, ServerFault fault) {
    cloud.enqueue(fault.of(write.response())).enqueue(done(write));

    assertThat(write.on(client)).isEqualTo(result(write));

    assertThat(requestLines()).containsExactly(write.requestLine(), reading(write));
  }

  @ParameterizedTest
  @MethodSource("writesInTrouble")
  void write_notApplied_isSentAgain(ApiCall write, ServerFault fault) {
    if (fault == ServerFault.CUT_SHORT) {
      return; // The service says that it was applied: see write_neverApplied_outcomeUnknown.
    }
    cloud
        .enqueue(fault.of(write.response()))
        .enqueue(notDone(write))
        .enqueue(fault.of(write.response()))
        .enqueue(notDone(write))
        .enqueue(200, write.response());

    assertThat(write.on(client)).isEqualTo(Cluster.fromMap(read(write.response())));

    assertThat(requestLines())
        .containsExactly(
            write.requestLine(),
            reading(write),
            write.requestLine(),
            reading(write),
            write.requestLine());
    assertThat(cloud.calls())
        .filteredOn(call -> !call.getMethod().equals("GET"))
        .extracting(call -> call.getBody() == null ? "" : call.getBody().utf8())
        .containsOnly(write.requestBody());
  }

  @ParameterizedTest
  @MethodSource("writesInTrouble")
  void verification_failingRead_isRetried(ApiCall write, ServerFault fault) {
    cloud.enqueue(fault.of(write.response()));
    for (int i = 0; i < 6; i++) {
      cloud.enqueue(fault.of(""));
    }
    cloud.enqueue(done(write));

    assertThat(write.on(client)).isEqualTo(result(write));

    assertThat(requestLines()).hasSize(8).filteredOn(write.requestLine()::equals).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("writesInTrouble")
  void verification_failsUntilDeadline_outcomeUnknown(ApiCall write, ServerFault fault) {
    cloud.respondToCalls(call -> fault.of(write.response().substring(1)));

    OutcomeUnknownException unknown =
        catchThrowableOfType(OutcomeUnknownException.class, () -> write.on(client));

    assertThat(unknown)
        .hasMessageStartingWith(write.operation() + " of cluster 'api-cluster' in ")
        .hasMessageEndingWith(
            "It may or may not have been applied; read cluster '%s' in %s before you retry.",
            write.resultId(), write.scope());
    assertThat(unknown.getSuppressed())
        .singleElement()
        .isInstanceOf(TypeDBCloudException.class)
        .asString()
        .contains(write.operation().equals("clone") ? "list of " : "get of ");
    assertThat(requestLines()).filteredOn(write.requestLine()::equals).hasSize(1);
    assertThat(time.elapsed()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @MethodSource("writesInTrouble")
  void write_neverApplied_outcomeUnknown(ApiCall write, ServerFault fault) {
    cloud.respondToCalls(
        call -> call.getMethod().equals("GET") ? notDone(write) : fault.of(write.response()));

    OutcomeUnknownException unknown =
        catchThrowableOfType(OutcomeUnknownException.class, () -> write.on(client));

    // It may be applied late, so nobody can say that it is safe to call again.
    assertThat(unknown)
        .hasMessageContaining(
            "reading the cluster did not show whether it was applied; last seen: ")
        .hasMessageEndingWith(
            "It may or may not have been applied; read cluster '%s' in %s before you retry.",
            write.resultId(), write.scope());
    assertThat(unknown.lastReadAt()).contains(time.now());
    assertThat(unknown.lastSeen().isPresent())
        .isEqualTo(!write.operation().matches("deploy|clone"));
    assertThat(unknown.rejection()).isEmpty();
    // After a success that cannot be read, no other attempt follows.
    assertThat(requestLines())
        .filteredOn(write.requestLine()::equals)
        .hasSize(fault == ServerFault.CUT_SHORT ? 1 : 4);
    // The window also counts the little time of the machine that the requests take.
    assertThat(time.elapsed()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(15));
  }

  @ParameterizedTest
  @MethodSource("writes")
  void retry_rejectedAfterApplied_isSuccess(ApiCall write) {
    // Done between the reading and the second sending, which it makes impossible.
    for (int status : new int[] {400, 404, 409}) {
      // So that the reads cannot be older than the last write.
      time.advance(Duration.ofMinutes(1));
      cloud
          .enqueue(ServerFault.LOST.of(""))
          .enqueue(notDone(write))
          .enqueue(status, Payloads.error("NO", "not any more"))
          .enqueue(done(write));

      assertThat(write.on(client)).isEqualTo(result(write));
    }
  }

  @ParameterizedTest
  @MethodSource("writes")
  void retry_rejectedNotApplied_outcomeUnknown(ApiCall write) {
    for (int status : new int[] {400, 403, 404, 409}) {
      cloud
          .enqueue(ServerFault.LOST.of(""))
          .enqueue(notDone(write))
          .enqueue(status, Payloads.error("NO", "not any more"))
          .respondToCalls(call -> notDone(write));
      int sent = requestLines().size();

      assertThatThrownBy(() -> write.on(client))
          .isInstanceOfSatisfying(
              OutcomeUnknownException.class,
              unknown -> assertThat(unknown.rejection().orElseThrow().status()).isEqualTo(status))
          .hasMessageContaining("a later attempt was rejected with HTTP " + status);

      // The rejection may be caused by the first attempt, so no third one follows.
      assertThat(requestLines().subList(sent, requestLines().size()))
          .filteredOn(write.requestLine()::equals)
          .hasSize(2);
    }
  }

  @ParameterizedTest
  @MethodSource("writes")
  void write_rejectedAtOnce_isFinal(ApiCall write) {
    for (int status : new int[] {400, 403, 404}) {
      cloud.enqueue(status, Payloads.error("NO", "not at all"));
      int sent = requestLines().size();

      assertThatThrownBy(() -> write.on(client))
          .isInstanceOfSatisfying(
              ApiException.class, error -> assertThat(error.status()).isEqualTo(status));

      assertThat(requestLines()).hasSize(sent + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // The cluster that has the ID was created before the call, or by it.
    "PROJECT_DEPLOY, -1, false",
    "PROJECT_DEPLOY, 0, true",
    "SPACE_CLONE, -1, false",
    "SPACE_CLONE, 0, true",
  })
  void conflict_atOnce_isChecked(ApiCall write, int age, boolean ours) {
    Cluster seen = result(write).toBuilder().createdAt(NOW.plusSeconds(age)).build();
    cloud.respondToCalls(
        call -> {
          if (call.getMethod().equals("GET")) {
            return readResponse(write, seen);
          }
          return MockCloud.json(409, Payloads.error("IN_USE", "taken"));
        });
    // No time passes on the service's clock, and less than a second on the client's.
    if (ours) {
      assertThat(write.on(client)).isEqualTo(seen);
    } else {
      assertThatThrownBy(() -> write.on(client)).isInstanceOf(ConflictException.class);
    }

    assertThat(requestLines()).startsWith(write.requestLine(), reading(write));
    // A service whose clock stands still is read until it is clear that it does.
    assertThat(requestLines()).hasSizeBetween(ours ? 10 : 2, ours ? 20 : 2);
  }

  /** The clock of the service shows seconds; the read that sees one start shows more. */
  @ParameterizedTest
  @CsvSource({
    "PROJECT_DEPLOY, -700, false",
    "PROJECT_DEPLOY, -250, false",
    "PROJECT_DEPLOY, 0, true",
    "PROJECT_DEPLOY, 5, true",
    "SPACE_CLONE, -250, false",
    "SPACE_CLONE, 5, true",
  })
  void conflict_withinSecond_isDecided(ApiCall write, int millis, boolean ours) {
    // The request is sent 800 ms after a second started on the service's clock.
    Instant sent = NOW.plusMillis(800);
    Duration start = time.elapsed();
    Cluster seen = result(write).toBuilder().createdAt(sent.plusMillis(millis)).build();
    cloud.respondToCalls(
        call -> {
          if (!call.getMethod().equals("GET")) {
            return MockCloud.json(409, Payloads.error("IN_USE", "taken"));
          }
          Instant now = sent.plus(time.elapsed().minus(start));
          String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
          return readResponse(write, seen).newBuilder().setHeader("Date", date).build();
        });

    if (ours) {
      assertThat(write.on(client)).isEqualTo(seen);
    } else {
      assertThatThrownBy(() -> write.on(client)).isInstanceOf(ConflictException.class);
    }
    assertThat(requestLines()).filteredOn(write.requestLine()::equals).hasSize(1);
  }

  @Test
  void conflict_absentCluster_isReadAgain() {
    cloud
        .enqueue(409, Payloads.error("IN_USE", "taken"))
        .enqueue(notDone(ApiCall.PROJECT_DEPLOY))
        .enqueue(notDone(ApiCall.PROJECT_DEPLOY))
        .respondToCalls(call -> done(ApiCall.PROJECT_DEPLOY));

    assertThat(ApiCall.PROJECT_DEPLOY.on(client)).isEqualTo(result(ApiCall.PROJECT_DEPLOY));

    assertThat(requestLines()).filteredOn(ApiCall.PROJECT_DEPLOY.requestLine()::equals).hasSize(1);
  }

  @Test
  void conflict_failingRead_isConflict() {
    cloud.enqueue(409, Payloads.error("IN_USE", "taken"));

    assertThatThrownBy(() -> ApiCall.PROJECT_DEPLOY.on(client))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("taken");

    assertThat(requestLines()).hasSize(2);
  }

  @Test
  void conflict_withOwnCluster_isConflict() {
    cloud
        .enqueue(200, ApiCall.PROJECT_DEPLOY.response())
        .enqueue(409, Payloads.error("IN_USE", "taken"))
        .enqueue(200, ApiCall.PROJECT_DEPLOY.response());

    ApiCall.PROJECT_DEPLOY.on(client);

    assertThatThrownBy(() -> ApiCall.PROJECT_DEPLOY.on(client))
        .isInstanceOf(ConflictException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "region, europe-west3",
    "provider, aws",
    "machineType, c2d-highcpu-4",
    "version, 3.0.5",
    "serverCount, 3",
    "storageSizeGB, 11",
    "isFree, false",
  })
  void deploy_otherCluster_isConflict(String field, String value) {
    Cluster ours = result(ApiCall.PROJECT_DEPLOY);
    Map<String, @Nullable Object> json = new LinkedHashMap<String, @Nullable Object>(ours.toMap());
    json.put(field, field.matches("server.*|storage.*|is.*") ? read(value, Object.class) : value);
    cloud.enqueue(ServerFault.LOST.of("")).enqueue(200, write(json));

    assertThatThrownBy(() -> ApiCall.PROJECT_DEPLOY.on(client))
        .isInstanceOfSatisfying(
            ConflictException.class,
            conflict -> {
              assertThat(conflict.status()).isEqualTo(409);
              assertThat(conflict.call().method()).isEqualTo("POST");
            })
        .hasMessageContaining("It was not applied")
        .hasMessageContaining("has the ID")
        .hasMessageContaining("Choose another ID");

    assertThat(cloud.calls()).hasSize(2);
  }

  @Test
  void deploy_conflictOnRetry_isConflict() {
    Cluster others = result(ApiCall.PROJECT_DEPLOY).toBuilder().region("europe-west3").build();
    cloud
        .enqueue(ServerFault.LOST.of(""))
        .enqueue(notDone(ApiCall.PROJECT_DEPLOY))
        .enqueue(409, Payloads.error("IN_USE", "the service's words"))
        .enqueue(clusterResponse(others));

    assertThatThrownBy(() -> ApiCall.PROJECT_DEPLOY.on(client))
        .isInstanceOfSatisfying(
            ConflictException.class,
            conflict -> {
              assertThat(conflict.code()).isEqualTo("IN_USE");
              assertThat(conflict.serviceMessage()).isEqualTo("the service's words");
            })
        .hasMessageContaining("europe-west3");
  }

  /**
   * The write takes 10 s, and the clocks of the services may differ by 2 s. A cluster that is
   * older, or from the future, may be the write's own if one of these clocks is wrong.
   */
  @ParameterizedTest
  @CsvSource({
    "PROJECT_DEPLOY, PT-11.999S, true",
    "PROJECT_DEPLOY, PT-12.001S, false",
    "PROJECT_DEPLOY, PT0S, true",
    "PROJECT_DEPLOY, PT2S, true",
    "PROJECT_DEPLOY, PT5S, false",
    "SPACE_CLONE, PT-11.999S, true",
    "SPACE_CLONE, PT-12.001S, false",
  })
  void deploy_olderCluster_outcomeUnknown(ApiCall write, Duration created, boolean ours) {
    // Years apart from ours, which does not matter. The pause before the reading counts too.
    Instant services = Instant.parse("2031-05-06T07:08:09Z");
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(services.atOffset(ZoneOffset.UTC));
    Instant begun = time.now();
    cloud.respondToCalls(
        call -> {
          if (!call.getMethod().equals("GET")) {
            time.advance(Duration.ofSeconds(10));
            return ServerFault.LOST.of("");
          }
          Duration paused = Duration.between(begun, time.now()).minusSeconds(10);
          Instant createdAt =
              created.isNegative() ? services.plus(created).minus(paused) : services.plus(created);
          return readResponse(write, result(write).toBuilder().createdAt(createdAt).build())
              .newBuilder()
              .setHeader("Date", date)
              .build();
        });

    if (ours) {
      assertThat(((Cluster) write.on(client)).id()).isEqualTo(write.resultId());
      assertThat(cloud.calls()).hasSize(2);
    } else {
      assertThatThrownBy(() -> write.on(client))
          .isInstanceOfSatisfying(
              OutcomeUnknownException.class,
              unknown ->
                  assertThat(unknown.lastSeen().orElseThrow().id()).isEqualTo(write.resultId()));
    }
    assertThat(requestLines()).filteredOn(write.requestLine()::equals).hasSize(1);
  }

  /**
   * Without a clock of the service, only a cluster that was not there before is the write's own.
   */
  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true"})
  void deploy_unknownAge_mustHaveBeenAbsent(boolean hasDate, boolean hasCreatedAt) {
    for (Instant wallClock : new Instant[] {NOW, NOW.minusSeconds(60), NOW.plusSeconds(60)}) {
      time.setWallClock(wallClock);
      Instant createdAt = hasCreatedAt ? (hasDate ? NOW.plusSeconds(9) : NOW) : Instant.EPOCH;
      Cluster seen = result(ApiCall.PROJECT_DEPLOY).toBuilder().createdAt(createdAt).build();
      MockResponse found = clusterResponse(seen).newBuilder().build();
      MockResponse response = hasDate ? found : found.newBuilder().removeHeader("Date").build();
      cloud.enqueue(ServerFault.LOST.of("")).respondToCalls(call -> response);

      assertThatThrownBy(() -> ApiCall.PROJECT_DEPLOY.on(client))
          .isInstanceOf(OutcomeUnknownException.class);

      cloud
          .enqueue(ServerFault.LOST.of(""))
          .enqueue(notDone(ApiCall.PROJECT_DEPLOY))
          .enqueue(409, Payloads.error("IN_USE", "taken"));
      assertThat(ApiCall.PROJECT_DEPLOY.on(client)).isEqualTo(seen);
    }
  }

  /** A success that cannot be read, from a service without a clock. */
  @Test
  void deploy_emptySuccess_isVerified() {
    for (int status : new int[] {200, 204}) {
      Cluster seen = result(ApiCall.PROJECT_DEPLOY);
      cloud
          .enqueue(MockCloud.text(status, ""))
          .enqueue(clusterResponse(seen).newBuilder().removeHeader("Date").build());

      assertThat(ApiCall.PROJECT_DEPLOY.on(client)).isEqualTo(seen);
    }
    assertThat(requestLines()).filteredOn(ApiCall.PROJECT_DEPLOY.requestLine()::equals).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void response_ofOtherCluster_isVerified(ApiCall write) {
    String other = write.response().replace("\"id\":\"" + write.resultId(), "\"id\":\"production");
    cloud.enqueue(200, other).enqueue(done(write));

    assertThat(write.on(client)).isEqualTo(result(write));

    assertThat(requestLines()).containsExactly(write.requestLine(), reading(write));
  }

  @Test
  void clone_differs_isConflict() {
    Cluster other = result(ApiCall.SPACE_CLONE).toBuilder().machineType("c2d-highcpu-4").build();
    cloud.enqueue(ServerFault.LOST.of("")).enqueue(readResponse(ApiCall.SPACE_CLONE, other));

    assertThatThrownBy(() -> ApiCall.SPACE_CLONE.on(client)).isInstanceOf(ConflictException.class);
  }

  /** The bytes behind a response are read as the response to the next request. */
  @Test
  void response_leftOverOnConnection_isNotTaken() {
    String error = Payloads.error("NO", "not now");
    String other = ApiCall.SPACE_DESTROY.response().replace("api-cluster", "production");
    String leftOver =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(other.length(), other);
    cloud
        .enqueue(
            new MockResponse.Builder()
                .code(400)
                .body(error + leftOver)
                .setHeader("Content-Length", error.length())
                .build())
        .respondToCalls(
            call ->
                call.getMethod().equals("GET")
                    ? done(ApiCall.SPACE_DESTROY)
                    : MockCloud.json(200, ApiCall.SPACE_DESTROY.response()));
    assertThatThrownBy(() -> ApiCall.SPACE_SUSPEND.on(client)).isInstanceOf(ApiException.class);

    Cluster destroyed = (Cluster) ApiCall.SPACE_DESTROY.on(client);

    assertThat(destroyed.id()).isEqualTo("api-cluster");
    assertThat(requestLines()).contains(reading(ApiCall.SPACE_DESTROY));
  }

  @ParameterizedTest
  @CsvSource({
    "PROJECT_SUSPEND, suspending, APPLIED",
    "PROJECT_SUSPEND, suspended, APPLIED",
    "PROJECT_SUSPEND, running, SENT_AGAIN",
    "PROJECT_SUSPEND, starting, SENT_AGAIN",
    "PROJECT_SUSPEND, hibernating, SENT_AGAIN",
    "PROJECT_SUSPEND, resuming, UNKNOWN",
    "PROJECT_SUSPEND, destroying, UNKNOWN",
    "PROJECT_RESUME, resuming, APPLIED",
    "PROJECT_RESUME, running, APPLIED",
    "PROJECT_RESUME, suspended, SENT_AGAIN",
    "PROJECT_RESUME, suspending, UNKNOWN",
    "PROJECT_RESUME, destroying, UNKNOWN",
    "PROJECT_DESTROY, destroying, APPLIED",
    "PROJECT_DESTROY, suspended, SENT_AGAIN",
    "PROJECT_DESTROY, failed, SENT_AGAIN",
  })
  void status_showsOutcome(ApiCall write, String status, String outcome) {
    Cluster seen = ORIGINAL.toBuilder().status(ClusterStatus.of(status)).build();
    cloud.enqueue(ServerFault.LOST.of("")).enqueue(clusterResponse(seen));
    if (outcome.equals("UNKNOWN")) {
      cloud.respondToCalls(call -> clusterResponse(seen));

      assertThatThrownBy(() -> write.on(client)).isInstanceOf(OutcomeUnknownException.class);
      assertThat(requestLines()).filteredOn(write.requestLine()::equals).hasSize(1);
    } else {
      cloud.enqueue(200, write.response());

      write.on(client);
      assertThat(cloud.calls()).hasSize(outcome.equals("APPLIED") ? 2 : 3);
    }
  }

  /**
   * The response takes so long that somebody can have undone the write, which the same state as
   * before may be the sign of.
   */
  @ParameterizedTest
  @CsvSource({
    "PROJECT_SUSPEND, PT0.7S, true",
    "PROJECT_SUSPEND, PT1.1S, false",
    "SPACE_RESUME, PT0.7S, true",
    "SPACE_RESUME, PT1.1S, false",
    "SPACE_UPDATE, PT0.7S, true",
    "SPACE_UPDATE, PT1.1S, false",
  })
  void write_slowAttempt_isNotSentAgain(ApiCall write, Duration took, boolean again) {
    cloud.respondToCalls(
        call -> {
          if (call.getMethod().equals("GET")) {
            return notDone(write);
          }
          time.advance(took);
          return ServerFault.GATEWAY_TIMEOUT.of("");
        });

    assertThatThrownBy(() -> write.on(client))
        .isInstanceOfSatisfying(
            OutcomeUnknownException.class, unknown -> assertThat(unknown.lastSeen()).isPresent())
        .hasMessageContaining("last seen: ");

    assertThat(requestLines())
        .filteredOn(write.requestLine()::equals)
        .hasSizeBetween(again ? 2 : 1, again ? 4 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROJECT_DESTROY", "SPACE_DESTROY"})
  void destroy_absent_isSuccess(ApiCall destroy) {
    cloud
        .enqueue(ServerFault.LOST.of(""))
        .enqueue(404, Payloads.error("NOT_FOUND", "no such cluster"))
        // The scope exists.
        .enqueue(200, "[]");

    assertThat(destroy.on(client))
        .isEqualTo(
            Cluster.builder("api-cluster")
                .owner(destroy.scope())
                .status(ClusterStatus.DESTROYING)
                .build());
    assertThat(cloud.calls()).hasSize(3);
  }

  /** A wrong space has no clusters either. */
  @Test
  void destroy_absentScope_isNotFound() {
    cloud
        .enqueue(ServerFault.LOST.of(""))
        .enqueue(404, Payloads.error("NOT_FOUND", "no such cluster"))
        .enqueue(404, Payloads.error("NOT_FOUND", "no such space"));

    assertThatThrownBy(() -> ApiCall.SPACE_DESTROY.on(client))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no such space");
  }

  /** Reads may still show that there is no cluster. */
  @Test
  void destroy_absentAfterOwnDeploy_isNotBelieved() {
    cloud
        .enqueue(200, ApiCall.SPACE_DEPLOY.response())
        .enqueue(ServerFault.SERVICE_UNAVAILABLE.of(""))
        .enqueue(404, Payloads.error("NOT_FOUND", "no such cluster"))
        .enqueue(404, Payloads.error("NOT_FOUND", "no such cluster"))
        .enqueue(200, ApiCall.SPACE_DESTROY.response())
        .enqueue(200, ApiCall.SPACE_DESTROY.response());
    ApiCall.SPACE_DEPLOY.on(client);

    // The read shows the cluster that this client deployed, so it is destroyed again.
    ApiCall.SPACE_DESTROY.on(client);

    assertThat(requestLines()).filteredOn(ApiCall.SPACE_DESTROY.requestLine()::equals).hasSize(2);
  }

  /** Read 1 s after the resume of this client, which it may not show yet. */
  @Test
  void suspend_afterOwnResume_isNotVerifiedByOldState() {
    Cluster suspended = ORIGINAL.toBuilder().status(ClusterStatus.SUSPENDED).build();
    cloud
        .enqueue(200, ApiCall.SPACE_RESUME.response())
        .enqueue(ServerFault.SERVICE_UNAVAILABLE.of(""))
        .respondToCalls(
            call ->
                clusterResponse(
                    time.elapsed().compareTo(Duration.ofSeconds(3)) < 0 ? suspended : ORIGINAL));
    ApiCall.SPACE_RESUME.on(client);

    assertThatThrownBy(() -> ApiCall.SPACE_SUSPEND.on(client))
        .isInstanceOf(OutcomeUnknownException.class);

    assertThat(requestLines()).filteredOn(ApiCall.SPACE_SUSPEND.requestLine()::equals).hasSize(1);
  }

  @Test
  void destroy_createdSince_isNotDestroyed() {
    // By the service's clock 10 s old, when 20 s have passed since the request.
    Cluster next = ORIGINAL.toBuilder().createdAt(NOW.minusSeconds(10)).build();
    cloud.respondToCalls(
        call -> {
          if (call.getMethod().equals("GET")) {
            return clusterResponse(next);
          }
          time.advance(Duration.ofSeconds(20));
          return ServerFault.GATEWAY_TIMEOUT.of("");
        });

    assertThatThrownBy(() -> client.clusters(Fixtures.SPACE).destroy("api-cluster"))
        .isInstanceOfSatisfying(
            OutcomeUnknownException.class,
            unknown -> assertThat(unknown.lastSeen()).contains(next));

    assertThat(requestLines()).filteredOn(line -> line.startsWith("DELETE")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    // Older than the call, but the response took so long that the clocks would have to decide
    // alone.
    "PT-60S, PT0S, true",
    "PT-60S, PT20S, false",
    // Perhaps deployed since.
    "PT0S, PT0S, false",
    // The clock of createdAt is ahead of that of the response: was there promptly, or unknown.
    "PT60S, PT0S, true",
    "PT60S, PT20S, false",
  })
  void destroy_stillThere_isSentAgain(Duration created, Duration took, boolean again) {
    Cluster seen = ORIGINAL.toBuilder().createdAt(NOW.plus(created)).build();
    cloud.respondToCalls(
        call -> {
          if (call.getMethod().equals("GET")) {
            return clusterResponse(seen);
          }
          time.advance(took);
          return ServerFault.GATEWAY_TIMEOUT.of("");
        });

    assertThatThrownBy(() -> client.clusters(Fixtures.SPACE).destroy("api-cluster"))
        .isInstanceOf(OutcomeUnknownException.class);

    assertThat(requestLines())
        .filteredOn(line -> line.startsWith("DELETE"))
        .hasSizeGreaterThanOrEqualTo(again ? 2 : 1)
        .hasSizeLessThanOrEqualTo(again ? 4 : 1);
  }

  /** The second attempt is throttled; meanwhile the first is applied, and the ID deployed again. */
  @Test
  void destroy_replacedBeforeRetry_isSuccess() {
    Cluster next = ORIGINAL.toBuilder().createdAt(NOW.plusSeconds(1)).build();
    cloud
        .enqueue(ServerFault.GATEWAY_TIMEOUT.of(""))
        .enqueue(clusterResponse(ORIGINAL))
        .enqueue(MockCloud.text(429, "").newBuilder().setHeader("Retry-After", "4").build())
        .enqueue(clusterResponse(ORIGINAL))
        .enqueue(clusterResponse(next));

    assertThat(client.clusters(Fixtures.SPACE).destroy("api-cluster").status())
        .isEqualTo(ClusterStatus.DESTROYING);

    assertThat(requestLines()).filteredOn(line -> line.startsWith("DELETE")).hasSize(2);
    assertThat(time.elapsed()).isGreaterThan(Duration.ofMillis(3500));
  }

  @Test
  void destroy_unknownAge_isRetried() {
    Cluster undated = ORIGINAL.toBuilder().createdAt(Instant.EPOCH).build();
    cloud
        .enqueue(ServerFault.LOST.of(""))
        .enqueue(clusterResponse(undated))
        .enqueue(200, ApiCall.SPACE_DESTROY.response());

    client.clusters(Fixtures.SPACE).destroy("api-cluster");

    assertThat(cloud.calls()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "20, c2d-highcpu-4, 3.5.1, true",
    "10, c2d-highcpu-4, 3.5.1, false",
    "20, c2d-highcpu-2, 3.5.1, false",
    "20, c2d-highcpu-4, 3.0.6, false",
  })
  void update_fields_showOutcome(int storage, String machine, String version, boolean done) {
    UpdateClusterRequest request =
        UpdateClusterRequest.builder()
            .storageSizeGB(20)
            .machineType("c2d-highcpu-4")
            .version("3.5.1")
            .build();
    Cluster seen =
        ORIGINAL.toBuilder().storageSizeGB(storage).machineType(machine).version(version).build();
    cloud
        .enqueue(ServerFault.LOST.of(""))
        .enqueue(clusterResponse(seen))
        .enqueue(200, ApiCall.SPACE_UPDATE.response());

    Cluster updated = client.clusters(Fixtures.SPACE).update("api-cluster", request);

    assertThat(cloud.calls()).hasSize(done ? 2 : 3);
    assertThat(updated.equals(seen)).isEqualTo(done);
  }

  @Test
  void update_notVisible_outcomeUnknown() {
    UpdateClusterRequest request =
        UpdateClusterRequest.builder()
            .backup(BackupConfiguration.of(BackupFrequency.HOURLY, 7))
            .build();
    cloud.respondToCalls(
        call ->
            call.getMethod().equals("GET") ? clusterResponse(ORIGINAL) : ServerFault.LOST.of(""));

    assertThatThrownBy(() -> client.clusters(Fixtures.SPACE).update("api-cluster", request))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("and reading the cluster did not show whether it was applied");

    assertThat(requestLines()).filteredOn(line -> line.startsWith("PATCH")).hasSize(4);
  }

  @Test
  void outcomeUnknown_retryAfter_isReported() {
    cloud.respondToCalls(
        call -> MockCloud.text(503, "").newBuilder().setHeader("Retry-After", "3600").build());

    assertThatThrownBy(() -> ApiCall.PROJECT_DEPLOY.on(client))
        .isInstanceOfSatisfying(
            OutcomeUnknownException.class,
            unknown -> assertThat(unknown.retryAfter()).contains(Duration.ofHours(1)));

    assertThat(requestLines())
        .containsExactly(ApiCall.PROJECT_DEPLOY.requestLine(), reading(ApiCall.PROJECT_DEPLOY));
    assertThat(time.elapsed()).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void verification_retryAfter_isKept() {
    ApiCall write = ApiCall.SPACE_SUSPEND;
    cloud.enqueue(MockCloud.text(503, "").newBuilder().setHeader("Retry-After", "7").build());
    cloud.enqueue(MockCloud.text(503, "").newBuilder().setHeader("Retry-After", "9").build());
    cloud.enqueue(done(write));

    assertThat(write.on(client)).isEqualTo(result(write));

    // One read is made promptly, because without it nothing would be known.
    assertThat(time.elapsed()).isBetween(Duration.ofSeconds(9), Duration.ofMillis(9200));
  }

  /** As for reads: no attempt before the time that the service requests. */
  @ParameterizedTest
  @MethodSource("writes")
  void retry_retryAfter_isKept(ApiCall write) {
    cloud.enqueue(MockCloud.text(503, "").newBuilder().setHeader("Retry-After", "2").build());
    cloud.respondToCalls(
        call ->
            call.getMethod().equals("GET")
                ? notDone(write)
                : MockCloud.json(200, write.response()));

    write.on(client);

    assertThat(time.elapsed()).isBetween(Duration.ofMillis(1900), Duration.ofMillis(2400));
    assertThat(requestLines())
        .containsExactly(write.requestLine(), reading(write), reading(write), write.requestLine());
  }

  @ParameterizedTest
  @MethodSource("writes")
  void retry_retryAfterTooLong_isNotSent(ApiCall write) {
    cloud.respondToCalls(
        call ->
            call.getMethod().equals("GET")
                ? notDone(write)
                : MockCloud.text(503, "").newBuilder().setHeader("Retry-After", "3600").build());

    assertThatThrownBy(() -> write.on(client))
        .isInstanceOfSatisfying(
            OutcomeUnknownException.class,
            unknown -> assertThat(unknown.retryAfter()).contains(Duration.ofHours(1)));

    assertThat(requestLines()).containsExactly(write.requestLine(), reading(write), reading(write));
  }

  private static Cluster.Builder original(String id) {
    return Cluster.fromMap(read(Payloads.SPACE_CLUSTER.replace("api-cluster", id))).toBuilder()
        .createdAt(NOW.minus(Duration.ofDays(30)))
        .status(ClusterStatus.RUNNING);
  }

  /** The cluster as a reading shows it when the write was done. */
  private static Cluster result(ApiCall write) {
    Cluster.Builder cluster = original(write.resultId()).owner(write.scope());
    return switch (write) {
      case PROJECT_DEPLOY -> cluster.status(ClusterStatus.STARTING).createdAt(NOW).build();
      case SPACE_DEPLOY ->
          Cluster.fromMap(read(write.requestBody())).toBuilder()
              .status(ClusterStatus.STARTING)
              .createdAt(NOW)
              .owner(write.scope())
              // As the service returns it.
              .storageType("gp2")
              .additionalProperties(Map.of())
              .build();
      case SPACE_CLONE -> cluster.status(ClusterStatus.STARTING).createdAt(NOW).build();
      case SPACE_UPDATE ->
          cluster.storageSizeGB(20).machineType("c2d-highcpu-4").version("3.5.1").build();
      case PROJECT_SUSPEND, SPACE_SUSPEND -> cluster.status(ClusterStatus.SUSPENDING).build();
      case PROJECT_RESUME, SPACE_RESUME -> cluster.status(ClusterStatus.RESUMING).build();
      case PROJECT_DESTROY, SPACE_DESTROY -> cluster.status(ClusterStatus.DESTROYING).build();
      default -> throw new IllegalArgumentException(write.name());
    };
  }

  private static MockResponse done(ApiCall write) {
    return readResponse(write, result(write));
  }

  private static MockResponse notDone(ApiCall write) {
    return switch (write.operation()) {
      case "deploy" -> MockCloud.json(404, Payloads.error("NOT_FOUND", "no such cluster"));
      case "clone" -> listResponse(ORIGINAL);
      case "resume" ->
          clusterResponse(ORIGINAL.toBuilder().status(ClusterStatus.SUSPENDED).build());
      default -> clusterResponse(ORIGINAL);
    };
  }

  /** The response to the verifying read that shows this cluster. */
  private static MockResponse readResponse(ApiCall write, Cluster cluster) {
    return switch (write.operation()) {
      case "clone" -> listResponse(ORIGINAL, cluster);
      default -> clusterResponse(cluster);
    };
  }

  /** The request by which a write of unknown outcome is looked for. */
  private static String reading(ApiCall write) {
    String list =
        write.scope() == Fixtures.PROJECT
            ? ApiCall.PROJECT_LIST.requestLine()
            : ApiCall.SPACE_LIST.requestLine();
    return switch (write.operation()) {
      case "clone" -> list;
      default -> list + "/api-cluster";
    };
  }

  private static MockResponse clusterResponse(Cluster cluster) {
    return dated(MockCloud.json(200, write(cluster.toMap())));
  }

  private static MockResponse listResponse(Cluster... clusters) {
    return dated(MockCloud.json(200, write(Stream.of(clusters).map(Cluster::toMap).toList())));
  }

  /** As the service sends it; its clock stands still here. */
  private static MockResponse dated(MockResponse response) {
    String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(NOW.atOffset(ZoneOffset.UTC));
    return response.newBuilder().setHeader("Date", now).build();
  }

  private List<String> requestLines() {
    return cloud.calls().stream()
        .map(call -> call.getMethod() + " " + call.getUrl().encodedPath())
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> read(String json) {
    return read(json, Map.class);
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return new ObjectMapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String write(Object json) {
    try {
      return new ObjectMapper().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
