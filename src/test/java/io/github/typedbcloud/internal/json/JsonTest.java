package io.github.typedbcloud.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.typedbcloud.support.ArbitraryResponses;
import io.github.typedbcloud.support.Payloads;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Plain values are read and written as databind does. */
class JsonTest {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @Property
  void read_anyBytes_agreesWithDatabind(@ForAll("bodies") byte[] json) throws IOException {
    Object expected;
    try {
      expected = MAPPER.readValue(json, Object.class);
    } catch (IOException e) {
      assertThatThrownBy(() -> Json.read(json)).isInstanceOf(IOException.class);
      return;
    }
    assertThat(Json.read(json)).isEqualTo(expected);
    if (expected != null) {
      assertThat(Json.write(expected)).isEqualTo(MAPPER.writeValueAsBytes(expected));
    }
  }

  @Provide
  Arbitrary<byte[]> bodies() {
    return ArbitraryResponses.bodies(
        List.of("a", "b", "id"), Payloads.SPACE_CLUSTER, "[1, 2.5, \"x\", null, {\"a\": [true]}]");
  }

  @Example
  void write_valueOfAnotherType_fails() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.write(Map.of("at", Instant.EPOCH)))
        .withMessageContaining("java.time.Instant");
  }
}
