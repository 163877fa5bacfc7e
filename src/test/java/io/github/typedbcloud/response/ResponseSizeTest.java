package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.ServerErrorException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However large or deep a response is, it costs no more than the client allows. */
class ResponseSizeTest {

  private static final int LIMIT = 1000;

  private final MockCloud cloud = new MockCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  /** How the same body can come over the wire. */
  enum Transfer {
    WITH_LENGTH {
      @Override
      MockResponse.Builder of(String body) {
        return new MockResponse.Builder().body(body);
      }
    },
    CHUNKED {
      @Override
      MockResponse.Builder of(String body) {
        return new MockResponse.Builder().chunkedBody(body, 100);
      }
    },
    COMPRESSED {
      @Override
      MockResponse.Builder of(String body) {
        return new MockResponse.Builder().setHeader("Content-Encoding", "gzip").body(gzip(body, 1));
      }
    },
    UNTIL_CLOSED {
      @Override
      MockResponse.Builder of(String body) {
        return new MockResponse.Builder()
            .body(body)
            .removeHeader("Content-Length")
            .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE);
      }
    };

    abstract MockResponse.Builder of(String body);
  }

  @ParameterizedTest
  @EnumSource
  void body_atLimit_isRead(Transfer transfer) {
    cloud.enqueue(transfer.of(clusterOfSize(LIMIT)).build());

    assertThat(get(LIMIT).id()).isEqualTo("a");
  }

  @ParameterizedTest
  @EnumSource
  void body_overLimit_isUnreadable(Transfer transfer) {
    cloud.enqueue(transfer.of(clusterOfSize(LIMIT + 1)).build());

    assertThatThrownBy(() -> get(LIMIT))
        .isInstanceOf(UnreadableResponseException.class)
        .hasMessageContaining("the body is larger than 1000 bytes");
  }

  @Test
  void connection_afterTooLargeBody_isReused() {
    cloud.enqueue(200, clusterOfSize(LIMIT + 1)).enqueue(200, clusterOfSize(LIMIT));
    try (TypeDBCloudClient client = cloud.client().maxResponseBytes(LIMIT).build()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
          .isInstanceOf(UnreadableResponseException.class);

      assertThat(client.clusters(Fixtures.PROJECT).get("a").id()).isEqualTo("a");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500})
  void gzipBomb_isBoundedByLimit(int status) {
    // 256 MiB of spaces.
    cloud.enqueue(
        new MockResponse.Builder()
            .code(status)
            .setHeader("Content-Encoding", "gzip")
            .body(gzip(" ".repeat(1024 * 1024), 256))
            .build());
    try (TypeDBCloudClient client = cloud.client().build()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
          .isInstanceOf(status == 200 ? UnreadableResponseException.class : ApiException.class)
          .hasMessageContaining(
              status == 200 ? "the body is larger than 16777216 bytes" : "failed with HTTP 500")
          .message()
          .hasSizeLessThan(1000);
    }
  }

  @Test
  void exchange_body_isBoundedToo() {
    cloud.enqueueExchange(new MockResponse.Builder().body("x".repeat(LIMIT + 1)).build());

    assertThatThrownBy(() -> get(LIMIT))
        .isInstanceOf(UnreadableResponseException.class)
        .hasMessageContaining("the body is larger than 1000 bytes")
        .hasMessageNotContaining("xxx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"id\":\"a\",\"servers\":[", "[{\"x\":["})
  void body_deepNesting_isUnreadable(String opening) {
    cloud
        .enqueue(200, opening.repeat(100_000))
        .enqueue(200, "{\"id\":\"a\",\"x\":" + opening.repeat(100_000))
        .enqueue(500, opening.repeat(100_000));
    try (TypeDBCloudClient client = cloud.client().build()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
          .isInstanceOf(UnreadableResponseException.class)
          .hasMessageContaining("its body cannot be read");
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
          .isInstanceOf(UnreadableResponseException.class)
          .hasMessageContaining("nesting depth");
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
          .isExactlyInstanceOf(ServerErrorException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WITH_LENGTH", "COMPRESSED"})
  void list_tenThousand_fitsDefaultLimit(Transfer transfer) {
    String list = "[" + String.join(",", Collections.nCopies(10_000, Payloads.SPACE_CLUSTER)) + "]";
    assertThat(list.length()).isBetween(3_500_000, 4_500_000);
    cloud.enqueue(transfer.of(list).build());
    try (TypeDBCloudClient client = cloud.client().build()) {
      List<Cluster> clusters = client.clusters(Fixtures.SPACE).list();

      assertThat(clusters).hasSize(10_000);
      assertThat(clusters.get(9_999).owner()).isEqualTo(Fixtures.SPACE);
    }
  }

  private Cluster get(int limit) {
    try (TypeDBCloudClient client = cloud.client().maxResponseBytes(limit).build()) {
      return client.clusters(Fixtures.PROJECT).get("a");
    }
  }

  private static String clusterOfSize(int bytes) {
    String frame = "{\"id\":\"a\",\"x\":\"\"}";
    return frame.replace("\"\"", "\"" + "x".repeat(bytes - frame.length()) + "\"");
  }

  private static Buffer gzip(String text, int times) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] block = text.getBytes(StandardCharsets.UTF_8);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < times; i++) {
        gzip.write(block);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Buffer().write(packed.toByteArray());
  }
}
