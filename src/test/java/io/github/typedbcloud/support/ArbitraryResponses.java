package io.github.typedbcloud.support;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What a broken or hostile service could send. How many of each a property tries is jqwik's own
 * setting: {@code -Djqwik.tries.default=100000} makes a long run of it.
 */
public final class ArbitraryResponses {

  private static final int MAX = 2000;

  /** Texts that parsers of JSON have stumbled over. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-0.0",
          "1e400",
          "-1e-400",
          "1E999999999",
          "9".repeat(900),
          "9".repeat(10_000),
          "9223372036854775808",
          "NaN",
          "\"\"",
          "\"\\ud800\"",
          "\"\\u0000\\u001b\\u2028\"",
          "\"running\"",
          "\"aws\"",
          "\"" + "x".repeat(5000) + "\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "{\"\":null}",
          "{\"id\":\"a\",\"id\":1}",
          "[".repeat(60) + "]".repeat(60),
          "[".repeat(100_000),
          "{\"a\":".repeat(5000),
          "\"open");

  private static final List<Charset> CHARSETS =
      List.of(
          StandardCharsets.UTF_8,
          StandardCharsets.UTF_16,
          StandardCharsets.UTF_16LE,
          StandardCharsets.ISO_8859_1,
          Charset.forName("UTF-32"));

  private ArbitraryResponses() {}

  /** Bytes of any kind: at random, broken out of these documents, or JSON of their names. */
  public static Arbitrary<byte[]> bodies(List<String> names, String... documents) {
    return Arbitraries.oneOf(
        bytes(MAX), broken(documents), broken(documents), json(names), encoded(documents));
  }

  /** Bytes at random. */
  public static Arbitrary<byte[]> bytes(int longest) {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(longest);
  }

  /** Documents with a few pieces deleted, doubled, overwritten, or taken from another one. */
  public static Arbitrary<byte[]> broken(String... documents) {
    Arbitrary<Edit> edits =
        Combinators.combine(
                Arbitraries.integers().between(0, 4),
                Arbitraries.doubles().between(0, 1),
                Arbitraries.integers().between(0, 40),
                Arbitraries.strings().all().ofMaxLength(6),
                Arbitraries.of(documents))
            .as(Edit::new);
    return Combinators.combine(Arbitraries.of(documents), edits.list().ofMinSize(1).ofMaxSize(4))
        .as(
            (document, list) -> {
              byte[] text = document.getBytes(StandardCharsets.UTF_8);
              for (Edit edit : list) {
                text = edit.on(text);
              }
              return text;
            });
  }

  /** Objects with these names and values that are mostly wrong. */
  private static Arbitrary<byte[]> json(List<String> names) {
    Arbitrary<String> member =
        Combinators.combine(Arbitraries.of(names), Arbitraries.of(VALUES))
            .as((name, value) -> "\"" + name + "\":" + value);
    return Combinators.combine(
            member.list().ofMaxSize(12), Arbitraries.of("%s", "[%s]", "[%s,%s]", " %s ", "%s}"))
        .as(
            (members, frame) -> {
              String object = "{" + String.join(",", members) + "}";
              return frame.formatted(object, object).getBytes(StandardCharsets.UTF_8);
            });
  }

  private static Arbitrary<byte[]> encoded(String... documents) {
    return Combinators.combine(
            Arbitraries.of(documents),
            Arbitraries.of(CHARSETS),
            Arbitraries.of("", "\ufeff", "\u0000", " \n"))
        .as((document, charset, prefix) -> (prefix + document).getBytes(charset));
  }

  /** One change of a string, at a position that is a part of its length. */
  private record Edit(int kind, double place, int length, String overwrite, String other) {

    byte[] on(byte[] text) {
      int from = (int) (place * text.length);
      int to = Math.min(text.length, from + length);
      byte[] stranger = other.getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream changed = new ByteArrayOutputStream();
      changed.write(text, 0, from);
      switch (kind) {
        case 0 -> {} // the piece is gone
        case 1 -> {
          changed.write(text, from, to - from);
          changed.write(text, from, to - from);
        }
        case 2 -> changed.writeBytes(overwrite.getBytes(StandardCharsets.UTF_8));
        case 3 -> {
          int begin = (int) (place * stranger.length);
          changed.write(stranger, begin, Math.min(length, stranger.length - begin));
        }
        default -> {
          // One bit of it is flipped.
          if (to > from) {
            changed.write(text[from] ^ (1 << (length % 8)));
            changed.write(text, from + 1, to - from - 1);
          }
        }
      }
      changed.write(text, to, text.length - to);
      return changed.toByteArray();
    }
  }
}
