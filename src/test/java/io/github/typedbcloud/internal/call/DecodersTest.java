package io.github.typedbcloud.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.typedbcloud.internal.api.Decoder;
import io.github.typedbcloud.internal.api.Decoders;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.support.ArbitraryResponses;
import io.github.typedbcloud.support.Payloads;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any response body is decoded, or fails with one of the two exceptions that are handled. */
class DecodersTest {

  private static final List<String> NAMES =
      List.of(
          "id",
          "serverCount",
          "storageSizeGB",
          "provider",
          "region",
          "isFree",
          "machineType",
          "machineSpec",
          "storageType",
          "status",
          "createdAt",
          "version",
          "teamId",
          "projectId",
          "spaceId",
          "servers",
          "address",
          "backupConfiguration",
          "frequency",
          "retentionDays",
          "availableVersions",
          "unheardOf");

  /**
   * The allocation is a small multiple of the body plus a small constant; 12 KB is the most that
   * was measured. This holds when Jackson knows the field names: it keeps them in a bounded table,
   * and to add one can cost 700 KB.
   */
  private static final long BYTES_PER_BYTE = 60;

  private static final long BYTES_BESIDE = 50_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Provide
  Arbitrary<byte[]> bodies() {
    return ArbitraryResponses.bodies(
        NAMES,
        Payloads.SPACE_CLUSTER,
        Payloads.cluster("starting"),
        "[" + Payloads.SPACE_CLUSTER + "," + Payloads.cluster("suspended") + "]",
        "{\"availableVersions\": [\"2.29.3\", \"3.5.1\"]}");
  }

  @Property
  void decode_anyBytes_returnsOrFailsAsDeclared(@ForAll("bodies") byte[] body) {
    for (Decoder<?> decoder :
        List.of(Decoders.cluster("a"), Decoders.CLUSTERS, Decoders.VERSIONS)) {
      Object decoded = decoded(decoder, body);
      Object again = null;
      long allocated = Long.MAX_VALUE;
      // The minimum, because what the JVM does once (linking, compiling) may add to one run.
      for (int run = 0; run < 2; run++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        again = decoded(decoder, body);
        allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
      }

      assertThat(allocated)
          .as("bytes allocated for a body of %s", body.length)
          .isLessThan(BYTES_BESIDE + BYTES_PER_BYTE * body.length);
      assertThat(again).isEqualTo(decoded);
      if (decoded instanceof List<?> list) {
        list.forEach(DecodersTest::isUsable);
      } else if (decoded != null) {
        isUsable(decoded);
      }
    }
  }

  /** Null when it cannot be decoded. */
  private static Object decoded(Decoder<?> decoder, byte[] body) {
    try {
      return decoder.decode(body);
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static void isUsable(Object decoded) {
    assertThat(decoded.toString()).isNotNull();
    if (decoded instanceof Cluster cluster) {
      Map<String, Object> json = cluster.toMap();
      assertThat(Cluster.fromMap(json)).isEqualTo(cluster).hasSameHashCodeAs(cluster);
    }
  }
}
