package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.error.UnreadableResponseException;
import io.github.typedbcloud.internal.json.Json;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Protocol;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies made to use up memory or time: both are in proportion to the bytes that arrive. */
class HostileBodyTest {

  private static final int MIB = 1024 * 1024;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final MockCloud cloud = new MockCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  /** Values that take up much more memory than their JSON. */
  enum Shape {
    EMPTY_ARRAYS(i -> "[]"),
    EMPTY_OBJECTS(i -> "{}"),
    SMALL_OBJECTS(i -> "{\"a\":0}"),
    NESTED_OBJECTS(i -> "{\"a\":".repeat(50) + "0" + "}".repeat(50)),
    SMALL_NUMBERS(i -> "0"),
    DECIMALS(i -> "1e9"),
    SMALL_STRINGS(i -> "\"a\""),
    WIDE_STRINGS(i -> "\"€" + "x".repeat(1000) + "\""),
    LONG_STRINGS(i -> "\"€" + "x".repeat(1_000_000) + "\""),
    TOO_LONG_STRING(i -> "\"" + "x".repeat(MIB + 1) + "\"", "String value length"),
    NAMES(i -> "{\"" + Integer.toString(i, 36) + "\":0}"),
    LONG_NAMES(i -> "{\"" + i + "x".repeat(1000) + "\":0}"),
    COLLIDING_NAMES(i -> "{\"" + colliding(i, 20) + "\":0}");

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final IntFunction<String> element;

    private final String reason;

    Shape(IntFunction<String> element) {
      this(element, "its values take up more memory than ");
    }

    Shape(IntFunction<String> element, String reason) {
      this.element = element;
      this.reason = reason;
    }

    /** An array of so many bytes at most, and almost as many. */
    String array(int bytes) {
      StringBuilder array = new StringBuilder(bytes).append('[').append(element.apply(0));
      int size = array.toString().getBytes(StandardCharsets.UTF_8).length;
      for (int i = 1; ; i++) {
        String next = element.apply(i);
        size += next.length() + (next.indexOf('€') >= 0 ? 3 : 1);
        if (size >= bytes) {
          return array.append(']').toString();
        }
        array.append(',').append(next);
      }
    }

    /** All of them have the same hash code. */
    static String colliding(int number, int bits) {
      StringBuilder name = new StringBuilder();
      for (int bit = 0; bit < bits; bit++) {
        name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
      }
      return name.toString();
    }
  }

  /** With a heap that is four times the largest body. */
  @Test
  void smallHeap_expandingBodies_fail() throws IOException {
    List<String> calls = new ArrayList<>();
    Shape[] shapes = {Shape.SMALL_OBJECTS, Shape.LONG_NAMES, Shape.COLLIDING_NAMES};
    for (Shape shape : shapes) {
      cloud.enqueue(200, "[{\"id\":\"a\",\"x\":" + shape.array(4 * MIB - 100) + "}]");
      calls.add("list");
    }
    cloud.enqueue(500, Shape.EMPTY_OBJECTS.array(4 * MIB));
    calls.add("list");
    cloud.enqueue(200, "[" + "{\"id\":\"a\"},".repeat(4000) + "{\"id\":\"a\"}]");
    calls.add("list");

    List<String> results = smallHeap(calls);

    assertThat(results).hasSize(shapes.length + 2);
    for (int i = 0; i < shapes.length; i++) {
      assertThat(results.get(i))
          .as(shapes[i].name())
          .startsWith("UnreadableResponseException: ")
          .contains(shapes[i].reason);
    }
    assertThat(results.get(shapes.length)).startsWith("ServerErrorException: ");
    assertThat(results.get(shapes.length + 1)).isEqualTo("list of 4001");
  }

