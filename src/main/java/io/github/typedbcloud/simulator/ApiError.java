package io.github.typedbcloud.simulator;

import io.github.typedbcloud.internal.httpserver.BadHttpRequestException;
import io.github.typedbcloud.internal.httpserver.HttpResponse;
import java.util.Map;

/** An error of the service, with the error body {@code {"code", "message"}}. */
final class ApiError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** How much of a request a message quotes, in characters. */
  private static final int MAX_QUOTE = 80;

  private final int status;
  private final String code;
  private final String text;
  private final transient Map<String, String> headers;

  private ApiError(int status, String code, String text, Map<String, String> headers) {
    // It becomes a response, so it needs no stack trace.
    super(status + " " + code + ": " + text, null, false, false);
    this.status = status;
    this.code = code;
    this.text = text;
    this.headers = headers;
  }

  static ApiError badRequest(String code, String text) {
    return new ApiError(400, code, text, Map.of());
  }

  static ApiError unauthorized(String text) {
    return new ApiError(401, "invalid_access_token", text, Map.of());
  }

  static ApiError forbidden(AccessLevel needed, CloudScope scope) {
    String text =
        "This operation requires an API token with the access level %s on the %s."
            .formatted(needed.text(), quote(scope.toString()));
    return new ApiError(403, "insufficient_access_level", text, Map.of());
  }

  static ApiError foreignOrigin(String origin) {
    String text =
        "Web pages of \"%s\" cannot use the admin API; send the request without an Origin header."
            .formatted(quote(origin));
    return new ApiError(403, "foreign_origin", text, Map.of());
  }

  static ApiError unsupportedMediaType(String contentType) {
    String text =
        "The Content-Type \"%s\" is not supported; send JSON as application/json."
            .formatted(quote(contentType));
    return new ApiError(415, "unsupported_media_type", text, Map.of());
  }

  static ApiError pathNotFound(String path) {
    return new ApiError(
        404, "path_not_found", "The path " + quote(path) + " does not exist.", Map.of());
  }

  static ApiError scopeNotFound(CloudScope scope) {
    String text = "The %s does not exist.".formatted(quote(scope.toString()));
    return new ApiError(404, scope.kind().noun() + "_not_found", text, Map.of());
  }

  static ApiError clusterNotFound(String id, CloudScope scope) {
    String text = "The cluster \"%s\" does not exist in the %s.".formatted(quote(id), scope);
    return new ApiError(404, "cluster_not_found", text, Map.of());
  }

  static ApiError methodNotAllowed(String method, String path, String allowed) {
    String text =
        "The method %s is not allowed for %s; allowed: %s."
            .formatted(quote(method), quote(path), allowed);
    return new ApiError(405, "method_not_allowed", text, Map.of("Allow", allowed));
  }

  static ApiError idInUse(int status, String id, CloudScope scope) {
    String text = "The ID \"%s\" is already in use in the %s.".formatted(quote(id), scope);
    return new ApiError(status, "id_already_in_use", text, Map.of());
  }

  static ApiError conflict(String text) {
    return new ApiError(409, "conflict", text, Map.of());
  }

  static ApiError notFound(String text) {
    return new ApiError(404, "not_found", text, Map.of());
  }

  static ApiError unexpected() {
    String text = "An unexpected error occurred.";
    return new ApiError(500, "internal_error", text, Map.of());
  }

  /** The error of what is not a valid HTTP request. */
  static ApiError of(BadHttpRequestException problem) {
    return new ApiError(
        problem.status(), problem.code(), String.valueOf(problem.getMessage()), Map.of());
  }

  /** A part of a request, cut to a length that suits a message. */
  static String quote(String text) {
    return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…";
  }

  /** What is wrong, without the status code. */
  String text() {
    return text;
  }

  int status() {
    return status;
  }

  HttpResponse toResponse() {
    HttpResponse response =
        HttpResponse.of(status).json(SimulatorJson.write(SimulatorJson.error(code, text)));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      response = response.header(header.getKey(), header.getValue());
    }
    return response;
  }
}
