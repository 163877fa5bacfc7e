package io.github.typedbcloud.support;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for parts of secrets, of 8 characters and in any encoding. Written for the tests alone: it
 * shares nothing with the code that masks.
 */
public final class SecretSearch {

  private static final int PART = 8;

  private static final Pattern JSON =
      Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|x(\\p{XDigit}{2})|(.))");
  private static final Pattern PERCENT = Pattern.compile("%([0-9a-fA-F]{2})");
  private static final Pattern HTML =
      Pattern.compile("&#(?:[xX]0*(\\p{XDigit}{1,4})|0*([0-9]{1,5}));?");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{11,}");
  private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2}){8,}");

  private final Set<String> parts = new HashSet<>();

  public SecretSearch(String... secrets) {
    for (String secret : secrets) {
      String folded = secret.toLowerCase(Locale.ROOT);
      for (int i = 0; i + PART <= folded.length(); i++) {
        parts.add(folded.substring(i, i + PART));
      }
    }
  }

  /** The first part of a secret in a text; null for none. */
  public String find(String text) {
    for (String view : views(text)) {
      String folded = view.toLowerCase(Locale.ROOT);
      for (int i = 0; i + PART <= folded.length(); i++) {
        String part = folded.substring(i, i + PART);
        if (parts.contains(part)) {
          return "'" + part + "' in '" + folded + "'";
        }
      }
    }
    return null;
  }

  private static Set<String> views(String text) {
    Set<String> views = new HashSet<>();
    List<String> level = List.of(visible(text));
    for (int depth = 0; depth < 3; depth++) {
      List<String> next = new ArrayList<>();
      for (String view : level) {
        if (views.add(view) && depth < 2) {
          next.addAll(decoded(view));
        }
      }
      level = next;
    }
    return views;
  }

  private static List<String> decoded(String text) {
    List<String> decoded = new ArrayList<>();
    String json =
        replaced(
            JSON,
            text,
            m ->
                m.group(1) != null
                    ? character(m.group(1), 16)
                    : m.group(2) != null
                        ? character(m.group(2), 16)
                        : "bfnrt".contains(m.group(3)) ? "" : m.group(3));
    String percent = replaced(PERCENT, text, m -> character(m.group(1), 16));
    String html =
        replaced(
                HTML,
                text,
                m -> m.group(1) != null ? character(m.group(1), 16) : character(m.group(2), 10))
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
    decoded.add(visible(json));
    decoded.add(visible(percent));
    decoded.add(visible(html));
    String standard = text.replace('-', '+').replace('_', '/');
    for (MatchResult run : BASE64.matcher(standard).results().toList()) {
      for (int start = 0; start < 4; start++) {
        String group = run.group().substring(start);
        String whole = group.substring(0, group.length() - (group.length() % 4 == 1 ? 1 : 0));
        decoded.add(visible(latin(Base64.getDecoder().decode(whole))));
      }
    }
    for (MatchResult run : HEX.matcher(text).results().toList()) {
      decoded.add(visible(latin(HexFormat.of().parseHex(run.group()))));
    }
    return decoded;
  }

  private static String replaced(
      Pattern pattern, String text, Function<MatchResult, String> replacement) {
    return pattern.matcher(text).replaceAll(m -> Matcher.quoteReplacement(replacement.apply(m)));
  }

  private static String character(String digits, int radix) {
    return String.valueOf((char) Integer.parseInt(digits, radix));
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String visible(String text) {
    return text.replaceAll("[^!-~]", "");
  }
}
