package io.github.typedbcloud.internal.httpserver;

import io.github.typedbcloud.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A response, and how it is delivered. Immutable. */
public final class HttpResponse {

  private static final Logger LOG = LoggerFactory.getLogger(HttpResponse.class);

  private static final String CONTENT_TYPE = "Content-Type";
  private static final String JSON = "application/json";

  /** HTTP requires two digits for the day, unlike the JDK's own formatter. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(204, "No Content"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Content Too Large"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"),
          Map.entry(505, "HTTP Version Not Supported"));

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final @Nullable Duration dateOffset;
  private final ResponseDelivery delivery;

  /**
   * Creates a response.
   *
   * @param dateOffset what is added to the {@code Date}; null for no {@code Date}
   */
  private HttpResponse(
      int status,
      Map<String, String> headers,
      byte[] body,
      @Nullable Duration dateOffset,
      ResponseDelivery delivery) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.dateOffset = dateOffset;
    this.delivery = delivery;
  }

  /** A response without a body. */
  public static HttpResponse of(int status) {
    return new HttpResponse(status, Map.of(), new byte[0], Duration.ZERO, ResponseDelivery.WHOLE);
  }

  /** With a header, which replaces one of the same name. */
  public HttpResponse header(String name, String value) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    all.put(name, value);
    return new HttpResponse(status, Collections.unmodifiableMap(all), body, dateOffset, delivery);
  }

  /** With a body, which is copied. */
  public HttpResponse body(String contentType, byte[] newBody) {
    return new HttpResponse(
        status, header(CONTENT_TYPE, contentType).headers, newBody.clone(), dateOffset, delivery);
  }

  /** With a JSON body. */
  public HttpResponse json(String text) {
    return body(JSON, text.getBytes(StandardCharsets.UTF_8));
  }

  /** With another delivery. */
  public HttpResponse delivery(ResponseDelivery newDelivery) {
    return new HttpResponse(status, headers, body, dateOffset, newDelivery);
  }

  /** With a {@code Date} that is this much ahead of the clock, or behind it if negative. */
  public HttpResponse dateOffset(Duration offset) {
    return new HttpResponse(status, headers, body, offset, delivery);
  }

  /** Without a {@code Date}, unless it was set as a header. */
  public HttpResponse withoutDate() {
    return new HttpResponse(status, headers, body, null, delivery);
  }

  public boolean isJson() {
    return JSON.equals(headers.get(CONTENT_TYPE));
  }

  public int status() {
    return status;
  }

  /** The first bytes of the body as a string. */
  public String excerpt(int maxBytes) {
    return new String(body, 0, Math.min(maxBytes, body.length), StandardCharsets.UTF_8);
  }

  /** A copy of the body. */
  public byte[] body() {
    return body.clone();
  }

  ResponseDelivery delivery() {
    return delivery;
  }

  /**
   * The bytes that are sent.
   *
   * @param isHead whether the request was a HEAD, whose response has no body
   * @param isHttp10 whether the client must be notified that the connection is kept
   * @param time for the {@code Date} header
   */
  ResponseBytes toBytes(boolean isHead, boolean isHttp10, boolean keepAlive, TimeSource time) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (dateOffset != null) {
      addDate(all, time, dateOffset);
    }
    boolean neverHasBody = status == 204 || status == 304;
    if (!neverHasBody) {
      all.put("Content-Length", Integer.toString(body.length));
    }
    if (!keepAlive) {
      all.put("Connection", "close");
    } else if (isHttp10) {
      all.put("Connection", "keep-alive");
    }
    all.putAll(headers);
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(status).append(' ');
    head.append(REASONS.getOrDefault(status, "")).append("\r\n");
    all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("\r\n");
    return new ResponseBytes(
        head.toString().getBytes(StandardCharsets.ISO_8859_1),
        isHead || neverHasBody ? new byte[0] : body);
  }

  /** A server without a reliable clock leaves the date out. */
  private static void addDate(Map<String, String> headers, TimeSource time, Duration offset) {
    try {
      Instant now = time.now();
      headers.put("Date", DATE.format(now.plus(offset)));
    } catch (RuntimeException e) {
      LOG.debug("The source of time has no date", e);
    }
  }

  /** Without the body, which may be an access token. */
  @Override
  public String toString() {
    return status + " " + headers.getOrDefault(CONTENT_TYPE, "without a body");
  }
}
