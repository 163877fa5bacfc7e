package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Calls a simulator with the JDK's HTTP client and one access token, below one prefix. */
record Caller(String url, String prefix, String accessToken) {

  static final String PROJECT = "/api/org/my-org/projects/default";
  static final String EARLY_SPACE = "/api/team/my-team/spaces/default";
  static final String SPACE = "/api/v1/team/my-team/spaces/default";

  private static final Map<ApiVersion, String> PREFIXES =
      Map.of(
          ApiVersion.PROJECTS, PROJECT,
          ApiVersion.EARLY_SPACES, EARLY_SPACE,
          ApiVersion.SPACES, SPACE);

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  static Caller project(TypeDBCloudSimulator simulator) {
    return new Caller(simulator.url(), PROJECT, token(simulator));
  }

  static Caller space(TypeDBCloudSimulator simulator) {
    return new Caller(simulator.url(), SPACE, token(simulator));
  }

  static Caller earlySpace(TypeDBCloudSimulator simulator) {
    return new Caller(simulator.url(), EARLY_SPACE, token(simulator));
  }

  static Caller of(ApiVersion version, TypeDBCloudSimulator simulator) {
    return new Caller(simulator.url(), PREFIXES.get(version), token(simulator));
  }

  static String token(TypeDBCloudSimulator simulator) {
    return token(simulator, simulator.clientId(), simulator.clientSecret());
  }

  static String token(TypeDBCloudSimulator simulator, String clientId, String clientSecret) {
    Response response =
        send(simulator.url(), "POST", "/api/auth", "Basic " + clientId + ":" + clientSecret, "");
    assertThat(response.status()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  Caller at(String otherPrefix) {
    return new Caller(url, otherPrefix, accessToken);
  }

  Caller with(String otherAccessToken) {
    return new Caller(url, prefix, otherAccessToken);
  }

  /** Sends a request below the prefix. */
  Response send(String method, String path, String body) {
    return send(url, method, prefix + path, "Bearer " + accessToken, body);
  }

  /** Sends a request with a body of any media type below the prefix. */
  Response send(String method, String path, String contentType, String body) {
    Map<String, String> headers =
        Map.of("Authorization", "Bearer " + accessToken, "Content-Type", contentType);
    return send(url, method, prefix + path, headers, body);
  }

  Response deploy(String body) {
    return send("POST", "/clusters/deploy", body);
  }

  Response get(String id) {
    return send("GET", "/clusters/" + id, "");
  }

  Response list() {
    return send("GET", "/clusters", "");
  }

  Response update(String id, String body) {
    return send("PATCH", "/clusters/" + id, body);
  }

  Response suspend(String id) {
    return send("POST", "/clusters/" + id + "/suspend", "");
  }

  Response resume(String id) {
    return send("POST", "/clusters/" + id + "/resume", "");
  }

  Response clone(String id, String newId) {
    return send("POST", "/clusters/" + id + "/clone", "{\"id\": \"" + newId + "\"}");
  }

  Response destroy(String id) {
    return send("DELETE", "/clusters/" + id, "");
  }

  /** Sends any request; without an {@code Authorization} header when it is empty. */
  static Response send(String url, String method, String path, String authorization, String body) {
    return send(url, method, path, Map.of("Authorization", authorization), body);
  }

  /** Sends any request, without the headers that are empty. */
  static Response send(
      String url, String method, String path, Map<String, String> headers, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            request.header(name, value);
          }
        });
    try {
      return Response.of(HTTP.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
