package io.github.typedbcloud.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.typedbcloud.internal.call.Decoders;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.support.Hostile;
import io.github.typedbcloud.support.Models;
import io.github.typedbcloud.support.Payloads;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * What is read and written by hand, over streams, is what a mapper of databind reads and writes.
 */
@Domain(Models.class)
@Domain(DomainContext.Global.class)
class StreamsAgreeWithDatabindTest {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

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

  private static final List<Object> VALUES =
      List.of(
          "",
          "text",
          0,
          1,
          -1,
          10.0,
          10.5,
          1e300,
          Long.MAX_VALUE,
          Integer.MAX_VALUE + 1L,
          BigInteger.ONE.shiftLeft(70),
          true,
          false,
          List.of(),
          List.of(1),
          List.of(Map.of("address", "a:1", "status", "running", "more", List.of(1, "b"))),
          List.of(Map.of("address", 1)),
          Map.of(),
          Map.of("a", Map.of("b", List.of())));

  @Property(tries = 500)
  void listsOfClusters(@ForAll List<Cluster> clusters) throws IOException {
    byte[] text = MAPPER.writeValueAsBytes(clusters);

    List<Cluster> streamed = ClusterStream.all(text);

    assertThat(streamed).isNotNull().isEqualTo(List.of(MAPPER.readValue(text, Cluster[].class)));
    for (int i = 0; i < clusters.size(); i++) {
      byte[] single = MAPPER.writeValueAsBytes(clusters.get(i));
      assertThat(ClusterStream.one(single)).isEqualTo(streamed.get(i));
      assertThat(Json.write(clusters.get(i).toMap())).isEqualTo(single);
    }
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
  void clustersWithFieldsOfAnyType(
      @ForAll Cluster cluster, @ForAll("changes") Map<String, Object> changes) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>(cluster.toMap());
    changes.forEach((field, value) -> json.put(field, value == VALUES ? null : value));

    agree(MAPPER.writeValueAsBytes(json));
  }

  @Provide
  Arbitrary<Map<String, Object>> changes() {
    List<Object> values = new ArrayList<>(VALUES);
    // Stands for null, which maps of jqwik do not hold.
    values.add(VALUES);
    return Combinators.combine(
            Arbitraries.of(FIELDS), Arbitraries.integers().between(0, values.size() - 1))
        .as((field, index) -> Map.entry(field, values.get(index)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(
            entries -> {
              Map<String, Object> map = new LinkedHashMap<>();
              entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
              return map;
            });
  }

  @Property(tries = 3000)
  void anyBytes(@ForAll("bodies") byte[] text) throws IOException {
    Object expected;
    try {
      expected = MAPPER.readValue(text, Object.class);
    } catch (IOException e) {
      assertThatThrownBy(() -> Json.read(text)).isInstanceOf(IOException.class);
      assertThat(ClusterStream.one(text)).isNull();
      assertThat(ClusterStream.all(text)).isNull();
      return;
    }
    assertThat(Json.read(text)).isEqualTo(expected);
    agree(text);
  }

  @Provide
  Arbitrary<byte[]> bodies() {
    return Hostile.bodies(FIELDS, Payloads.SPACE_CLUSTER, Payloads.PROJECT_CLUSTER);
  }

  /**
   * The stream reads a cluster as databind does, or leaves it to the way that tells what is wrong.
   */
  private static void agree(byte[] text) throws IOException {
    Cluster streamed = ClusterStream.one(text);
    Cluster expected;
    try {
      expected = Cluster.fromMap(MAPPER.readerForMapOf(Object.class).readValue(text));
    } catch (IOException | RuntimeException e) {
      assertThat(streamed).isNull();
      assertThatThrownBy(() -> Decoders.CLUSTER.decode(text)).isNotNull();
      return;
    }
    if (streamed != null) {
      assertThat(streamed).isEqualTo(expected);
    }
    assertThat(Decoders.CLUSTER.decode(text)).isEqualTo(expected);
  }
}
