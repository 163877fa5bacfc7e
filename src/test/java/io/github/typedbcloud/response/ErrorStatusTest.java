package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.ForbiddenException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.ServerErrorException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every status that the reference documents, for every operation that can return it. */
class ErrorStatusTest {

  private static final Map<Integer, Class<? extends ApiException>> TYPES =
      Map.of(
          400, ApiException.class,
          401, UnauthorizedException.class,
          403, ForbiddenException.class,
          404, NotFoundException.class,
          409, ConflictException.class,
          500, ServerErrorException.class);

  private final MockCloud cloud = new MockCloud();
  private final TypeDBCloudClient client = cloud.client().build();

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  static Stream<Arguments> documentedErrors() {
    return Arrays.stream(ApiCall.values())
        .flatMap(
            call ->
                TYPES.keySet().stream()
                    .sorted()
                    .filter(status -> status != 409 || call.operation().equals("deploy"))
                    .filter(
                        status ->
                            !call.operation().equals("versions")
                                || (status != 403 && status != 404))
                    // Whether a write was done that failed so is found out by reading.
                    .filter(status -> status != 500 || call.isRead())
                    // find returns empty on 404; see below
                    .filter(status -> status != 404 || !call.name().endsWith("_FIND"))
                    .map(status -> Arguments.of(call, status)));
  }

  @ParameterizedTest
  @MethodSource("documentedErrors")
  void status_documented_hasExceptionAndAdvice(ApiCall call, int status) {
    String body = Payloads.error("CODE_" + status, "the service's words");
    cloud.enqueue(status, body).enqueue(status, body);

    ApiException error = catchThrowableOfType(ApiException.class, () -> call.on(client));

    assertThat(error).isExactlyInstanceOf(TYPES.get(status));
    assertThat(error.status()).isEqualTo(status);
    assertThat(error.code()).isEqualTo("CODE_" + status);
    assertThat(error.serviceMessage()).isEqualTo("the service's words");
    assertThat(error.call().operation()).isEqualTo(call.operation());
    assertThat(error.call().method()).isEqualTo(call.method());
    assertThat(error.call().path()).isEqualTo(call.path());
    assertThat(error)
        .hasNoCause()
        .hasMessageStartingWith(call.operation() + " of ")
        .hasMessageContaining(" failed with HTTP " + status)
        .hasMessageContaining("CODE_" + status + ": the service's words. ")
        .message()
        .endsWith(nextStep(call, status) + ".");
    if (call.isAboutOneCluster()) {
      assertThat(error).hasMessageContaining("cluster 'api-cluster' in " + call.scope());
    }
    // A 401 is sent again with a new token; the conflict of a deployment is checked with a read.
    assertThat(cloud.calls()).hasSize(status == 401 || status == 409 ? 2 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROJECT_FIND", "SPACE_FIND"})
  void find_404_isEmpty(ApiCall find) {
    cloud.enqueue(404, Payloads.error("NOT_FOUND", "no such cluster")).enqueue(200, "[]");

    assertThat(find.on(client)).isEqualTo(Optional.empty());
  }

  @Test
  void clone_409_isConflict() {
    cloud.enqueue(409, Payloads.error("IN_USE", "taken"));

    assertThatThrownBy(() -> ApiCall.SPACE_CLONE.on(client)).isInstanceOf(ConflictException.class);
  }

  @ParameterizedTest
  @CsvSource({"400", "401", "403"})
  void exchange_rejected_isUnauthorized(int status) {
    cloud.enqueueExchange(MockCloud.json(status, Payloads.error("BAD", "invalid client secret")));

    assertThatThrownBy(() -> client.clusters(Fixtures.SPACE).list())
        .isInstanceOfSatisfying(
            UnauthorizedException.class,
            e -> {
              assertThat(e.status()).isEqualTo(status);
              assertThat(e.code()).isEqualTo("BAD");
              assertThat(e.call().path()).isEqualTo("/api/v1/auth");
            })
        .hasMessageContaining("failed with HTTP " + status + " BAD; ")
        .hasMessageNotContaining("invalid client secret")
        .hasMessageContaining("Check the client ID and the client secret that this client uses");
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void exchange_otherError_isNotUnauthorized() {
    cloud.enqueueExchange(MockCloud.json(500, Payloads.error("OOPS", "unexpected")));

    assertThatThrownBy(() -> client.clusters(Fixtures.SPACE).list())
        .isExactlyInstanceOf(ServerErrorException.class)
        .hasMessageContaining("Call again later");
  }

  @Test
  void exchange_failed_laterCallerRetries() {
    cloud.enqueueExchange(new MockResponse.Builder().code(500).build()).enqueue(200, "[]");
    ManualTime time = new ManualTime();
    try (TypeDBCloudClient patient = cloud.client().timeSource(time).build()) {
      assertThatThrownBy(() -> patient.clusters(Fixtures.SPACE).list())
          .isInstanceOf(ApiException.class);
      // As long as the failure is remembered.
      time.advance(Duration.ofMillis(250));

      assertThat(patient.clusters(Fixtures.SPACE).list()).isEmpty();
    }
  }

  private static String nextStep(ApiCall call, int status) {
    return switch (status) {
      case 400 ->
          switch (call.operation()) {
            case "deploy", "update" ->
                "Correct the request; validate(request) lists violations of the documented rules";
            case "get", "list", "versions" -> "Check the two IDs of the scope and the base URL";
            default -> "Read the cluster with get(id): its current state may not allow this";
          };
      case 401 ->
          "check that the API token was not deleted and that the base URL is that of the service";
      case 403 ->
          "needs an API token with the access level "
              + call.accessLevel()
              + " here; create one in the console of TypeDB Cloud";
      case 404 ->
          call.operation().equals("list")
              ? "Check the two IDs of the scope, and that the API token belongs to it"
              : "list() shows the clusters that exist";
      case 409 -> "choose another, or read the cluster that has it with get(id)";
      default -> "Call again later";
    };
  }
}
