package io.github.typedbcloud.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Calls the admin API of a simulator with the JDK's HTTP client, and checks each request and
 * response against its OpenAPI document. Thread-safe.
 */
public final class AdminCaller {

  /**
   * A response of the admin API.
   *
   * @param contentType empty for none
   * @param allow the header {@code Allow}; empty for none
   */
  public record Response(int status, String contentType, String allow, String body) {

    private static final JsonMapper JSON = new JsonMapper();

    /** The body as JSON. */
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new AssertionError("not JSON: " + body, e);
      }
    }

    /** The {@code message} of an error. */
    public String message() {
      return json().path("message").asText();
    }
  }

  private static final String PREFIX = "/__simulator/";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final OpenApiDocument document = OpenApiDocument.of("admin");
  private final Set<String> seen = new ConcurrentSkipListSet<>();
  private final String url;

  private AdminCaller(String url) {
    this.url = url;
  }

  /**
   * Returns a caller.
   *
   * @param url the URL of the simulator, without a path
   */
  public static AdminCaller of(String url) {
    return new AdminCaller(Objects.requireNonNull(url, "url must not be null"));
  }

  public Response get(String path) {
    return send("GET", path, "");
  }

  public Response post(String path, String json) {
    return send("POST", path, json);
  }

  public Response put(String path, String json) {
    return send("PUT", path, json);
  }

  public Response patch(String path, String json) {
    return send("PATCH", path, json);
  }

  public Response delete(String path) {
    return send("DELETE", path, "");
  }

  /**
   * Sends a request, as JSON when there is a body.
   *
   * @param path the path and the query below {@code /__simulator/}
   * @param json empty for no body
   * @throws AssertionError when the document does not have the path, the method or the status code,
   *     or the response does not match it, or the request does not and was not rejected
   */
  public Response send(String method, String path, String json) {
    return send(method, path, json.isEmpty() ? "" : "application/json", json);
  }

  /**
   * Sends a request with any {@code Content-Type}, or without one when it is empty; otherwise as
   * {@link #send(String, String, String)}.
   */
  public Response send(String method, String path, String contentType, String body) {
    Response response = exchange(method, path, contentType, body);
    String[] target = (PREFIX + path).split("\\?", 2);
    String operationId =
        document.validate(
            new OpenApiExchange(
                method,
                target[0],
                target.length == 2 ? target[1] : "",
                // A body without a media type counts as JSON.
                contentType.isEmpty() && !body.isEmpty() ? "application/json" : contentType,
                body,
                response.status(),
                response.contentType(),
                response.body()));
    seen.add(operationId + " " + response.status());
    return response;
  }

  /**
   * The operations and status codes that this caller has seen, in the form of {@link
   * OpenApiDocument#operationStatuses}.
   */
  public Set<String> seen() {
    return Set.copyOf(seen);
  }

  /**
   * Sends a request whose path or method is not in the document. The response must be an error with
   * the documented error body.
   */
  public Response sendUndocumented(String method, String path, String json) {
    Response response = exchange(method, path, json.isEmpty() ? "" : "application/json", json);
    if (response.status() < 400) {
      throw new AssertionError("not in the document, but not rejected: " + response);
    }
    if (!method.equals("HEAD")) {
      document.validateBody("Error", response.body());
    }
    return response;
  }

  private Response exchange(String method, String path, String contentType, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + PREFIX + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Response(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.headers().firstValue("Allow").orElse(""),
          response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
