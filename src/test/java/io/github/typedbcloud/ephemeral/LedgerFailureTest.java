package io.github.typedbcloud.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger that cannot be written. */
final class LedgerFailureTest {

  private static final Scope SPACE = Scope.space("my-team", "default");

  @TempDir Path ledger;

  /** A limit of the size of files of zero has the effect of a full disk: files without bytes. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "ulimit")
  void deploy_noRoomForData_failsAndLeavesNothing() throws IOException {
    List<String> fullDisk = List.of("sh", "-c", "ulimit -f 0; exec \"$@\"", "sh");
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      List<String> printed =
          JavaProcess.run(
              fullDisk,
              LedgerFailureRun.class,
              simulator.url(),
              simulator.clientId(),
              simulator.clientSecret(),
              ledger.toString());

      assertThat(printed).hasSize(22).endsWith("descriptors 0");
      assertThat(printed.subList(0, 21))
          .allSatisfy(
              message ->
                  assertThat(message)
                      .contains("ledger", "no cluster was deployed", "ledger(path)"));
      assertThat(simulator.receivedCount(Operation.DEPLOY)).isZero();
    }
    assertThat(ledger).isEmptyDirectory();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"?", "", " "})
  void build_noHomeDirectory_needsLedger(String home) {
    String before = System.getProperty("user.home");
    try (TypeDBCloudClient cloud = TypeDBCloudClient.builder().credentials("id", "any").build()) {
      if (home == null) {
        System.clearProperty("user.home");
      } else {
        System.setProperty("user.home", home);
      }
      EphemeralClusters.Builder builder = EphemeralClusters.builder(cloud, SPACE);
      assertThatThrownBy(builder::build)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll("no home directory", "ledger(path)");

      assertThat(builder.ledger(ledger).build()).asString().contains(ledger.toString());
    } finally {
      System.setProperty("user.home", before);
    }
  }
}
