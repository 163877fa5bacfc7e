package io.github.typedbcloud.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.typedbcloud.fuzz.Exchange.Operation;
import io.github.typedbcloud.fuzz.RawServer.Received;
import io.github.typedbcloud.fuzz.ScriptedResponse.Ending;
import io.github.typedbcloud.fuzz.ScriptedResponse.Validity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/**
 * Generates responses: valid ones, with one or a few deviations at random in what they say (JSON,
 * token), its encoding, the framing, the status line, the headers, and the bytes.
 */
final class ResponseGenerator {

  /** When the clusters were created. */
  private static final Instant CREATED_AT = Instant.parse("2025-01-30T17:01:30.070Z");

  private static final int BOMB_BYTES = 48 * 1024 * 1024;

  private static byte[] bomb;

  private static final List<String> DATES =
      List.of(
          "Thu, 30 Jan 2025 17:01:30 GMT",
          "Thu, 30 Jan 2025 17:01:30 GMT",
          "Thursday, 30-Jan-25 17:01:30 GMT",
          "Thu Jan 30 17:01:30 2025",
          "2025-01-30T17:01:30Z",
          "Thu, 30 Jan 99999 17:01:30 GMT",
          "Fri, 31 Feb 0000 25:61:61 GMT",
          "0",
          "",
          "soon",
          "Wed, 21 Oct 2099 07:28:00 GMT");

  private static final List<String> RETRY_AFTER =
      List.of(
          "0",
          "1",
          "2",
          "-1",
          "+1",
          "3600",
          "99999999999999999999",
          "9223372036854775807",
          "1.5",
          "1, 2",
          "0x10",
          "",
          "soon",
          "Wed, 21 Oct 2099 07:28:00 GMT",
          "Thu, 30 Jan 2025 17:01:31 GMT",
          "Thu, 01 Jan 1970 00:00:00 GMT",
          "2025-01-30T17:01:30Z");

  private static final List<String> JSON_VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-0.0",
          "1e400",
          "1E999999999",
          "-1e-400",
          "0.1234567890123456789",
          "9".repeat(900),
          "9".repeat(10_000),
          "9223372036854775808",
          "1738256490070.5",
          "\"\"",
          "\"\\ud800\"",
          "\"\\u0000\\u001b[31m\\u2028\\u202e\"",
          "\"" + "x".repeat(5_000) + "\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "{\"\":null}",
          "[".repeat(60) + "]".repeat(60),
          "{\"status\":{\"status\":{\"status\":1}}}");

  private static final List<String> FIELDS =
      List.of(
          "serverCount",
          "storageSizeGB",
          "isFree",
          "status",
          "createdAt",
          "teamID",
          "spaceID",
          "version",
          "provider",
          "region",
          "machineType",
          "storageType",
          "servers",
          "address",
          "trace");

  /** Text that does harm in a log or a terminal. */
  private static final List<String> HOSTILE_TEXTS =
      List.of(
          "\u001b[2J\u001b[31mERROR forged",
          "line\nINFO forged line",
          "a\u0085b\u009bc",
          "a\u2028b\u2029c",
          "\u202eevil\u2066",
          "\u0000\u0007\u0008",
          "\ud83d\ude00".repeat(2_000),
          "x".repeat(100_000),
          "\ud800 alone");

  private final SplittableRandom random;
  private final boolean isSilent;
  private final boolean isValid;

  private ResponseGenerator(long seed, boolean isSilent, boolean isValid) {
    this.random = new SplittableRandom(seed);
    this.isSilent = isSilent;
    this.isValid = isValid;
  }

  /** Valid responses alone. */
  static ResponseGenerator valid() {
    return new ResponseGenerator(0, false, true);
  }

  /**
   * Responses that deviate.
   *
   * @param isSilent whether the connection stays open and silent after an incomplete one
   */
  static ResponseGenerator deviating(long seed, boolean isSilent) {
    return new ResponseGenerator(seed, isSilent, false);
  }

  /** A response that is being put together. */
  private static final class Draft {
    String statusLine = "HTTP/1.1 200 OK";
    final List<String> headers = new ArrayList<>();
    byte[] body = {};
    byte[] interim = {};
    byte[] behind = {};
    Validity validity = Validity.VALID;
    boolean isFramed = true;

