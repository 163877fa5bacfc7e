package io.github.typedbcloud.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.support.SecretEncoding;
import io.github.typedbcloud.support.SecretSearch;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Any secret, in any encoding, cut anywhere, in any text. */
class SecretsPropertyTest {

  private static final int MAX = 5_000;

  @Provide
  Arbitrary<String> secrets() {
    return Arbitraries.strings().withCharRange('!', '~').ofMinLength(8).ofMaxLength(60);
  }

  @Provide
  Arbitrary<String> surroundings() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(40),
        Arbitraries.of("", "Bearer ", "{\"message\":\"", "<p>", "token=", "\u001b[31m", "\ud83d"));
  }

  @Property(tries = 1000)
  void clean_encodedSecret_isMasked(
      @ForAll("secrets") String secret,
      @ForAll SecretEncoding encoding,
      @ForAll @IntRange(max = 52) int start,
      @ForAll @IntRange(min = 8, max = 60) int length,
      @ForAll("surroundings") String before,
      @ForAll("surroundings") String after) {
    int from = Math.min(start, secret.length() - 8);
    String part = secret.substring(from, Math.min(secret.length(), from + length));

    String clean = Secrets.of("the-id", secret).clean(before + encoding.encode(part) + after, MAX);

    assertThat(new SecretSearch(secret).find(clean)).isNull();
    assertThat(clean)
        .contains(Secrets.MASK)
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
  }

  @Property(tries = 300)
  void clean_cutEncodedForm_isMasked(
      @ForAll("secrets") String secret, @ForAll @IntRange(max = 200) int start) {
    for (SecretEncoding encoding :
        new SecretEncoding[] {
          SecretEncoding.BASE64, SecretEncoding.BASE64_URL, SecretEncoding.HEX
        }) {
      // The last character of base64 may depend on what follows.
      String encoded = encoding.encode(secret).replaceAll(".?=*$", "");
      int from = Math.min(start, encoded.length() - 8);
      String part = encoded.substring(from, from + 8);

      assertThat(Secrets.of(secret).clean("(" + part + ")", MAX)).isEqualTo("(***)");
    }
  }

  @Property(tries = 300)
  void clean_anyLength_isBounded(
      @ForAll String text, @ForAll @IntRange(min = 1, max = 50) int max) {
    String clean = Secrets.NONE.clean(text, max);

    assertThat(clean.length()).isLessThanOrEqualTo(max);
    assertThat(CleanText.isClean(clean)).isTrue();
    assertThat(CleanText.of(clean, max)).isSameAs(clean);
  }

  @Example
  void clean_sevenCharacters_areNotMasked() {
    Secrets secrets = Secrets.of("the-client-id", "abcdefghijklm");

    assertThat(secrets.clean("abcdefg, ghijklm", MAX)).isEqualTo("abcdefg, ghijklm");
    assertThat(secrets.clean("abcdefgh", MAX)).isEqualTo("***");
  }

  @Example
  void clean_shortSecret_isMaskedWhole() {
    Secrets secrets = Secrets.of("the-client-id", "s3cr3t");

    assertThat(secrets.clean("s3cr3t, s3cr3, \\u0073%33cr3t", MAX)).isEqualTo("***, s3cr3, ***");
    assertThat(secrets.clean(SecretEncoding.BASE64.encode("s3cr3t"), MAX)).isEqualTo("***");
  }

  @Example
  void clean_clientId_isMaskedOnlyWithSecret() {
    Secrets secrets = Secrets.of("the-client-id", "abcdefghijklm");

    assertThat(secrets.clean("the-client-id", MAX)).isEqualTo("the-client-id");
    assertThat(secrets.clean("the-client-id:", MAX)).isEqualTo("the-client-id:");
    assertThat(secrets.clean("the-client-id:abcdefghijklm", MAX))
        .endsWith("***")
        .doesNotContain("abc");
    assertThat(secrets.clean("the-client-id:abc", MAX)).endsWith("***").doesNotContain("abc");
  }

  @Example
  void clean_secretOverTheBound_isMasked() {
    Secrets secrets = Secrets.of("0123456789abcdef");

    for (int filler = 170; filler < 210; filler++) {
      String clean = secrets.clean("x".repeat(filler) + "0123456789abcdef" + "y".repeat(90), 200);
      assertThat(clean).doesNotContain("0").hasSizeLessThanOrEqualTo(200);
    }
  }

  @Example
  void clean_severalSecrets_areMasked() {
    KnownSecrets known = new KnownSecrets(Secrets.of("id", "client-secret"));
    for (int i = 0; i < 11; i++) {
      known.add(Secrets.of("access-token-" + (char) ('a' + i) + i));
    }

    assertThat(known.current().clean("client-secret access-token-a0 access-token-k10", MAX))
        .isEqualTo("*** *** ***");
    known.add(Secrets.of("one too many"));
    assertThat(known.current().clean("client-secret", MAX)).isEqualTo("client-secret");
  }

  @Example
  void message_tooLong_losesItsMiddle() {
    String message = CleanText.message("start" + "\u0085".repeat(100_000) + "end");

    assertThat(message).startsWith("start\\u0085").endsWith("\\u0085end").contains("…");
    assertThat(message.length()).isBetween(3_990, 4_000);
    assertThat(CleanText.message("x".repeat(4_000))).hasSize(4_000).doesNotContain("…");
  }
}
