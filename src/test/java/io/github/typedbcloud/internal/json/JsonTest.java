package io.github.typedbcloud.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.typedbcloud.support.ArbitraryResponses;
import io.github.typedbcloud.support.Payloads;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Plain values are read and written as databind does. */
class JsonTest {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Of a number; the strings of the bodies hold none. */
  private static final Pattern HUGE_EXPONENT = Pattern.compile("[0-9][eE][-+]?[0-9]{5}");

  @Property
  void read_anyBytes_agreesWithDatabind(@ForAll("bodies") byte[] json) throws IOException {
    Object expected;
    try {
      expected = MAPPER.readValue(json, Object.class);
    } catch (IOException e) {
      assertThatThrownBy(() -> Json.read(json)).isInstanceOf(IOException.class);
      return;
    }
    if (HUGE_EXPONENT.matcher(new String(json, StandardCharsets.UTF_8)).find()) {
      assertThatThrownBy(() -> Json.read(json)).hasMessageContaining("exponent is beyond 10000");
      return;
    }
    assertThat(exact(Json.read(json))).isEqualTo(exact(expected));
    if (expected != null) {
      assertThat(Json.write(expected)).isEqualTo(MAPPER.writeValueAsBytes(expected));
    }
  }

  /** With a decimal for each double. */
  private static Object exact(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((name, field) -> copy.put(name, exact(field)));
      return copy;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Optional::ofNullable).map(e -> e.map(JsonTest::exact)).toList();
    }
    return value instanceof Double number ? new BigDecimal(number.toString()) : value;
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