    void limit(Validity limit) {
      if (limit.compareTo(validity) < 0) {
        validity = limit;
      }
    }
  }

  ScriptedResponse response(
      Received request, Operation operation, boolean isEffective, String trace) {
    Draft draft = new Draft();
    boolean isExchange = request.isTokenExchange();
    boolean isDeviating = !isValid && chance(isExchange ? 25 : 85);
    String secret = request.headers().getOrDefault("authorization", "");
    content(draft, request, operation, isEffective, trace);
    if (isDeviating && chance(45)) {
      deviateContent(draft, request, secret);
    }
    if (isDeviating && chance(15)) {
      encode(draft);
    }
    frame(draft, isDeviating);
    if (isDeviating && chance(20)) {
      deviateStatusLine(draft, secret);
    }
    if (isDeviating && chance(35)) {
      deviateHeaders(draft, secret);
    }
    if (isDeviating && chance(10)) {
      addInterimResponses(draft);
    }
    if (isDeviating && ExchangeFuzzTest.LEFT_OVER_BYTES && chance(6)) {
      addLeftOver(draft, request, operation, isEffective, trace);
    }
    byte[] bytes = assemble(draft);
    if (isDeviating && chance(30)) {
      bytes = mutate(draft, bytes);
    }
    return new ScriptedResponse(bytes, ending(draft, isDeviating), draft.validity, trace);
  }

  // What it says

  private void content(
      Draft draft, Received request, Operation operation, boolean isEffective, String trace) {
    draft.headers.add("Date: Thu, 30 Jan 2025 17:01:30 GMT");
    if (request.isTokenExchange()) {
      // Nothing else that is sent looks like it.
      draft.body = "Tk%016xZz".formatted(trace.hashCode() * 0x9E3779B97F4A7C15L).getBytes(UTF_8);
      draft.headers.add("Content-Type: text/plain");
      return;
    }
    draft.headers.add("Content-Type: application/json");
    boolean isAbsent =
        operation == Operation.DEPLOY
            ? !isEffective
            : operation == Operation.DESTROY && isEffective;
    String cluster = cluster(operation, isEffective, trace);
    if (request.path().endsWith("/cluster-versions")) {
      text(draft, "{\"availableVersions\":[\"3.0.6\",\"" + trace + "\"]}");
    } else if (request.method().equals("GET") && request.path().endsWith("/clusters")) {
      text(draft, isAbsent ? "[]" : "[" + cluster + "]");
    } else if (request.method().equals("GET") && isAbsent) {
      error(draft, 404, "cluster_not_found", "There is none.");
    } else {
      text(
          draft,
          request.method().equals("DELETE") ? cluster.replace("running", "destroying") : cluster);
    }
  }

  private static String cluster(Operation operation, boolean isEffective, String trace) {
    String status = "running";
    if (isEffective) {
      status =
          switch (operation) {
            case DEPLOY -> "starting";
            case SUSPEND -> "suspending";
            case DESTROY -> "destroying";
            default -> "running";
          };
    }
    int size = operation == Operation.UPDATE && isEffective ? Exchange.UPDATED_SIZE : 10;
    return "{\"id\":\""
        + Exchange.ID
        + "\",\"serverCount\":1,\"storageSizeGB\":"
        + size
        + ",\"isFree\":true,\"status\":\""
        + status
        + "\",\"createdAt\":"
        + CREATED_AT.toEpochMilli()
        + ",\"teamID\":\"new-team\",\"spaceID\":\"default\",\"version\":\"3.0.6\","
        + "\"provider\":\"gcp\",\"region\":\"europe-west2\",\"machineType\":\"c2d-highcpu-2\","
        + "\"storageType\":\"standard-rwo\","
        + "\"servers\":[{\"address\":\"abc123-0.cluster.typedb.com:80\",\"status\":\"pending\"}],"
        + "\"trace\":\""
        + trace
        + "\"}";
  }

  private static void text(Draft draft, String text) {
    draft.body = text.getBytes(UTF_8);
  }

  private static void error(Draft draft, int status, String code, String message) {
    draft.statusLine = "HTTP/1.1 " + status + " Error";
    text(draft, "{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}");
    draft.limit(Validity.INVALID);
  }

