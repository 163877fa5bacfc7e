package io.github.typedbcloud.support;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The ways in which a service may repeat a secret. */
public enum SecretEncoding {
  PLAIN(text -> text),
  UPPER_CASE(text -> text.toUpperCase(Locale.ROOT)),
  WITH_SPACES(each(c -> " " + (char) c)),
  WITH_LINE_BREAKS(each(c -> (char) c + "\r\n")),
  WITH_ZERO_WIDTH(each(c -> (char) c + "\u200b\ufeff")),
  UTF_16_BE(each(c -> "\0" + (char) c)),
  UTF_16_LE(each(c -> (char) c + "\0")),
  UTF_32(each(c -> "\0\0\0" + (char) c)),
  JSON_SLASH(text -> text.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/")),
  JSON_UNICODE(each(c -> String.format("\\u%04x", c))),
  JSON_UNICODE_UPPER(each(c -> String.format("\\u%04X", c))),
  JSON_MIXED(each(c -> c % 2 == 0 || c == '\\' ? String.format("\\u%04x", c) : "" + (char) c)),
  HEX_ESCAPES(each(c -> String.format("\\x%02x", c))),
  PERCENT(text -> URLEncoder.encode(text, StandardCharsets.UTF_8)),
  PERCENT_ALL(each(c -> String.format("%%%02X", c))),
  PERCENT_MIXED(each(c -> c % 2 == 0 || c == '%' ? String.format("%%%02x", c) : "" + (char) c)),
  HTML_NAMED(
      text ->
          text.replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("\"", "&quot;")
              .replace("'", "&apos;")),
  HTML_DECIMAL(each(c -> "&#" + c + ";")),
  HTML_HEX(each(c -> String.format("&#x%x;", c))),
  HTML_ZEROS(each(c -> String.format("&#X%06X;", c))),
  BASE64(text -> base64("", text)),
  BASE64_SECOND(text -> base64("B", text)),
  BASE64_THIRD(text -> base64("Ba", text)),
  BASE64_LINES(text -> Base64.getMimeEncoder(20, new byte[] {'\n'}).encodeToString(bytes(text))),
  BASE64_URL(text -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text))),
  HEX(text -> HexFormat.of().formatHex(bytes(text))),
  HEX_UPPER_SPACED(text -> HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes(text))),
  // One in the other.
  PERCENT_OF_JSON(text -> PERCENT_ALL.encode(JSON_UNICODE.encode(text))),
  PERCENT_TWICE(text -> PERCENT.encode(PERCENT_ALL.encode(text))),
  JSON_TWICE(text -> JSON_UNICODE.encode(text).replace("\\", "\\\\")),
  HTML_OF_JSON(text -> HTML_NAMED.encode(JSON_SLASH.encode(text))),
  JSON_OF_BASE64(text -> JSON_SLASH.encode(BASE64.encode(text))),
  PERCENT_OF_BASE64(text -> PERCENT.encode(BASE64_SECOND.encode(text))),
  BASE64_OF_JSON(text -> BASE64.encode(JSON_UNICODE.encode(text))),
  BASE64_OF_UTF_16(text -> BASE64_SECOND.encode(UTF_16_BE.encode(text))),
  BASE64_TWICE(text -> BASE64.encode(BASE64.encode(text)));

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final UnaryOperator<String> encoder;

  SecretEncoding(UnaryOperator<String> encoder) {
    this.encoder = encoder;
  }

  public String encode(String text) {
    return encoder.apply(text);
  }

  private static UnaryOperator<String> each(IntFunction<String> encoder) {
    return text -> text.chars().mapToObj(encoder).collect(Collectors.joining());
  }

  private static String base64(String before, String text) {
    return Base64.getEncoder().encodeToString(bytes(before + text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
