package io.github.typedbcloud.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that text from a peer must not show: client secrets and access tokens. A client ID
 * alone is none. Immutable and thread-safe.
 *
 * <p>A secret is masked whole, and so is every part of it of 8 or more characters; a secret that is
 * shorter is masked whole only. It is recognized
 *
 * <ul>
 *   <li>as it is, in upper or lower case, in UTF-8, UTF-16 or UTF-32, and with white space or
 *       invisible characters in between;
 *   <li>in escapes of JSON, percent-encoding, and character references of HTML, in any mix;
 *   <li>in base64 and base64url, at any place in the encoded bytes, and in hexadecimal digits; of
 *       these too every part of 8 or more characters;
 *   <li>in two of these, one inside the other.
 * </ul>
 *
 * <p>Deeper nesting, compression and other transformations are not recognized. Text that looks like
 * a part of a secret by chance is masked too.
 */
public final class Secrets {

  /** No secrets: text is escaped and bounded only. */
  public static final Secrets NONE = new Secrets(List.of());

  /** What replaces a secret. */
  public static final String MASK = "***";

  private static final HexFormat HEX = HexFormat.of();

  private static final int PART = 8;

  /** Shorter encoded forms of a short secret would occur by chance. */
  private static final int MIN_ENCODED = 5;

  private static final int BITS = 7;

  private static final long PART_BITS = (1L << (BITS * PART)) - 1;

  /** How far beyond the quoted part is looked for the rest of a secret that starts in it. */
  private static final int LOOK_AHEAD = 256;

  private final List<Secret> secrets;

  /** Made when there is something to mask, which is seldom. */
  private volatile @Nullable Index index;

  /**
   * One secret.
   *
   * @param prefix what may precede it and is no secret itself
   */
  private record Secret(String prefix, String value) {}

  /**
   * What is searched for, in the form of {@link #folded}.
   *
   * @param parts each part of {@link #PART} characters, packed, sorted
   * @param shorter what is shorter than that
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and written once
  private record Index(long[] parts, List<String> shorter) {}

  private Secrets(List<Secret> secrets) {
    this.secrets = secrets;
  }

  /** A client secret, alone and after the ID and a colon. */
  public static Secrets of(String clientId, String clientSecret) {
    return new Secrets(List.of(new Secret(clientId + ":", clientSecret)));
  }

  /** An access token. */
  public static Secrets of(String token) {
    return new Secrets(List.of(new Secret("", token)));
  }

  /** These and, at the end, others. */
  Secrets and(Secrets others) {
    Stream<Secret> rest = secrets.stream().filter(secret -> !others.secrets.contains(secret));
    return new Secrets(Stream.concat(rest, others.secrets.stream()).toList());
  }

  /** The last ones of these. */
  Secrets last(int count) {
    int size = secrets.size();
    return size <= count ? this : new Secrets(secrets.subList(size - count, size));
  }

  /** Masks, escapes and bounds, as {@link CleanText#of} does. */
  public String clean(String text, int maxLength) {
    return CleanText.of(masked(text, maxLength), maxLength);
  }

  /** The same, with each run of white space as one space. */
  public String cleanCollapsed(String text, int maxLength) {
    return CleanText.collapsed(masked(text, maxLength), maxLength);
  }

  /**
   * A failure whose message, causes and suppressed exceptions repeat no secret and are clean: the
   * same one when it is so already, and otherwise a copy with the same stack trace.
   */
  public Exception clean(Exception failure) {
    return FailureCopy.clean(
        failure, (part, text) -> clean(FailureCopy.withoutDump(text), FailureCopy.MAX_MESSAGE));
  }

  /**
   * The same for a failure during a token exchange, whose response holds a secret that is not known
   * yet: messages that may quote the response are replaced.
   */
  public Exception cleanWithoutQuotes(Exception failure) {
    return FailureCopy.clean(
        failure,
        (part, text) -> clean(FailureCopy.withoutQuotes(part, text), FailureCopy.MAX_MESSAGE));
  }

  /** The simple name of a failure's type, also of one that was cleaned. */
  public static String typeName(Throwable failure) {
    return FailureCopy.typeName(failure);
  }

