package io.github.typedbcloud.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClientCredentials;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.error.UnauthorizedException;
import io.github.typedbcloud.simulator.AccessLevel;
import io.github.typedbcloud.support.FileModes;
import io.github.typedbcloud.support.SimulatedCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that change while a client lives: from a supplier, and from a file. */
final class RotatingCredentialsTest {

  private static final Duration LIFE = Duration.ofHours(2);

  @TempDir Path directory;

  private final SimulatedCloud cloud = new SimulatedCloud();

  @BeforeEach
  void addTokens() {
    cloud.simulator.addApiToken("old", "old-secret", AccessLevel.READ);
    cloud.simulator.addApiToken("new", "new-secret", AccessLevel.READ);
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void supplier_eachExchange_isCalled() {
    AtomicInteger asked = new AtomicInteger();
    AtomicReference<ClientCredentials> now =
        new AtomicReference<>(new ClientCredentials("old", "old-secret"));
    try (TypeDBCloudClient client =
        cloud
            .builder()
            .credentials(
                () -> {
                  asked.incrementAndGet();
                  return now.get();
                })
            .build()) {
      ClustersApi clusters = client.clusters(SimulatedCloud.SPACE);
      assertThat(asked).hasValue(0);
      clusters.list();
      clusters.list();
      assertThat(asked).hasValue(1);

      now.set(new ClientCredentials("new", "new-secret"));
      cloud.simulator.revokeApiToken("old");
      cloud.time.advance(LIFE);
      clusters.list();

      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void supplier_throws_failsOneCall() {
    AtomicReference<ClientCredentials> now = new AtomicReference<>();
    try (TypeDBCloudClient client =
        cloud
            .builder()
            .maxAttempts(1)
            .credentials(
                () -> {
                  if (now.get() == null) {
                    throw new IllegalStateException("the vault is sealed");
                  }
                  return now.get();
                })
            .build()) {
      ClustersApi clusters = client.clusters(SimulatedCloud.SPACE);
      assertThatThrownBy(clusters::list)
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("the credentials are not available: the vault is sealed");

      now.set(new ClientCredentials("new", "new-secret"));

      assertThat(clusters.list()).isEmpty();
    }
  }

  @Test
  void supplier_returnsNull_isNamed() {
    try (TypeDBCloudClient client =
        cloud.builder().maxAttempts(1).credentials(() -> null).build()) {
      ClustersApi clusters = client.clusters(SimulatedCloud.SPACE);

      assertThatThrownBy(clusters::list)
          .hasMessageContaining("the supplier of credentials returned null");
    }
  }

  @Test
  void credentials_toString_hidesSecret() {
    assertThat(new ClientCredentials("id", "the-secret").toString())
        .contains("id", "***")
        .doesNotContain("the-secret");
  }

  @Test
  void file_eachExchange_isRead() throws IOException {
    Path file =
        write(
            "# rotated daily",
            "OTHER=x",
            "TYPEDB_CLOUD_CLIENT_ID=old",
            "TYPEDB_CLOUD_CLIENT_SECRET = old-secret");
    try (TypeDBCloudClient client = cloud.builder().credentialsFile(file).build()) {
      ClustersApi clusters = client.clusters(SimulatedCloud.SPACE);
      clusters.list();

      cloud.simulator.revokeApiToken("old");
      cloud.time.advance(LIFE);
      assertThatThrownBy(clusters::list).isInstanceOf(UnauthorizedException.class);
      write("TYPEDB_CLOUD_CLIENT_ID=new", "TYPEDB_CLOUD_CLIENT_SECRET=new-secret");

      assertThat(clusters.list()).isEmpty();
    }
  }

  @Test
  void file_missingPart_isNamed() throws IOException {
    Path file = write("TYPEDB_CLOUD_CLIENT_ID=old");

    assertThatThrownBy(() -> TypeDBCloudClient.builder().credentialsFile(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(file.toString(), "does not set TYPEDB_CLOUD_CLIENT_SECRET");
  }

  private Path write(String... lines) throws IOException {
    Path file = directory.resolve("credentials");
    Files.write(file, List.of(lines));
    return FileModes.ownerOnly(file);
  }
}
