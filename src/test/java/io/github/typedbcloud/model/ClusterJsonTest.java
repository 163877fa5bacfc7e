package io.github.typedbcloud.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.typedbcloud.internal.json.Json;
import io.github.typedbcloud.support.ArbitraryResponses;
import io.github.typedbcloud.support.Models;
import io.github.typedbcloud.support.Payloads;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * A cluster that is read from bytes is the cluster that is read from the map into which databind
 * parses them, and fails with the same message. {@code -Djqwik.tries.default=100000} runs longer.
 */
@Domain(Models.class)
@Domain(DomainContext.Global.class)
class ClusterJsonTest {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final List<String> FIELDS =
      List.of(
          "id",
          "serverCount",
          "storageSizeGB",
          "isFree",
          "status",
          "createdAt",
          "organization",
          "project",
          "teamID",
          "spaceID",
          "version",
          "provider",
          "region",
          "machineType",
          "storageType",
          "servers",
          "unheardOf");

  /** A value of each type that JSON has, and of each size that is treated apart; null is one. */
  private static final List<Object> VALUES =
      Arrays.asList(
          null,
          "",
          "text",
          0,
          1,
          -1,
          10.0,
          10.5,
          1e300,
          Long.MAX_VALUE,
          Long.MAX_VALUE / 2,
          Integer.MAX_VALUE + 1L,
          BigInteger.ONE.shiftLeft(70),
          true,
          false,
          List.of(),
          List.of(1),
          Arrays.asList(Map.of(), null),
          List.of(Map.of("address", "a:1", "status", "running", "more", List.of(1, "b"))),
          List.of(Map.of(), Map.of("address", 1)),
          Map.of(),
          Map.of("a", Map.of("b", List.of())));

  @Property
  void listFromJson_anyClusters_areRead(@ForAll @Size(max = 4) List<Cluster> clusters)
      throws IOException {
    byte[] json = MAPPER.writeValueAsBytes(clusters);

    assertThat(Cluster.listFromJson(json))
        .isEqualTo(clusters)
        .isEqualTo(List.of(MAPPER.readValue(json, Cluster[].class)));
    assertThat(Json.write(clusters.stream().map(Cluster::toMap).toList())).isEqualTo(json);
  }

  @Example
  void fromJson_eachFieldWithEachValue_agrees() throws IOException {
    for (String payload : List.of(Payloads.SPACE_CLUSTER, Payloads.PROJECT_CLUSTER)) {
      for (String field : FIELDS) {
        for (Object value : VALUES) {
          Map<String, Object> map = MAPPER.readerForMapOf(Object.class).readValue(payload);
          map.put(field, value);
          assertAgreement(map);
        }
      }
    }
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void fromJson_changedFields_agrees(
      @ForAll Cluster cluster, @ForAll("changes") Map<String, Integer> changes) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>(cluster.toMap());
    changes.forEach((field, value) -> map.put(field, VALUES.get(value)));

    assertAgreement(map);
  }

  @Provide
  Arbitrary<Map<String, Integer>> changes() {
    return Arbitraries.maps(
            Arbitraries.of(FIELDS), Arbitraries.integers().between(0, VALUES.size() - 1))
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Property
  void fromJson_anyBytes_agrees(@ForAll("bodies") byte[] json) throws IOException {
    assertAgreement(json);
  }

  @Provide
  Arbitrary<byte[]> bodies() {
    return ArbitraryResponses.bodies(FIELDS, Payloads.SPACE_CLUSTER, Payloads.PROJECT_CLUSTER);
  }

  @Example
  void fromJson_repeatedField_takesTheLast() throws IOException {
    String json = "{\"id\":\"a\",\"id\":\"b\",\"x\":1,\"x\":2,\"region\":\"r\",\"region\":null}";

    assertThat(Cluster.fromJson(json.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Cluster.builder("b").additionalProperties(Map.of("x", 2)).build());
  }

  /** Reads the same from an object, from an array of it, and from a map. */
  private static void assertAgreement(Map<String, Object> map) throws IOException {
    byte[] json = MAPPER.writeValueAsBytes(map);
    assertAgreement(json);

    Throwable failure = catchThrowable(() -> Cluster.fromJson(json));
    byte[] list = MAPPER.writeValueAsBytes(List.of(Map.of("id", "a"), Map.of("id", "b"), map));
    if (failure == null) {
      assertThat(Cluster.listFromJson(list).get(2)).isEqualTo(Cluster.fromJson(json));
    } else {
      assertThatThrownBy(() -> Cluster.listFromJson(list))
          .isInstanceOf(failure.getClass())
          .hasMessage("[2]." + failure.getMessage());
    }
  }

  private static void assertAgreement(byte[] json) throws IOException {
    Map<String, Object> map;
    try {
      map = MAPPER.readerForMapOf(Object.class).readValue(json);
    } catch (IOException e) {
      Throwable failure = catchThrowable(() -> Cluster.fromJson(json));
      // Databind could accept a repeated field; the reader does if all its values have the type.
      if (failure != null || !e.getMessage().startsWith("Duplicate field")) {
        assertThat(failure).isInstanceOfAny(IOException.class, IllegalArgumentException.class);
      }
      return;
    }
    if (map == null) {
      assertThatThrownBy(() -> Cluster.fromJson(json)).hasMessage("expected an object, found null");
      return;
    }
    Map<?, ?> exact;
    try {
      // Databind rounds numbers.
      exact = (Map<?, ?>) Json.read(json);
    } catch (IOException e) {
      // Or that a value before it has the wrong type.
      assertThatThrownBy(() -> Cluster.fromJson(json))
          .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
      return;
    }
    Throwable failure = catchThrowable(() -> Cluster.fromMap(fields(exact)));
    if (failure == null) {
      assertThat(Cluster.fromJson(json)).isEqualTo(Cluster.fromMap(fields(exact)));
    } else {
      assertThatThrownBy(() -> Cluster.fromJson(json))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(failure.getMessage());
    }
  }

  private static Map<String, Object> fields(Map<?, ?> map) {
    Map<String, Object> fields = new LinkedHashMap<>();
    map.forEach((name, value) -> fields.put((String) name, value));
    return fields;
  }
}