  private void deviateContent(Draft draft, Received request, String secret) {
    if (chance(45)) {
      errorStatus(draft, secret);
    } else if (request.isTokenExchange()) {
      deviateToken(draft, secret);
    } else {
      deviateJson(draft, secret);
    }
  }

  private void errorStatus(Draft draft, String secret) {
    int status =
        chance(50)
            ? pick(List.of(400, 401, 403, 404, 408, 409, 425, 429, 500, 502, 503, 504))
            : random.nextInt(300, 600);
    String message =
        switch (random.nextInt(4)) {
          case 0 -> quoted(hostileText());
          case 1 -> quoted("rejected: " + encoded(secret));
          case 2 -> secret.isEmpty() ? "" : secret.substring(0, Math.min(secret.length(), 20));
          default -> "It failed.";
        };
    error(draft, status, chance(80) ? "some_error" : quoted(hostileText()), message);
    switch (random.nextInt(8)) {
      case 0 -> text(draft, "<html><h1>Error</h1>" + hostileText() + encoded(secret) + "</html>");
      case 1 -> draft.body = new byte[0];
      case 2 -> text(draft, "{\"code\":1,\"message\":{\"a\":[" + pick(JSON_VALUES) + "]}}");
      default -> {}
    }
    if (chance(40)) {
      draft.headers.add("Retry-After: " + pick(RETRY_AFTER));
    }
    if (chance(10)) {
      draft.headers.add("WWW-Authenticate: Basic realm=\"" + oneLine(hostileText()) + "\"");
      draft.headers.add("Proxy-Authenticate: Basic realm=\"x\"");
      draft.headers.add("Location: http://127.0.0.1:1/" + secret);
    }
  }

  private void deviateToken(Draft draft, String secret) {
    draft.limit(Validity.UNKNOWN);
    switch (random.nextInt(9)) {
      case 0 -> text(draft, " \r\n" + new String(draft.body, UTF_8) + "\n");
      case 1 -> text(draft, "\"" + new String(draft.body, UTF_8) + "\"");
      case 2 -> text(draft, "");
      case 3 -> text(draft, "<html>sign in</html>");
      case 4 -> text(draft, new String(draft.body, UTF_8) + hostileText());
      case 5 -> text(draft, "t".repeat(300_000));
      case 6 -> text(draft, "{\"token\":\"" + encoded(secret) + "\"}");
      case 7 -> text(draft, jwt());
      default -> text(draft, secret);
    }
  }

