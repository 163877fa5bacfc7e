package io.github.typedbcloud.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.support.Jwt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from the body of a token exchange. */
final class ParsedTokenTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc.def.ghi",
        "abc.def.ghi\n",
        "\r\n\t abc.def.ghi \r\n",
        "\"abc.def.ghi\"",
        " \"abc.def.ghi\"\n",
        "\" abc.def.ghi \""
      })
  void parse_whiteSpaceAndQuotes_areStripped(String body) throws IOException {
    assertThat(read(body).value()).isEqualTo("abc.def.ghi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n",
        "\"\"",
        "\" \"",
        "\"",
        "<html><body>Sign in</body></html>",
        "{\"token\":\"abc\"}",
        "[\"abc\"]",
        "abc def",
        "abc\ndef",
        "abc\tdef",
        "\"abc\"def\"",
        "abc\u0000",
        "t\u00f6ken"
      })
  void parse_notOneToken_isNotRepeated(String body) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOf(IOException.class)
        .message()
        .isIn("it contains no access token", "it is not an access token alone");
  }

  @Test
  void parse_size_isLimited() throws IOException {
    String longest = "t".repeat(16 * 1024);

    assertThat(read(longest).value()).isEqualTo(longest);
    assertThatThrownBy(() -> read(longest + "t")).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'iat':1738256490,'exp':1738260090} | PT1H",
        "{'iat':1738256490,'exp':1738256550} | PT1M",
        "{'iat':1738256490,'exp':1738256491} | PT1S",
        "{'iat':1738256490.25,'exp':1738256551.75} | PT61.5S",
        "{'iat':1738256490,'exp':1738263690} | PT2H",
        "{'iat':1738256490,'exp':1738342889} | PT23H59M59S",
        "{'iat':1738256490,'exp':1738342890} | PT24H",
        "{'iat':1738256490,'exp':1738342891} | PT24H",
        "{'iat':0,'exp':99999999999999999999999999} | PT24H",
        "{'iat':0,'exp':1e300} | PT24H",
        // What is no lifetime is taken for none.
        "{'iat':1738256490,'exp':1738256490} | PT1H",
        "{'iat':1738256490,'exp':1738256490.5} | PT1H",
        "{'iat':1738260090,'exp':1738256490} | PT1H",
        "{'iat':1e400,'exp':1e400} | PT1H",
        "{'iat':'1738256490','exp':'1738256550'} | PT1H",
        "{'iat':1738256490,'exp':null} | PT1H",
        "{'iat':1738256490} | PT1H",
        "{'exp':1738256550} | PT1H",
        "{} | PT1H",
        "[1738256490,1738256550] | PT1H",
        "no JSON | PT1H",
      },
      quoteCharacter = '`')
  void lifetime_ofJwt_isExpMinusIat(String claims, Duration lifetime) throws IOException {
    assertThat(read(Jwt.of(claims.replace('\'', '"'))).lifetime()).isEqualTo(lifetime);
  }

  @ParameterizedTest
  @ValueSource(strings = {"opaque", "one.two", "a.b.c.d", "a.!!!.c", "..", "a.AAAA.c"})
  void parse_notJwt_livesOneHour(String token) throws IOException {
    assertThat(read(token).lifetime()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void toString_hidesToken() throws IOException {
    assertThat(read("abc.def.ghi")).hasToString("***");
  }

  private static ParsedToken read(String body) throws IOException {
    return ParsedToken.parse(body.getBytes(StandardCharsets.UTF_8));
  }
}
