package io.github.typedbcloud.ephemeral;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.WaitOptions;
import io.github.typedbcloud.model.Scope;
import java.nio.file.Path;
import java.time.Duration;

/** A sweep in another process, or by classes of another class loader. */
public final class SweepRun {

  static final Scope SPACE = Scope.space("my-team", "default");

  private SweepRun() {}

  /**
   * Prints the result of {@link #sweep}.
   *
   * @param arguments base URL, client ID, client secret, ledger directory
   */
  public static void main(String[] arguments) {
    System.out.println(sweep(arguments));
  }

  /**
   * Sweeps, and returns the IDs of the destroyed clusters as text.
   *
   * @param arguments base URL, client ID, client secret, ledger directory
   */
  public static String sweep(String[] arguments) {
    try (TypeDBCloudClient cloud = client(arguments)) {
      return "destroyed " + ephemeral(cloud, arguments).sweep().destroyed();
    }
  }

  static TypeDBCloudClient client(String[] arguments) {
    return TypeDBCloudClient.builder()
        .baseUrl(arguments[0])
        .credentials(arguments[1], arguments[2])
        .build();
  }

  static EphemeralClusters ephemeral(TypeDBCloudClient cloud, String[] arguments) {
    return EphemeralClusters.builder(cloud, SPACE)
        .ledger(Path.of(arguments[3]))
        .waitOptions(
            WaitOptions.builder().interval(Duration.ofMillis(20), Duration.ofMillis(20)).build())
        .build();
  }
}
