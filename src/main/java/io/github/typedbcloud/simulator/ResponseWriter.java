package io.github.typedbcloud.simulator;

import io.github.typedbcloud.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns answers into bytes. Safe for many threads. */
final class ResponseWriter {

  private static final Logger LOG = LoggerFactory.getLogger(ResponseWriter.class);

  /** HTTP wants two digits for the day, which the formatter of the JDK does not write. */
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
          Map.entry(429, "Too Many Requests"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"),
          Map.entry(505, "HTTP Version Not Supported"));

  private final TimeSource time;

  /**
   * Makes a writer.
   *
   * @param time what {@code Date} tells, so that it agrees with {@code createdAt}
   */
  ResponseWriter(TimeSource time) {
    this.time = time;
  }

  /**
   * An answer to one request.
   *
   * @param toHead whether the request was a HEAD, whose answer has no body
   * @param http10 whether the client must be told that the connection is kept
   */
  WireResponse write(ApiResponse answer, boolean toHead, boolean http10, boolean keepAlive) {
    int status = answer.status();
    byte[] body = answer.body();
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    addDate(headers);
    boolean neverHasBody = status == 204 || status == 304;
    if (!neverHasBody) {
      headers.put("Content-Length", Integer.toString(body.length));
    }
    if (!keepAlive) {
      headers.put("Connection", "close");
    } else if (http10) {
      headers.put("Connection", "keep-alive");
    }
    headers.putAll(answer.headers());
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(status).append(' ');
    head.append(REASONS.getOrDefault(status, "")).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("\r\n");
    return new WireResponse(
        head.toString().getBytes(StandardCharsets.ISO_8859_1),
        toHead || neverHasBody ? new byte[0] : body);
  }

  /** HTTP has a server without a reliable clock leave the date out. */
  private void addDate(Map<String, String> headers) {
    try {
      Instant now = time.now();
      headers.put("Date", DATE.format(now));
    } catch (RuntimeException e) {
      LOG.debug("there is no date to tell", e);
    }
  }
}
