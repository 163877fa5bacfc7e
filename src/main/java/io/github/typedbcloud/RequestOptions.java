package io.github.typedbcloud;

import io.github.typedbcloud.internal.call.CallOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How calls are carried out that are made through {@link ClustersApi#with}. What is not set stays
 * as the client has it. Immutable.
 *
 * <pre>{@code
 * clusters.with(RequestOptions.within(Duration.ofSeconds(2))).list();
 * }</pre>
 */
public final class RequestOptions {

  /** How often a request may be sent, where nothing else is said. */
  public static final int DEFAULT_MAX_ATTEMPTS = 4;

  /** More attempts than this no deadline has room for. */
  public static final int MAX_ATTEMPTS = 100;

  /** Longer than any call makes sense, and short enough to be counted in nanoseconds. */
  private static final Duration MAX_DEADLINE = Duration.ofDays(365);

  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7E]*");

  /** What the client itself says in each request. */
  private static final Set<String> RESERVED_HEADERS =
      Set.of(
          "accept",
          "authorization",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent");

  private final @Nullable Duration deadline;
  private final @Nullable Integer maxAttempts;
  private final Map<String, String> headers;

  private RequestOptions(Builder builder) {
    this.deadline = builder.deadline;
    this.maxAttempts = builder.maxAttempts;
    TreeMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(builder.headers);
    this.headers = Collections.unmodifiableMap(copy);
  }

  /**
   * A deadline alone.
   *
   * @param deadline as {@link Builder#deadline}
   */
  public static RequestOptions within(Duration deadline) {
    return builder().deadline(deadline).build();
  }

  /** Starts with nothing set. */
  public static Builder builder() {
    return new Builder();
  }

  /** These options where they are set, and the given ones elsewhere. */
  CallOptions over(CallOptions settings) {
    TreeMap<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(settings.headers());
    all.putAll(headers);
    return new CallOptions(
        deadline == null ? settings.timeout() : deadline,
        maxAttempts == null ? settings.maxAttempts() : maxAttempts,
        Collections.unmodifiableMap(all));
  }

  static Duration requireDeadline(Duration deadline, String what) {
    if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(MAX_DEADLINE) > 0) {
      throw new IllegalArgumentException(
          "A " + what + " cannot be " + deadline + "; give more than zero and at most 365 days.");
    }
    return deadline;
  }

  static int requireAttempts(int attempts) {
    if (attempts < 1 || attempts > MAX_ATTEMPTS) {
      throw new IllegalArgumentException(
          "A request cannot be sent "
              + attempts
              + " times at most; give from 1 to "
              + MAX_ATTEMPTS
              + ".");
    }
    return attempts;
  }

  /** What is set; of headers only the names, because their values may be secrets. */
  @Override
  public String toString() {
    return "RequestOptions[deadline="
        + (deadline == null ? "the client's" : deadline)
        + ", maxAttempts="
        + (maxAttempts == null ? "the client's" : maxAttempts)
        + ", headers="
        + headers.keySet()
        + "]";
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private @Nullable Duration deadline;
    private @Nullable Integer maxAttempts;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Builder() {}

    /**
     * How long a call may take, over everything: token exchange, attempts, pauses, and the reading
     * that settles a write. The last part of a write's time (a quarter, 5 s at most) is kept for
     * that reading.
     *
     * @param value more than zero, 365 days at most
     * @throws IllegalArgumentException when it is not
     */
    public Builder deadline(Duration value) {
      this.deadline = requireDeadline(value, "deadline");
      return this;
    }

    /**
     * How often a request may be sent. Only what changed nothing is sent again: a read, a request
     * that did not leave, one that was turned away with 429, and a write of which a reading showed
     * that it was not done. The readings that settle a write are not counted. With 1 nothing is
     * sent again, but for the one resend after a 401.
     *
     * @param value from 1 to {@value RequestOptions#MAX_ATTEMPTS}
     * @throws IllegalArgumentException when it is not
     */
    public Builder maxAttempts(int value) {
      this.maxAttempts = requireAttempts(value);
      return this;
    }

    /**
     * A header for each request of a call, such as a trace's; not for the token exchange.
     *
     * @param name a header's name, but none that the client sets itself
     * @param value visible ASCII characters, spaces and tabs
     * @throws IllegalArgumentException when one is not so; the message does not repeat the value
     */
    public Builder header(String name, String value) {
      if (!HEADER_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "There can be no header '" + name + "'; give a name of RFC 9110, without a colon.");
      }
      if (RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "The header " + name + " is the client's own; leave it out.");
      }
      if (!HEADER_VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "The value of the header "
                + name
                + " has a character that a header cannot carry; give ASCII without line breaks.");
      }
      headers.put(name, value);
      return this;
    }

    /** The options as set so far. */
    public RequestOptions build() {
      return new RequestOptions(this);
    }
  }
}
