package io.github.typedbcloud.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.internal.json.Json;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.support.Events;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.LogListener;
import io.github.typedbcloud.support.RawRequest;
import io.github.typedbcloud.support.SecretEncoding;
import io.github.typedbcloud.support.SecretSearch;
import io.github.typedbcloud.time.ManualTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A hostile server repeats the secrets in every encoding and at every place of a response; nothing
 * that the client prints holds 8 characters of them, a control character, or an endless line.
 */
class SecretLeakTest {

  private static final String SECRET = "s3cr3t/With+Slash=Ab%41&Z9\\q\"'<>_x";

  private static final String TOKEN =
      "eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjE3MzgyNTY0OTB9.c2ln-bmF0_dXJl";

  private static final SecretSearch SEARCH = new SecretSearch(SECRET, TOKEN);

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  /** Of an event or a line of the log, which holds a message of at most 4,000 characters. */
  private static final int MAX_LINE = 6_000;

  private static final String FORGED =
      "\r\n2026-01-01 ERROR forged\u001b[2J\u009b\u2028\u202e\u200b";

  /** Where in a response a text is. */
  enum Place {
    ERROR_BODY(text -> response("500 Error", "text/plain", text)),
    ERROR_CODE(text -> response("500 Error", "application/json", json("code", text))),
    ERROR_MESSAGE(text -> response("400 Bad", "application/json", json("message", "x " + text))),
    BODY(text -> response("200 OK", "application/json", text)),
    KEY(text -> response("200 OK", "application/json", json(text, "x"))),
    NESTED_KEY(
        text ->
            response(
                "200 OK",
                "application/json",
                "{\"servers\":[{\"status\":{" + quoted(text) + ":1}}]}")),
    VALUE(text -> response("200 OK", "application/json", "{\"id\":[" + quoted(text) + "]}")),
    OTHER_ID(text -> response("200 OK", "application/json", json("id", text))),
    CONTENT_TYPE(text -> response("200 OK", "x/" + text, "{")),
    REASON_PHRASE(text -> response("500 " + text, "text/plain", "x")),
    STATUS_LINE(text -> text + "\r\n\r\n"),
    CHUNK_SIZE(text -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + text + "\r\n"),
    HEADER_NAME(text -> "HTTP/1.1 200 OK\r\n" + text + ": x\r\nContent-Length: 1\r\n\r\n{"),
    HEADER_VALUE(text -> "HTTP/1.1 200 OK\r\nContent-Length: " + text + "\r\n\r\n{"),
    NO_END(text -> "HTTP/1.1 200 OK\r\nX: " + text);

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Function<String, String> response;

    Place(Function<String, String> response) {
      this.response = response;
    }

    private static String response(String status, String contentType, String body) {
      return "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %s\r\n\r\n%s"
          .formatted(status, contentType, body.getBytes(StandardCharsets.UTF_8).length, body);
    }

    private static String json(String key, String value) {
      return new String(Json.write(Map.of(key, value)), StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
      return new String(Json.write(List.of(text)), StandardCharsets.UTF_8)
          .replaceAll("^\\[|]$", "");
    }
  }