  /** The start of a text, with the secrets masked, and a mark of what was cut off. */
  private String masked(String text, int maxLength) {
    int end = text.length() <= maxLength ? text.length() : maxLength;
    if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
      end--;
    }
    BitSet marks = marks(text.substring(0, Math.min(text.length(), end + LOOK_AHEAD)));
    StringBuilder masked = new StringBuilder(end + 1);
    for (int i = 0; i < end; ) {
      if (marks.get(i)) {
        masked.append(MASK);
        i = marks.nextClearBit(i);
      } else {
        masked.append(text.charAt(i++));
      }
    }
    return end < text.length() ? masked.append('…').toString() : masked.toString();
  }

  /** The characters of a text that show a part of a secret. */
  private BitSet marks(String text) {
    BitSet marks = new BitSet();
    if (secrets.isEmpty() || text.isEmpty()) {
      return marks;
    }
    Index known = index();
    View plain = View.of(text);
    markEncoded(known, plain, marks);
    for (View.Escapes outer : View.Escapes.values()) {
      View once = plain.unescaped(outer);
      if (once == null) {
        continue;
      }
      markEncoded(known, once, marks);
      for (View.Escapes inner : View.Escapes.values()) {
        View twice = once.unescaped(inner);
        if (twice != null) {
          markEncoded(known, twice, marks);
        }
      }
    }
    return marks;
  }

  /** In a view, and in what is base64 or hexadecimal in it. */
  private static void markEncoded(Index known, View view, BitSet marks) {
    mark(known, view, marks);
    mark(known, view.hex(0), marks);
    mark(known, view.hex(1), marks);
    for (int place = 0; place < 4; place++) {
      View decoded = view.base64(place);
      mark(known, decoded, marks);
      View unescaped = decoded.unescaped(View.Escapes.ALL);
      if (unescaped != null) {
        mark(known, unescaped, marks);
      }
    }
  }

  private static void mark(Index known, View view, BitSet marks) {
    long part = 0;
    for (int i = 0; i < view.length(); i++) {
      part = ((part << BITS) | folded(view.charAt(i))) & PART_BITS;
      if (i >= PART - 1 && Arrays.binarySearch(known.parts(), part) >= 0) {
        marks.set(view.from(i - PART + 1), view.to(i));
      }
    }
    for (String shorter : known.shorter()) {
      int last = view.length() - shorter.length();
      for (int i = 0; i <= last; i++) {
        if (matches(view, i, shorter)) {
          marks.set(view.from(i), view.to(i + shorter.length() - 1));
        }
      }
    }
  }

  private static boolean matches(View view, int start, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (folded(view.charAt(start + i)) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private Index index() {
    Index known = index;
    if (known == null) {
      known = newIndex();
      index = known;
    }
    return known;
  }

  private Index newIndex() {
    List<String> shorter = new ArrayList<>();
    long[] parts = new long[64];
    int count = 0;
    for (String form : secrets.stream().flatMap(Secrets::forms).distinct().toList()) {
      if (form.length() < PART) {
        shorter.add(form);
        continue;
      }
      long part = 0;
      for (int i = 0; i < form.length(); i++) {
        part = ((part << BITS) | form.charAt(i)) & PART_BITS;
        if (i >= PART - 1) {
          parts = count < parts.length ? parts : Arrays.copyOf(parts, 2 * count);
          parts[count++] = part;
        }
      }
    }
    parts = Arrays.copyOf(parts, count);
    Arrays.sort(parts);
    return new Index(parts, List.copyOf(shorter));
  }

  /** What shows a secret, folded. */
  private static Stream<String> forms(Secret secret) {
    String value = folded(secret.value());
    if (value.isEmpty()) {
      return Stream.empty();
    }
    // Of the prefix only the parts that reach into the secret.
    String prefix = folded(secret.prefix());
    String joined = prefix.substring(Math.max(0, prefix.length() - PART + 1)) + value;
    byte[] bytes = secret.value().getBytes(StandardCharsets.UTF_8);
    Stream<String> encoded =
        Stream.of(
                HEX.formatHex(bytes),
                HEX.formatHex(
                    secret.value().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)),
                HEX.formatHex(
                    secret.value().toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)),
                base64(bytes, 0),
                base64(bytes, 1),
                base64(bytes, 2))
            .filter(form -> form.length() >= MIN_ENCODED);
    Stream<String> plain = joined.length() < PART ? Stream.of(value) : Stream.of(value, joined);
    return Stream.concat(plain, encoded);
  }

  /** The characters that are the same whatever stands before and after the bytes. */
  private static String base64(byte[] bytes, int bytesBefore) {
    byte[] all = new byte[bytesBefore + bytes.length];
    System.arraycopy(bytes, 0, all, bytesBefore, bytes.length);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(all);
    int start = bytesBefore == 0 ? 0 : bytesBefore + 1;
    int end = all.length * 8 / 6;
    return start < end ? folded(encoded.substring(start, end)) : "";
  }

  /** Without what a view leaves out, in lower case, and with one alphabet of base64. */
  private static String folded(String text) {
    View view = View.of(text);
    StringBuilder folded = new StringBuilder(view.length());
    for (int i = 0; i < view.length(); i++) {
      folded.append(folded(view.charAt(i)));
    }
    return folded.toString();
  }

  private static char folded(char c) {
    if (c >= 'A' && c <= 'Z') {
      return (char) (c + ('a' - 'A'));
    }
    return c == '-' ? '+' : c == '_' ? '/' : c;
  }

  @Override
  public String toString() {
    return "Secrets[" + MASK + "]";
  }
}
