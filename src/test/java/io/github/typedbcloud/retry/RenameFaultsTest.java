package io.github.typedbcloud.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.retry.FaultCell.Place;
import io.github.typedbcloud.retry.PreparedSimulators.Prepared;
import io.github.typedbcloud.simulator.ClusterSnapshot;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.SilentLog;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The row of the fault matrix for an update that changes the ID, which is verified unlike other
 * updates and ends like them. Without the faults that hang, which take time of the machine.
 */
class RenameFaultsTest {

  private static final PreparedSimulators SIMULATORS = new PreparedSimulators();

  @AfterAll
  static void close() {
    SIMULATORS.close();
  }

  static Stream<FaultCell> cells() {
    return Arrays.stream(FaultCase.values())
        .filter(fault -> !fault.kind.hangs())
        .flatMap(
            fault ->
                Stream.of(Place.NEXT, Place.SECOND, Place.ALWAYS)
                    .map(place -> new FaultCell(fault, place, ApiCall.SPACE_UPDATE)));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void rename_everyFault_endsAsUpdate(FaultCell cell) throws Exception {
    FaultExpectation promise = FaultExpectation.of(cell);
    try (Prepared prepared = SIMULATORS.take(cell.call());
        TypeDBCloudClient client = prepared.client().build()) {
      cell.set(prepared.simulator.faults());

      TypeDBCloudException failure = SilentLog.during(() -> rename(client));

      if (promise.exception() == null) {
        assertThat(failure).isNull();
      } else {
        assertThat(failure).isExactlyInstanceOf(promise.exception());
      }
      assertThat(prepared.simulator.receivedCount(Operation.UPDATE))
          .isBetween((long) promise.requests(), (long) promise.mostRequests());
      ClusterSnapshot clusters = prepared.simulator.clustersOfSpace("new-team", "default");
      assertThat(clusters.statuses()).containsOnlyKeys(promise.done() ? "renamed" : "api-cluster");
    }
  }

  /** Returns the failure; null for success. */
  private static @Nullable TypeDBCloudException rename(TypeDBCloudClient client) {
    try {
      Cluster renamed =
          client
              .clusters(Fixtures.SPACE)
              .update("api-cluster", UpdateClusterRequest.builder().id("renamed").build());
      assertThat(renamed.id()).isEqualTo("renamed");
      return null;
    } catch (TypeDBCloudException e) {
      return e;
    }
  }
}