  private final LogListener log = new LogListener();
  private final Events events = new Events();
  // The server ends each connection.
  private final ConnectionPool pool = new ConnectionPool(0, 1, TimeUnit.SECONDS);
  private ServerSocket server;
  private volatile String exchangeResponse = exchange(TOKEN);
  private volatile String response = "";

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "hostile-server");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void close() throws IOException {
    log.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void read_anyEncodingOfSecret_isMasked(Place place) {
    try (TypeDBCloudClient client = client()) {
      for (String text : encodedSecrets(place)) {
        response = place.response.apply(text);
        assertClean(text, catchThrowable(() -> clusters(client).get("a")));
      }
      assertClean("the log of " + place, log.text().lines());
      assertClean("the events of " + place, events.all().stream().map(Object::toString));
    }
  }

  @ParameterizedTest
  @EnumSource
  void write_anyPlace_isMasked(Place place) {
    try (TypeDBCloudClient client = client()) {
      for (SecretEncoding encoding :
          List.of(SecretEncoding.PLAIN, SecretEncoding.JSON_SLASH, SecretEncoding.BASE64)) {
        String text = encoding.encode(SECRET) + FORGED + encoding.encode(TOKEN);
        response = place.response.apply(text);
        assertClean(text, catchThrowable(() -> clusters(client).suspend("a")));
      }
      assertClean("the log of " + place, log.text().lines());
      assertClean("the events of " + place, events.all().stream().map(Object::toString));
    }
  }

  @ParameterizedTest
  @EnumSource
  void exchange_anyPlace_isMasked(Place place) {
    // The token is new, so that nobody but the server knows it yet.
    for (SecretEncoding encoding :
        List.of(SecretEncoding.PLAIN, SecretEncoding.JSON_UNICODE, SecretEncoding.UTF_16_BE)) {
      for (String text :
          List.of(
              encoding.encode(TOKEN), encoding.encode(SECRET), encoding.encode(TOKEN) + FORGED)) {
        exchangeResponse = place.response.apply(text);
        try (TypeDBCloudClient client = client()) {
          Throwable thrown = catchThrowable(() -> clusters(client).get("a"));
          if (thrown != null) {
            assertClean(text, thrown);
          }
        }
      }
    }
    assertClean("the log of " + place, log.text().lines());
    assertClean("the events of " + place, events.all().stream().map(Object::toString));
  }

  @Test
  void exchange_tokenInErrorBody_isNotShown() {
    for (String status :
        List.of("200 OK", "302 Found", "404 Not", "429 Slow", "500 Error", "503 x")) {
      exchangeResponse = Place.response(status, "text/html", "<p>" + TOKEN + "</p>");
      try (TypeDBCloudClient client = client()) {
        Throwable thrown = catchThrowable(() -> clusters(client).get("a"));
        assertClean(status, thrown);
        assertThat(thrown)
            .hasMessageContaining(
                "a body of " + (TOKEN.length() + 7) + " bytes, which is not shown");
      }
    }
  }

  @Test
  void exchange_rejected_hasPlainCodeAlone() {
    assertThat(rejection("INVALID_SECRET", "not " + TOKEN))
        .hasMessageContaining("failed with HTTP 400 INVALID_SECRET; ");
    // A token that the client does not know.
    assertThat(rejection("AbCdEf0123456789", "AbCdEf0123456789"))
        .hasMessageContaining("failed with HTTP 400 and a body of 56 bytes, which is not shown; ")
        .hasMessageNotContaining("AbCd");
  }

  private Throwable rejection(String code, String message) {
    exchangeResponse =
        Place.response(
            "400 Bad Request",
            "application/json",
            "{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}");
    try (TypeDBCloudClient client = client()) {
      return catchThrowable(() -> clusters(client).get("a"));
    }
  }

  @Test
  void call_tokensOfEarlierExchanges_areMasked() {
    String first = "first-access-token-0001";
    exchangeResponse = exchange(first);
    try (TypeDBCloudClient client = client()) {
      response = "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n";
      assertThat(catchThrowable(() -> clusters(client).get("a"))).isNotNull();
      exchangeResponse = exchange(TOKEN);
      response = Place.response("500 Error", "text/plain", "not " + first + " but " + TOKEN);

      assertThat(catchThrowable(() -> client.clusters(Fixtures.SPACE).get("a")))
          .hasMessageContaining("and the body 'not *** but ***'");
    }
  }

  @ParameterizedTest
  @EnumSource
  void response_hugeAndForged_isBoundedAndOnOneLine(Place place) {
    try (TypeDBCloudClient client = client()) {
      response = place.response.apply(FORGED.repeat(4_000));
      assertClean("read", catchThrowable(() -> clusters(client).get("a")));
      assertClean("write", catchThrowable(() -> clusters(client).suspend("a")));
      assertClean("the log of " + place, log.text().lines());
      assertThat(log.text().lines()).noneMatch(line -> line.startsWith("2026"));
      assertClean("the events of " + place, events.all().stream().map(Object::toString));
    }
  }

  @Test
  void toString_hostileCluster_isCleanAndAccessorsAreExact() {
    String hostile = FORGED.repeat(1_000) + "\ud83d";
    try (TypeDBCloudClient client = client()) {
      StringBuilder fields = new StringBuilder("{\"id\":\"a\"");
      for (String field :
          List.of(
              "status",
              "version",
              "provider",
              "region",
              "machineType",
              "storageType",
              "organization",
              "project",
              "other")) {
        fields.append(",\"").append(field).append("\":").append(Place.quoted(FORGED.repeat(1_000)));
      }
      response =
          Place.response(
              "200 OK",
              "application/json",
              fields + ",\"servers\":[{\"address\":" + Place.quoted(FORGED) + "}]}");

      Cluster cluster = clusters(client).get("a");

      assertThat(cluster.region()).isEqualTo(FORGED.repeat(1_000));
      assertClean(
          "a cluster",
          Stream.of(
                  cluster,
                  cluster.status(),
                  cluster.provider(),
                  cluster.owner(),
                  cluster.servers().get(0),
                  Cluster.builder(hostile).build())
              .map(Object::toString));
      assertThat(cluster.toString()).startsWith("a: \\r\\n2026").hasSizeLessThanOrEqualTo(1_000);
    }
  }

  @Test
  void request_hostileId_isCleanInMessage() {
    try (TypeDBCloudClient client = client()) {
      for (Consumer<ClustersApi> call :
          List.<Consumer<ClustersApi>>of(
              clusters -> clusters.get(FORGED.repeat(1_000)),
              clusters -> clusters.get("\u2028\u202e".repeat(1_000)),
              clusters -> clusters.suspend("\u2028".repeat(1_000)))) {
        assertClean("request", catchThrowable(() -> call.accept(clusters(client))));
      }
    }
  }

  /**
   * A secret in each encoding, whole, cut short, or at the end of an excerpt: another of these at
   * each place, so that each encoding is cut in every way at some place.
   */
  @SuppressWarnings("EnumOrdinal") // any number does
  private static List<String> encodedSecrets(Place place) {
    List<String> texts = new ArrayList<>();
    for (SecretEncoding encoding : SecretEncoding.values()) {
      String secret = encoding.ordinal() % 2 == 0 ? SECRET : TOKEN;
      texts.add(
          switch ((encoding.ordinal() + place.ordinal()) % 6) {
            case 0 -> encoding.encode(secret);
            case 1 -> encoding.encode(secret.substring(3));
            case 2 -> encoding.encode(secret.substring(0, secret.length() - 3));
            case 3 -> encoding.encode(secret.substring(5, 13));
            case 4 -> "x".repeat(193) + encoding.encode(secret) + "y".repeat(300);
            default -> encoding.encode("Basic the-id:" + SECRET);
          });
    }
    return texts;
  }

  private static void assertClean(String what, Throwable thrown) {
    assertThat(thrown).as(what).isInstanceOf(TypeDBCloudException.class);
    List<String> texts = new ArrayList<>();
    collect(thrown, texts);
    assertClean(what, texts.stream());
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertClean(what, trace.toString().lines().map(line -> line.replace("\t", "")));
  }

  private static void collect(Throwable thrown, List<String> texts) {
    texts.add(thrown.toString());
    texts.add(String.valueOf(thrown.getMessage()));
    if (thrown instanceof TypeDBCloudException) {
      assertThat(thrown.getMessage()).hasSizeLessThanOrEqualTo(4_000);
    }
    if (thrown instanceof ApiException error) {
      texts.add(error.code());
      texts.add(error.serviceMessage());
      texts.add(error.call().toString());
    }
    if (thrown.getCause() != null) {
      collect(thrown.getCause(), texts);
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      collect(suppressed, texts);
    }
  }

  private static void assertClean(String what, Stream<String> lines) {
    lines
        .distinct()
        .filter(line -> !line.strip().startsWith("at "))
        .forEach(
            line -> {
              assertThat(SEARCH.find(line)).as("%s: %s", what, line).isNull();
              assertThat(UNPRINTABLE.matcher(line).find()).as("%s: %s", what, line).isFalse();
              assertThat(line.length()).as(what).isLessThanOrEqualTo(MAX_LINE);
            });
  }

  private static ClustersApi clusters(TypeDBCloudClient client) {
    return client.clusters(Fixtures.PROJECT);
  }

  private TypeDBCloudClient client() {
    return TypeDBCloudClient.builder()
        .baseUrl("http://127.0.0.1:" + server.getLocalPort())
        .credentials("the-id", SECRET)
        .listener(events)
        .timeSource(new ManualTime())
        .requestTimeout(Duration.ofSeconds(5))
        .customizeHttpClient(http -> http.connectionPool(pool))
        .maxAttempts(1)
        .verificationWindow(Duration.ZERO)
        .build();
  }

  private static String exchange(String token) {
    return Place.response("200 OK", "text/plain", token);
  }

  /** One connection after the other: the head of a request, a response, the end. */
  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        boolean isExchange = RawRequest.read(socket.getInputStream()).contains("/auth ");
        socket
            .getOutputStream()
            .write((isExchange ? exchangeResponse : response).getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // The client hung up, or the server is closed.
      }
    }
  }
}