  /** A token with a time of issue and of expiry of any kind. */
  private String jwt() {
    String claims = "{\"iat\":" + pick(JSON_VALUES) + ",\"exp\":" + pick(JSON_VALUES) + "}";
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8))
        + "."
        + encoder.encodeToString(claims.getBytes(UTF_8))
        + ".c2lnbmF0dXJl";
  }

  private void deviateJson(Draft draft, String secret) {
    String json = new String(draft.body, UTF_8);
    String hostile = quoted(hostileText());
    String id = "\"id\":\"" + Exchange.ID + "\"";
    switch (random.nextInt(20)) {
      case 0 -> text(draft, swapValues(json));
      case 1 -> text(draft, json.replace(id, "\"id\":\"another\""));
      case 2 -> text(draft, json.replace(id, "\"id\":\"Api-Cluster\""));
      case 3 -> text(draft, json.replace(id, "\"id\":\"" + hostile + "\""));
      case 4 -> text(draft, json.replace(id, id + ",\"id\":\"another\""));
      case 5 -> text(draft, insert(json, "\"x\":" + "[".repeat(5_000) + "]".repeat(5_000)));
      case 6 -> text(draft, "[".repeat(100_000));
      case 7 -> text(draft, insert(json, "\"x\":NaN"));
      case 8 -> text(draft, json + pick(List.of("x", "{}", "]", "\u0000", ",", json)));
      case 9 -> text(draft, "\ufeff" + json);
      case 10 -> draft.body = json.getBytes(pick(CHARSETS));
      case 11 -> text(draft, insert(json, manyFields(chance(3) ? 100_000 : 500)));
      case 12 -> text(draft, insert(json, "\"x\":" + pick(JSON_VALUES)));
      case 13 -> text(draft, pick(List.of("", "null", "0", "\"x\"", "[]", "{}", "[null]", "[[]]")));
      case 14 -> text(draft, "<!DOCTYPE html><title>" + hostile + encoded(secret) + "</title>");
      case 15 -> text(draft, json.replace("running", hostile));
      case 16 -> text(draft, json.replace("pending", quoted(encoded(secret))));
      case 17 -> text(draft, insert(json, "\"" + quoted(encoded(secret)) + "\":" + hostileText()));
      case 18 -> text(draft, json.toUpperCase(Locale.ROOT));
      default -> text(draft, json.replace("\"servers\":[", "\"servers\":[{},null,1,"));
    }
    // Whether it is acceptable depends on the field; that it is about another cluster does not.
    boolean isAboutAnother =
        !new String(draft.body, UTF_8).contains(id) && json.startsWith("{\"id");
    boolean isUtf16Or32 = new String(draft.body, ISO_8859_1).indexOf('\0') >= 0;
    draft.limit(isAboutAnother && !isUtf16Or32 ? Validity.INVALID : Validity.UNKNOWN);
  }

  private static final List<Charset> CHARSETS =
      List.of(
          StandardCharsets.UTF_16,
          StandardCharsets.UTF_16LE,
          ISO_8859_1,
          Charset.forName("UTF-32"));

  private String swapValues(String json) {
    String changed = json;
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      String field = "\"" + pick(FIELDS) + "\":";
      int at = changed.indexOf(field);
      if (at >= 0) {
        int value = at + field.length();
        int end = value;
        while (end < changed.length() && ",}]".indexOf(changed.charAt(end)) < 0) {
          end++;
        }
        changed = changed.substring(0, value) + pick(JSON_VALUES) + changed.substring(end);
      }
    }
    return changed;
  }

  private static String insert(String json, String field) {
    return json.replaceFirst("\\{", java.util.regex.Matcher.quoteReplacement("{" + field + ","));
  }

  private static String manyFields(int count) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < count; i++) {
      fields.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":").append(i);
    }
    return fields.toString();
  }

  private String hostileText() {
    return pick(HOSTILE_TEXTS);
  }

  /** The value of the request's Authorization header, as services repeat it. */
  private String encoded(String secret) {
    return switch (random.nextInt(5)) {
      case 0 -> Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
      case 1 -> URLEncoder.encode(secret, UTF_8);
      case 2 -> secret.substring(0, secret.length() / 2);
      case 3 -> secret.substring(secret.length() / 2);
      default -> secret;
    };
  }

  /** As the inside of a JSON string. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.toString();
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }

  // Encoding and framing

  private void encode(Draft draft) {
    byte[] zipped = gzip(draft.body);
    draft.headers.add("Content-Encoding: gzip");
    draft.body = zipped;
    switch (random.nextInt(14)) {
      case 0 -> {
        draft.body = Arrays.copyOf(zipped, random.nextInt(zipped.length));
        draft.limit(Validity.INVALID);
      }
      case 1 -> {
        // The checksum.
        zipped[zipped.length - 8 + random.nextInt(4)] ^= 0x55;
        draft.limit(Validity.INVALID);
      }
      case 2 -> {
        // The length.
        zipped[zipped.length - 4 + random.nextInt(4)] ^= 0x55;
        draft.limit(Validity.INVALID);
      }
      case 3 -> {
        draft.body = concat(zipped, zipped);
        draft.limit(Validity.UNKNOWN);
      }
      case 4 -> {
        draft.body = concat(zipped, new byte[] {1, 2, 3});
        draft.limit(Validity.UNKNOWN);
      }
      case 5 -> {
        zipped[random.nextInt(zipped.length)] ^= (byte) (1 << random.nextInt(8));
        draft.limit(Validity.UNKNOWN);
      }
      case 6 -> {
        if (chance(10)) {
          draft.body = bomb();
        }
        draft.limit(draft.body == zipped ? Validity.VALID : Validity.INVALID);
      }
      case 7 -> {
        draft.body = "not gzip".getBytes(UTF_8);
        draft.limit(Validity.INVALID);
      }
      case 8, 9 -> {
        String other = pick(List.of("deflate", "br", "identity", "gzip, gzip", "GZIP", "x-gzip"));
        draft.headers.set(draft.headers.size() - 1, "Content-Encoding: " + other);
        draft.limit(other.equals("GZIP") ? Validity.VALID : Validity.UNKNOWN);
      }
      default -> {}
    }
  }

  private static synchronized byte[] bomb() {
    if (bomb == null) {
      byte[] spaces = new byte[BOMB_BYTES];
      Arrays.fill(spaces, (byte) ' ');
      bomb = gzip(spaces);
    }
    return bomb;
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void frame(Draft draft, boolean isDeviating) {
    int kind = isDeviating ? random.nextInt(10) : 0;
    if (kind < 5) {
      draft.headers.add("Content-Length: " + draft.body.length);
    } else if (kind < 9) {
      draft.headers.add("Transfer-Encoding: chunked");
      draft.body = chunked(draft);
    } else {
      draft.isFramed = false;
      draft.headers.add("Connection: close");
    }
  }

  private byte[] chunked(Draft draft) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int broken = chance(30) ? random.nextInt(9) : -1;
    int at = 0;
    boolean isFirst = true;
    while (at < draft.body.length) {
      int size = random.nextInt(1, Math.max(2, draft.body.length));
      size = Math.min(size, draft.body.length - at);
      String line =
          chance(30)
              ? Integer.toHexString(size).toUpperCase(Locale.ROOT)
              : Integer.toHexString(size);
      if (chance(10)) {
        line = "000" + line;
      }
      if (chance(15)) {
        line = line + ";name=\"value\"";
      }
      if (isFirst && broken >= 0) {
        String shown = line;
        line =
            switch (broken) {
              case 0 -> "zz";
              case 1 -> "-" + shown;
              case 2 -> "0x" + shown;
              case 3 -> "FFFFFFFFFFFFFFFF";
              case 4 -> "7FFFFFFFFFFFFFFF";
              case 5 -> "";
              case 6 -> shown + " token " + oneLine(hostileText());
              case 7 -> Integer.toHexString(size + 1);
              default -> Integer.toHexString(Math.max(0, size - 1));
            };
        draft.limit(
            broken == 6 || broken == 8 || broken == 7 ? Validity.UNKNOWN : Validity.INVALID);
      }
      out.writeBytes((line + "\r\n").getBytes(UTF_8));
      out.write(draft.body, at, size);
      out.writeBytes("\r\n".getBytes(UTF_8));
      at += size;
      isFirst = false;
    }
    if (chance(10)) {
      // The last chunk is missing.
      draft.limit(Validity.INVALID);
      return out.toByteArray();
    }
    out.writeBytes("0\r\n".getBytes(UTF_8));
    if (chance(10)) {
      out.writeBytes("Trailer: value\r\nStatus: 500\r\n".getBytes(UTF_8));
    } else if (chance(2)) {
      out.writeBytes("no colon\r\n".getBytes(UTF_8));
      draft.limit(Validity.UNKNOWN);
    } else if (chance(2)) {
      out.writeBytes(("Trailer: " + "x".repeat(300_000) + "\r\n").getBytes(UTF_8));
      draft.limit(Validity.UNKNOWN);
    }
    out.writeBytes("\r\n".getBytes(UTF_8));
    return out.toByteArray();
  }

  // Status line and headers

  private void deviateStatusLine(Draft draft, String secret) {
    String code = draft.statusLine.substring(9, 12);
    int any = random.nextInt(1_000);
    int kind = random.nextInt(18);
    draft.statusLine =
        switch (kind) {
          case 0 -> "HTTP/1.1 " + code;
          case 1 -> "HTTP/1.1 " + code + " ";
          case 2 -> "HTTP/1.0 " + code + " OK";
          case 3 -> "HTTP/2.0 " + code + " OK";
          case 4 -> "http/1.1 " + code + " ok";
          case 5 -> "HTTP/1.1  " + code + " OK";
          case 6 -> "HTTP/1.1";
          case 7 -> "HTTP/1.1 OK";
          case 8 -> "HTTP/1.1 20 OK";
          case 9 -> "HTTP/1.1 2000 OK";
          case 10 -> "HTTP/1.1 " + code + "OK";
          case 11 -> "HTTP/1.1 +20 OK";
          case 12 -> "HTTP/1.1 -20 OK";
          case 13 -> "ICY " + code + " OK";
          case 14 -> "HTTP/1.1 " + code + " " + oneLine(hostileText()) + encoded(secret);
          case 15 -> oneLine(hostileText()) + " " + encoded(secret);
          case 16 ->
              "HTTP/1.1 " + (chance(3) ? "2".repeat(300_000) : "99999999999999999999") + " OK";
          default -> "HTTP/1.1 %03d Any".formatted(any);
        };
    draft.limit(
        switch (kind) {
          case 0, 1 -> Validity.VALID;
          case 6, 7, 8, 9, 11, 12, 15, 16 -> Validity.INVALID;
          case 17 -> any >= 200 && any <= 299 ? Validity.UNKNOWN : Validity.INVALID;
          default -> Validity.UNKNOWN;
        });
  }

  private void deviateHeaders(Draft draft, String secret) {
    for (int i = random.nextInt(1, 3); i > 0; i--) {
      int kind = random.nextInt(20);
      switch (kind) {
        case 0 -> draft.headers.add("X-Folded: a\r\n b");
        case 1 -> draft.headers.add("no colon");
        case 2 -> draft.headers.add("X-Nul: a\u0000b");
        case 3 -> draft.headers.add("X-8-Bit: \u00e9\u0085\u009b");
        case 4 -> draft.headers.add(": no name");
        case 5 -> draft.headers.add("Content-Length: " + draft.body.length);
        case 6 ->
            draft.headers.add("Content-Length: " + (draft.body.length + random.nextInt(-9, 9)));
        case 7 ->
            replace(
                draft,
                "Content-Length",
                pick(
                    List.of(
                        "-1",
                        "9999999999999999999999",
                        "9223372036854775807",
                        "2147483647",
                        "16777216",
                        "16000000",
                        "abc",
                        "",
                        "1 2",
                        "0x10",
                        "+5")));
        case 8 -> draft.headers.add("Transfer-Encoding: chunked");
        case 9 -> draft.headers.add("Transfer-Encoding: gzip, chunked");
        case 10 -> addMany(draft);
        case 11 -> draft.headers.add("X-Large: " + "x".repeat(chance(10) ? 300_000 : 10_000));
        case 12 -> draft.headers.add("Retry-After: " + pick(RETRY_AFTER));
        case 13 -> replace(draft, "Date", pick(DATES));
        case 14 -> replace(draft, "Content-Type", oneLine(hostileText()) + encoded(secret));
        case 15 ->
            replace(draft, "Content-Type", pick(List.of("text/html", "", ";", "a/b; charset=x")));
        case 16 -> draft.headers.add("Connection: close");
        case 17 -> draft.headers.add("Set-Cookie: a=" + encoded(secret));
        case 18 -> draft.headers.add("X-" + oneLine(hostileText()) + ": " + encoded(secret));
        default -> draft.headers.add("Connection: Upgrade\r\nUpgrade: h2c");
      }
      draft.limit(
          switch (kind) {
            case 12, 13, 15, 16, 17 -> Validity.VALID;
            default -> Validity.UNKNOWN;
          });
    }
  }

  private static void addMany(Draft draft) {
    for (int i = 0; i < 1_000; i++) {
      draft.headers.add("X-" + i + ": value");
    }
  }

  private static void replace(Draft draft, String name, String value) {
    draft.headers.removeIf(header -> header.startsWith(name + ":"));
    draft.headers.add(name + ": " + value);
  }

  private void addInterimResponses(Draft draft) {
    String one =
        pick(
            List.of(
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n",
                "HTTP/1.1 199 Any\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"));
    int count = pick(List.of(1, 1, 2, 3, 50, 2_000));
    draft.interim = one.repeat(count).getBytes(ISO_8859_1);
    draft.limit(count == 1 && one.contains(" 100 ") ? Validity.VALID : Validity.UNKNOWN);
  }

  /** A second response that nobody requested, in the same packet. */
  private void addLeftOver(
      Draft draft, Received request, Operation operation, boolean isEffective, String trace) {
    Draft second = new Draft();
    content(second, request, operation, isEffective, ScriptedResponse.LEFT_OVER + trace);
    second.headers.add("Content-Length: " + second.body.length);
    draft.behind = assemble(second);
  }

  private static byte[] assemble(Draft draft) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(draft.interim);
    out.writeBytes((draft.statusLine + "\r\n").getBytes(UTF_8));
    for (String header : draft.headers) {
      out.writeBytes((header + "\r\n").getBytes(UTF_8));
    }
    out.writeBytes("\r\n".getBytes(UTF_8));
    out.writeBytes(draft.body);
    out.writeBytes(draft.behind);
    return out.toByteArray();
  }

  // Bytes

  private byte[] mutate(Draft draft, byte[] bytes) {
    if (chance(30)) {
      int end = random.nextInt(bytes.length + 1);
      boolean isWhole = !draft.isFramed || end >= bytes.length - draft.behind.length - 4;
      draft.validity =
          isWhole || draft.validity == Validity.UNKNOWN || draft.behind.length > 0
              ? Validity.UNKNOWN
              : Validity.INVALID;
      return Arrays.copyOf(bytes, end);
    }
    draft.validity = Validity.UNKNOWN;
    byte[] mutated = bytes;
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      mutated = mutateOnce(mutated);
    }
    return mutated;
  }

  private byte[] mutateOnce(byte[] bytes) {
    if (bytes.length == 0) {
      return bytes;
    }
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + random.nextInt(1, 40));
    byte[] start = Arrays.copyOf(bytes, from);
    byte[] piece = Arrays.copyOfRange(bytes, from, to);
    byte[] end = Arrays.copyOfRange(bytes, to, bytes.length);
    return switch (random.nextInt(7)) {
      case 0 -> {
        byte[] flipped = bytes.clone();
        flipped[from] ^= (byte) (1 << random.nextInt(8));
        yield flipped;
      }
      case 1 -> concat(start, end);
      case 2 -> concat(start, piece, piece, end);
      case 3 -> concat(start, new byte[] {(byte) random.nextInt(256)}, piece, end);
      case 4 -> {
        // A piece of it elsewhere.
        int other = random.nextInt(bytes.length);
        yield concat(
            start, Arrays.copyOfRange(bytes, other, Math.min(bytes.length, other + 30)), end);
      }
      case 5 -> {
        byte[] noise = new byte[piece.length];
        for (int i = 0; i < noise.length; i++) {
          noise[i] = (byte) random.nextInt(256);
        }
        yield concat(start, noise, end);
      }
      default -> {
        UnaryOperator<String> swap = pick(TOKEN_SWAPS);
        yield swap.apply(new String(bytes, ISO_8859_1)).getBytes(ISO_8859_1);
      }
    };
  }

  private static final List<UnaryOperator<String>> TOKEN_SWAPS =
      List.of(
          text -> text.replace("\r\n", "\n"),
          text -> text.replace("\r\n", "\r"),
          text -> text.replaceFirst("\r\n\r\n", "\r\n"),
          text -> text.replaceFirst("\r\n", "\r\n\r\n"),
          text -> text.replace(": ", ":"),
          text -> text.replace(": ", " : "),
          text -> text.replace("\"", "'"),
          text -> text.replace("{", "["),
          text -> text.replace(":", "="),
          text -> text.replace("200", "204"),
          text -> text.replace("200", "304"),
          text -> text.replace("Content-Length", "content-length"),
          text -> text.replace(Exchange.ID, "production"),
          text -> text + text,
          text -> " " + text,
          text -> "\r\n" + text);

  private Ending ending(Draft draft, boolean isDeviating) {
    if (!isDeviating) {
      return Ending.KEEP;
    }
    if (isSilent && chance(50)) {
      return Ending.SILENT;
    }
    if (!draft.isFramed) {
      return chance(90) ? Ending.CLOSE : Ending.RESET;
    }
    if (draft.validity == Validity.VALID) {
      return chance(70) ? Ending.KEEP_BRIEFLY : Ending.CLOSE;
    }
    int kind = random.nextInt(10);
    return kind < 2 ? Ending.KEEP_BRIEFLY : kind < 3 ? Ending.RESET : Ending.CLOSE;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
