package io.github.typedbcloud;

import io.github.typedbcloud.internal.call.CallOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Options of the calls that are made through {@link ClustersApi#with}. What is not set stays as the
 * client has it. Immutable.
 *
 * <pre>{@code
 * clusters.with(RequestOptions.within(Duration.ofSeconds(2))).list();
 * }</pre>
 */
public final class RequestOptions {

  /** The default number of attempts. */
  public static final int DEFAULT_MAX_ATTEMPTS = 4;

  /** The default verification window. */
  public static final Duration DEFAULT_VERIFICATION_WINDOW = Duration.ofSeconds(10);

  /** The maximum number of attempts. */
  public static final int MAX_ATTEMPTS = 100;

  /** The maximum deadline; fits a count of nanoseconds. */
  private static final Duration MAX_DEADLINE = Duration.ofDays(365);

  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7E]*");

  private static final int MAX_HEADERS_LENGTH = 8 * 1024;

  /** The headers that cannot be set, in lower case, and why. */
  private static final Map<String, String> RESERVED_HEADERS = reservedHeaders();

  private final @Nullable Duration deadline;
  private final @Nullable Duration attemptTimeout;
  private final @Nullable Integer maxAttempts;
  private final @Nullable Duration verificationWindow;
  private final Map<String, String> headers;

  private RequestOptions(Builder builder) {
    this.deadline = builder.deadline;
    this.attemptTimeout = builder.attemptTimeout;
    this.maxAttempts = builder.maxAttempts;
    this.verificationWindow = builder.verificationWindow;
    TreeMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(builder.headers);
    this.headers = Collections.unmodifiableMap(copy);
  }

  /**
   * Options with a deadline only.
   *
   * @param deadline as {@link Builder#deadline}
   */
  public static RequestOptions within(Duration deadline) {
    Objects.requireNonNull(deadline, "deadline must not be null");
    return builder().deadline(deadline).build();
  }

  /** Starts with nothing set. */
  public static Builder builder() {
    return new Builder();
  }

  /** The given options, overridden by those that are set here. */
  CallOptions over(CallOptions defaults) {
    TreeMap<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(defaults.headers());
    all.putAll(headers);
    return new CallOptions(
        deadline == null ? defaults.timeout() : deadline,
        attemptTimeout == null ? defaults.attemptTimeout() : attemptTimeout,
        maxAttempts == null ? defaults.maxAttempts() : maxAttempts,
        verificationWindow == null ? defaults.verificationWindow() : verificationWindow,
        Collections.unmodifiableMap(all),
        defaults.waitInfo());
  }

  static Duration requireDeadline(Duration deadline, String what) {
    if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(MAX_DEADLINE) > 0) {
      throw new IllegalArgumentException(
          "The " + what + " cannot be " + deadline + "; use more than zero and at most 365 days.");
    }
    return deadline;
  }

  static Duration requireVerificationWindow(Duration window) {
    if (window.isNegative() || window.compareTo(MAX_DEADLINE) > 0) {
      throw new IllegalArgumentException(
          "A verification window cannot be " + window + "; use zero to 365 days.");
    }
    return window;
  }

  static int requireAttempts(int attempts) {
    if (attempts < 1 || attempts > MAX_ATTEMPTS) {
      throw new IllegalArgumentException(
          "The maximum number of attempts cannot be "
              + attempts
              + "; use 1 to "
              + MAX_ATTEMPTS
              + ".");
    }
    return attempts;
  }

  private static Map<String, String> reservedHeaders() {
    Map<String, String> reasons = new HashMap<>();
    reserve(
        reasons,
        "is set by the client itself; leave it out",
        "accept accept-charset authorization content-encoding content-language content-length"
            + " content-location content-range content-type host user-agent");
    reserve(
        reasons,
        "belongs to the connection, which the client manages; leave it out",
        "connection expect http2-settings keep-alive proxy-connection te trailer transfer-encoding"
            + " upgrade");
    reserve(
        reasons,
        "would change the encoding of responses; leave it out, they are decompressed already",
        "accept-encoding");
    reserve(
        reasons,
        "would make the service send another response than the documented one; leave it out",
        "a-im if-range prefer range");
    reserve(
        reasons,
        "would make the service skip calls; leave it out, the API has no conditional requests",
        "if-match if-modified-since if-none-match if-unmodified-since");
    reserve(
        reasons,
        "would turn a call into another one; call the method for it",
        "x-http-method x-http-method-override x-method-override");
    reserve(
        reasons,
        "would change the URL of a call; set the base URL of the client",
        "x-original-url x-rewrite-url");
    reserve(
        reasons,
        "is for a proxy, and would be sent to the service; set proxyAuthenticator in"
            + " customizeHttpClient",
        "proxy-authorization");
    reserve(reasons, "is kept by the cookie jar; set one in customizeHttpClient", "cookie");
    return Map.copyOf(reasons);
  }

  private static void reserve(Map<String, String> reasons, String reason, String names) {
    for (String name : names.split(" ", -1)) {
      reasons.put(name, reason);
    }
  }

  /** Human-readable form, without the values of headers, which may be secrets. */
  @Override
  public String toString() {
    return "RequestOptions[deadline="
        + (deadline == null ? "the client's" : deadline)
        + ", maxAttempts="
        + (maxAttempts == null ? "the client's" : maxAttempts)
        + (attemptTimeout == null ? "" : ", attemptTimeout=" + attemptTimeout)
        + (verificationWindow == null ? "" : ", verificationWindow=" + verificationWindow)
        + ", headers="
        + headers.keySet()
        + "]";
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private @Nullable Duration deadline;
    private @Nullable Duration attemptTimeout;
    private @Nullable Integer maxAttempts;
    private @Nullable Duration verificationWindow;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Builder() {}

    /**
     * The time limit of a whole call: token exchange, attempts, pauses, and the reads that verify a
     * write. A quarter of the time that remains for an attempt of a write, at most 5 s, is reserved
     * for verifying it.
     *
     * @param value more than zero, 365 days at most
     * @throws IllegalArgumentException when it is not
     */
    public Builder deadline(Duration value) {
      Objects.requireNonNull(value, "value must not be null");
      this.deadline = requireDeadline(value, "deadline");
      return this;
    }

    /**
     * The time limit of each request of a call: connection, TLS handshake, request, response and
     * body. When it elapses, the connection is not used again, nor are the idle ones to the service
     * that were opened before; a read is retried, and a write is verified. So a connection that
     * went silent costs a part of the deadline, not all of it. A request ends with the deadline at
     * the latest.
     *
     * <p>By default a third of the deadline, but at least 1 s; a call with one attempt has all of
     * the deadline. Set it for a service that takes longer to respond, or to have more attempts
     * within the deadline.
     *
     * @param value more than zero, 365 days at most
     * @throws IllegalArgumentException when it is not
     */
    public Builder attemptTimeout(Duration value) {
      Objects.requireNonNull(value, "value must not be null");
      this.attemptTimeout = requireDeadline(value, "attempt timeout");
      return this;
    }

    /**
     * The maximum number of attempts. Retried are reads, requests that were not sent, requests that
     * failed with 425 or 429, and writes of unknown outcome of which another attempt cannot do
     * harm. A read that precedes or completes another request has as many attempts of its own; the
     * reads that verify a write of unknown outcome are not counted. With 1 nothing is retried,
     * except once after a 401.
     *
     * @param value from 1 to {@value RequestOptions#MAX_ATTEMPTS}
     * @throws IllegalArgumentException when it is not
     */
    public Builder maxAttempts(int value) {
      this.maxAttempts = requireAttempts(value);
      return this;
    }

    /**
     * How long a write is verified whose response was lost or inconclusive. The service may be slow
     * to apply it, and its reads may lag, so one read that does not show the effect proves nothing:
     * the client reads on, with backoff, until the reads are decisive or the window ends. Then the
     * call fails with an {@link io.github.typedbcloud.error.OutcomeUnknownException}. The window
     * starts with the first response to such a read after the last attempt, and ends with the
     * deadline at the latest.
     *
     * @param value zero, for one read, or more; 365 days at most
     * @throws IllegalArgumentException when it is not
     */
    public Builder verificationWindow(Duration value) {
      Objects.requireNonNull(value, "value must not be null");
      this.verificationWindow = requireVerificationWindow(value);
      return this;
    }

    /**
     * Adds a header to each request of a call, such as one for tracing, but not to the token
     * exchange.
     *
     * @param name a header's name, but not one that the client sets itself, or that would change
     *     what a call does, such as {@code Range} or {@code X-HTTP-Method-Override}
     * @param value visible ASCII characters, spaces and tabs; all names and values of the options
     *     have 8,192 characters at most
     * @throws IllegalArgumentException when one is not so; the message says why the header is
     *     reserved, and does not repeat the value
     */
    public Builder header(String name, String value) {
      Objects.requireNonNull(name, "name must not be null");
      Objects.requireNonNull(value, "value must not be null");
      if (!HEADER_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "The header name of "
                + name.length()
                + " characters is invalid; use a token of RFC 9110, without a colon.");
      }
      String reason = RESERVED_HEADERS.get(name.toLowerCase(Locale.ROOT));
      if (reason != null) {
        throw new IllegalArgumentException(
            "The header " + name + " is reserved: it " + reason + ".");
      }
      if (!HEADER_VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "The value of the header "
                + name
                + " contains a character that is not allowed; use visible ASCII, spaces and tabs.");
      }
      headers.put(name, value);
      int length = 0;
      for (Map.Entry<String, String> header : headers.entrySet()) {
        length += header.getKey().length() + header.getValue().length();
      }
      if (length > MAX_HEADERS_LENGTH) {
        headers.remove(name);
        throw new IllegalArgumentException(
            "With the header "
                + name
                + " the headers have "
                + length
                + " characters; servers accept no more than "
                + MAX_HEADERS_LENGTH
                + ".");
      }
      return this;
    }

    /** Builds the options. */
    public RequestOptions build() {
      return new RequestOptions(this);
    }
  }
}
