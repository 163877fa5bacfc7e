package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that are masked in what the simulator shows of requests: as they are, in base64,
 * percent-encoded and escaped in JSON. Immutable.
 */
final class Secrets {

  static final String MASK = "***";

  static final Secrets NONE = new Secrets(List.of());

  /** Shorter ones cannot be distinguished from other text. */
  static final int MIN_LENGTH = 4;

  private static final Set<String> SECRET_HEADERS =
      Set.of("authorization", "cookie", "proxy-authorization");

  private final List<String> spellings;
  private final int longest;

  private Secrets(List<String> spellings) {
    this.spellings = spellings;
    int max = 0;
    for (String spelling : spellings) {
      max = Math.max(max, spelling.length());
    }
    this.longest = max;
  }

  /** The secrets of API tokens. */
  static Secrets of(Collection<ApiToken> tokens) {
    Set<String> all = new LinkedHashSet<>();
    for (ApiToken token : tokens) {
      addSpellings(token.clientSecret(), all);
      addBase64(token.clientId() + ":" + token.clientSecret(), all);
    }
    all.removeIf(spelling -> spelling.length() < MIN_LENGTH);
    return new Secrets(List.copyOf(all));
  }

  /**
   * These and the credentials of a request, which are masked as they are.
   *
   * @param authorization its {@code Authorization} header; null for none
   */
  Secrets with(@Nullable String authorization) {
    if (authorization == null) {
      return this;
    }
    String credentials = authorization.substring(authorization.indexOf(' ') + 1).strip();
    // The client ID in front of the colon is no secret.
    String secret = credentials.substring(credentials.indexOf(':') + 1);
    if (secret.length() < MIN_LENGTH) {
      return this;
    }
    List<String> all = new ArrayList<>(spellings.size() + 1);
    all.addAll(spellings);
    all.add(secret);
    return new Secrets(all);
  }

  /** Whether the values of a header are secrets; the name is in lower case. */
  static boolean isSecretHeader(String lowerCaseName) {
    return SECRET_HEADERS.contains(lowerCaseName);
  }

  /** How many characters of a text {@link #mask} must see to return this many of them. */
  int charactersFor(int max) {
    return max + longest;
  }

  /**
   * Returns the start of a text with every secret masked, also one that the end of the start cuts.
   *
   * @param text at least the first {@link #charactersFor} characters of the text, if it has them
   * @param max how many characters of the text the result covers at most
   */
  String mask(String text, int max) {
    String start = text.substring(0, Math.min(text.length(), charactersFor(max)));
    BitSet secret = new BitSet();
    for (String spelling : spellings) {
      int at = start.indexOf(spelling);
      while (at >= 0) {
        secret.set(at, at + spelling.length());
        at = start.indexOf(spelling, at + 1);
      }
    }
    int end = Math.min(max, start.length());
    if (secret.isEmpty()) {
      return start.substring(0, end);
    }
    StringBuilder masked = new StringBuilder(end);
    int from = 0;
    while (from < end) {
      int next = secret.nextSetBit(from);
      if (next < 0 || next >= end) {
        return masked.append(start, from, end).toString();
      }
      masked.append(start, from, next).append(MASK);
      from = secret.nextClearBit(next);
    }
    return masked.toString();
  }

  private static void addSpellings(String secret, Set<String> all) {
    if (secret.length() < MIN_LENGTH) {
      return;
    }
    all.add(secret);
    addBase64(secret, all);
    String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    for (String form : List.of(encoded, encoded.replace("+", "%20"))) {
      all.add(form);
      all.add(lowerCaseEscapes(form));
    }
    String quoted = SimulatorJson.write(TextNode.valueOf(secret));
    String escaped = quoted.substring(1, quoted.length() - 1);
    all.add(escaped);
    all.add(escaped.replace("/", "\\/"));
  }

  private static void addBase64(String secret, Set<String> all) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    // Without the padding, which masks the padded form as well.
    all.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    all.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static String lowerCaseEscapes(String encoded) {
    List<String> parts = new ArrayList<>(List.of(encoded.split("%", -1)));
    for (int i = 1; i < parts.size(); i++) {
      String part = parts.get(i);
      parts.set(i, part.substring(0, 2).toLowerCase(Locale.ROOT) + part.substring(2));
    }
    return String.join("%", parts);
  }

  /** How many there are, without any of them. */
  @Override
  public String toString() {
    return "Secrets[" + spellings.size() + " spellings]";
  }
}