  @ParameterizedTest
  @EnumSource(names = {"EMPTY_OBJECTS", "SMALL_OBJECTS", "EMPTY_ARRAYS", "DECIMALS", "NAMES"})
  void unknownField_expands_isBoundedByFactor(Shape shape) {
    String large = "{\"id\":\"a\",\"x\":" + shape.array(400_000) + "}";
    String small = "{\"id\":\"a\",\"x\":" + shape.array(15_000) + "}";
    cloud.enqueue(200, large).enqueue(200, small).enqueue(500, large);
    try (TypeDBCloudClient client = cloud.client().build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      assertThatThrownBy(() -> clusters.get("a"))
          .isInstanceOf(UnreadableResponseException.class)
          .hasMessageContaining(
              "its values take up more memory than " + (16L * large.length() + MIB) + " bytes");
      assertThat((List<?>) clusters.get("a").additionalProperties().get("x")).isNotEmpty();
      assertThatThrownBy(() -> clusters.get("a"))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("failed with HTTP 500");
    }
  }

  /** What a later version of the API could add to each cluster. */
  @Test
  void unknownFields_ofUsualValues_areKept() {
    String cluster =
        "{\"id\":\"a\",\"labels\":[{\"name\":\"team\",\"value\":\"orders\"},{\"name\":\"cost\",\"value\":12}],"
            + "\"usage\":{\"cpu\":0.25,\"memory\":1234567890,\"history\":[1,2,3,4,5,6]}}";
    cloud.enqueue(200, "[" + (cluster + ",").repeat(20_000) + cluster + "]");
    try (TypeDBCloudClient client = cloud.client().build()) {
      assertThat(client.clusters(Fixtures.PROJECT).list())
          .hasSize(20_001)
          .allSatisfy(found -> assertThat(found.additionalProperties()).hasSize(2));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, HTTP_1_1", "2, H2_PRIOR_KNOWLEDGE"})
  void contentLength_claimsMore_costsNothing(int maxMegabytes, Protocol protocol) {
    try (MockCloud other = new MockCloud(protocol)) {
      other.respondToCalls(
          call ->
              new MockResponse.Builder()
                  .body("[          ")
                  .setHeader("Content-Length", 16 * MIB)
                  .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
                  .build());
      try (TypeDBCloudClient client = other.client().build()) {
        ClustersApi clusters = client.clusters(Fixtures.PROJECT);
        assertThatThrownBy(clusters::list).isInstanceOf(TypeDBCloudException.class);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10; i++) {
          assertThatThrownBy(clusters::list).isInstanceOf(TypeDBCloudException.class);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
            .isLessThan((long) maxMegabytes * MIB);
      }
    }
  }

  /**
   * What arrives is copied once at most: 8 MiB of white space, read with and without its length.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void largeBody_isAllocatedTwiceAtMost(boolean isChunked) {
    String body = " ".repeat(8 * MIB - 2) + "[]";
    cloud.respondToCalls(
        call ->
            isChunked
                ? new MockResponse.Builder().chunkedBody(body, MIB).build()
                : MockCloud.text(200, body));
    try (TypeDBCloudClient client = cloud.client().build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      assertThat(clusters.list()).isEmpty();
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThat(clusters.list()).isEmpty();
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isBetween(16L * MIB, 17L * MIB);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void body_aroundChunkSizes_isComplete(boolean isChunked) {
    try (TypeDBCloudClient client = cloud.client().build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      for (int size : new int[] {8192, 65_536, 16_384, 1_000_000}) {
        for (int length = size - 1; length <= size + 1; length++) {
          String body = "{\"id\":\"a\",\"x\":\"" + "x".repeat(length - 17) + "\"}";
          assertThat(body).hasSize(length);
          cloud.enqueue(
              isChunked
                  ? new MockResponse.Builder().chunkedBody(body, 5000).build()
                  : MockCloud.json(200, body));
          assertThat(clusters.get("a").additionalProperties().get("x"))
              .isEqualTo("x".repeat(length - 17));
        }
      }
    }
  }

  /** 1 GiB of zeros, of which 1 MiB arrives. */
  @Test
  void gzipBomb_isReadUpToLimit() throws IOException {
    cloud.enqueue(gzipped(new Buffer().write(bomb())));
    try (TypeDBCloudClient client = cloud.client().build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThatThrownBy(clusters::list)
          .isInstanceOf(UnreadableResponseException.class)
          .hasMessageContaining("the body is larger than 16777216 bytes");
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(200L * MIB);
    }
  }

  @Test
  void gzip_notOneStream_isUnreadable() throws IOException {
    byte[] whole = gzip("[]".getBytes(StandardCharsets.UTF_8));
    try (TypeDBCloudClient client = cloud.client().build()) {
      ClustersApi clusters = client.clusters(Fixtures.PROJECT);
      cloud.enqueue(gzipped(new Buffer().write(whole)));
      assertThat(clusters.list()).isEmpty();
      for (Buffer broken :
          List.of(
              new Buffer().write(whole, 0, whole.length - 1),
              new Buffer().write(whole, 0, 5),
              new Buffer().write(whole).writeUtf8("x"),
              new Buffer().write(gzip(whole)),
              new Buffer().writeUtf8("[]"))) {
        cloud.enqueue(gzipped(broken));
        assertThatThrownBy(clusters::list).isInstanceOf(UnreadableResponseException.class);
      }
    }
  }

  @Test
  void namesWithOneHashCode_areReadInTime() {
    String fields =
        IntStream.range(0, 1 << 14)
            .mapToObj(i -> "\"" + Shape.colliding(i, 14) + "\":\"" + "x".repeat(200) + "\"")
            .collect(Collectors.joining(","));
    cloud.enqueue(200, "{\"id\":\"a\"," + fields + "}");
    try (TypeDBCloudClient client = cloud.client().requestTimeout(Duration.ofSeconds(5)).build()) {
      Map<String, Object> unknown =
          client.clusters(Fixtures.PROJECT).get("a").additionalProperties();
      assertThat(unknown).hasSize(1 << 14);
      assertThat(unknown.keySet().stream().map(String::hashCode).distinct()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.1234567890123456789,    java.math.BigDecimal",
    "1e400,                    java.math.BigDecimal",
    "1E+2,                     java.math.BigDecimal",
    "1.10,                     java.math.BigDecimal",
    "-1.5e-9999 ,              java.math.BigDecimal",
    "12345678901234567890123,  java.math.BigInteger",
    "9223372036854775807,      java.lang.Long",
    "9223372036854775808,      java.math.BigInteger",
    "2147483647,               java.lang.Integer",
    "2147483648,               java.lang.Long",
    "2.5,                      java.lang.Double",
    "-0.0,                     java.lang.Double",
    "-0.00,                    java.lang.Double"
  })
  void number_inUnknownField_isExact(String number, Class<?> type) {
    cloud.enqueue(200, "{\"id\":\"a\",\"x\":[" + number + "],\"y\":" + number + "}");
    try (TypeDBCloudClient client = cloud.client().build()) {
      Cluster cluster = client.clusters(Fixtures.PROJECT).get("a");

      Object y = cluster.additionalProperties().get("y");
      assertThat(y)
          .isInstanceOf(type)
          .isEqualTo(((List<?>) cluster.additionalProperties().get("x")).get(0));
      assertThat(new BigDecimal(y.toString())).isEqualByComparingTo(number);
      assertThat(y.toString().startsWith("-")).isEqualTo(number.startsWith("-"));
      String json = new String(Json.write(cluster.additionalProperties()), StandardCharsets.UTF_8);
      assertThat(json).isEqualTo("{\"x\":[" + y + "],\"y\":" + y + "}");
    }
  }

  @Test
  void number_digits_areBounded() {
    String longest = "9".repeat(1000);
    cloud
        .enqueue(200, "{\"id\":\"a\",\"x\":" + longest + "}")
        .enqueue(200, "{\"id\":\"a\",\"x\":" + longest + "9}");
    try (TypeDBCloudClient client = cloud.client().build()) {
      assertThat(client.clusters(Fixtures.PROJECT).get("a").additionalProperties())
          .containsEntry("x", new BigInteger(longest));
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
          .isInstanceOf(UnreadableResponseException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e10001",
        "1e999999999",
        "-1e-999999999",
        "1e99999999999",
        "0.1e-2147483648",
        "NaN",
        "Infinity",
        "-Infinity",
        "+1",
        "01",
        "1.",
        ".5",
        "0x10"
      })
  void number_inUnknownField_cannotBeRead(String number) {
    assertUnreadable("{\"id\":\"a\",\"x\":" + number + "}");
    assertUnreadable("{\"id\":\"a\",\"x\":[{\"y\":" + number + "}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e400",
        "1e999999999",
        "-1e400",
        "1e-400",
        "10.00000000000000000001",
        "0.5",
        "12345678901234567890123",
        "1e99999999999"
      })
  void number_inKnownField_isWholeAndInRange(String number) {
    for (String field : List.of("serverCount", "storageSizeGB", "createdAt")) {
      assertUnreadable("{\"id\":\"a\",\"" + field + "\":" + number + "}");
    }
  }

  @Test
  void number_wholeWithExponent_isRead() {
    cloud.enqueue(200, "{\"id\":\"a\",\"serverCount\":3.0,\"createdAt\":1.7E+12}");
    try (TypeDBCloudClient client = cloud.client().build()) {
      Cluster cluster = client.clusters(Fixtures.PROJECT).get("a");
      assertThat(cluster.serverCount()).isEqualTo(3);
      assertThat(cluster.createdAt()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "1e9999", "-1e400", "1e999999999", "1e-9999"})
  void token_claimsHugeTimes_isUsed(String number) {
    String claims = "{\"exp\":" + number + ",\"iat\":1}";
    String token =
        "e30."
            + Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
            + ".e30";
    cloud.enqueueExchange(MockCloud.text(200, token)).enqueue(200, "[]").enqueue(200, "[]");
    try (TypeDBCloudClient client = cloud.client().build()) {
      client.clusters(Fixtures.PROJECT).list();
      client.clusters(Fixtures.PROJECT).list();
    }
    assertThat(cloud.exchanges()).hasSize(1);
  }

  @Test
  void message_ofLargeValue_isShort() {
    String array = Shape.SMALL_STRINGS.array(400_000);
    String names =
        IntStream.range(0, 5000)
            .mapToObj(i -> "\"name-" + i + "\":0")
            .collect(Collectors.joining(",", "{\"" + "n".repeat(500) + "\":0,", "}"));
    cloud.enqueue(200, "{\"id\":" + array + "}").enqueue(200, names);
    try (TypeDBCloudClient client = cloud.client().build()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
          .hasMessageContaining("id: expected a string, found array")
          .message()
          .hasSizeLessThan(1500);
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
          .hasMessageContaining("id: must not be empty; unknown fields: [name-0, ")
          .hasMessageContaining("name-8] and 4992 others")
          .message()
          .hasSizeLessThan(1500);
    }
  }

  private void assertUnreadable(String json) {
    cloud.enqueue(200, json);
    try (TypeDBCloudClient client = cloud.client().build()) {
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get("a"))
          .isInstanceOf(UnreadableResponseException.class);
    }
  }

  private static MockResponse gzipped(Buffer body) {
    return new MockResponse.Builder().setHeader("Content-Encoding", "gzip").body(body).build();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }

  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] block = new byte[MIB];
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 1024; i++) {
        gzip.write(block);
      }
    }
    return packed.toByteArray();
  }

  private List<String> smallHeap(List<String> calls) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapRun.class.getName(),
                cloud.url()));
    command.addAll(calls);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      return out.lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }
}
