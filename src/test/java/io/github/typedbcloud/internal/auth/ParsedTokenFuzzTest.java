package io.github.typedbcloud.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.support.ArbitraryResponses;
import io.github.typedbcloud.support.Jwt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any response to the exchange is parsed to a token that a header can carry, or rejected. */
class ParsedTokenFuzzTest {

  @Provide
  Arbitrary<byte[]> bodies() {
    return ArbitraryResponses.bodies(
        List.of("token", "access_token", "exp", "iat", "expires_in"),
        Jwt.living(3600),
        "\"" + Jwt.living(3600) + "\"",
        "opaque-token",
        "{\"access_token\":\"abc\"}");
  }

  @Provide
  Arbitrary<String> claims() {
    Arbitrary<String> times =
        Arbitraries.of(
            "0",
            "-1",
            "1738256490",
            "1e300",
            "-1e300",
            "1e-300",
            "9".repeat(300),
            "null",
            "\"1\"",
            "1738256490.9999",
            "[]",
            "NaN");
    return Combinators.combine(times, times)
        .as((exp, iat) -> "{\"exp\":" + exp + ",\"iat\":" + iat + "}");
  }

  @Property
  void parse_anyBytes_succeedsOrFails(@ForAll("bodies") byte[] body) {
    isTokenOrError(body);
  }

  @Property
  void parse_anyClaims_hasValidLifetime(@ForAll("claims") String claims) throws IOException {
    byte[] token = Jwt.of(claims).getBytes(StandardCharsets.US_ASCII);

    assertThat(isTokenOrError(token)).isTrue();
  }

  private static boolean isTokenOrError(byte[] body) {
    ParsedToken token;
    try {
      token = ParsedToken.parse(body);
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank();
      return false;
    }
    assertThat(token.value()).hasSizeLessThanOrEqualTo(16 * 1024).matches("[\\x21-\\x7e]+");
    assertThat(token.lifetime())
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1))
        .isLessThanOrEqualTo(Duration.ofDays(1));
    return true;
  }
}
