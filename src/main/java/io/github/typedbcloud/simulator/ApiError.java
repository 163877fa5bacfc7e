package io.github.typedbcloud.simulator;

import java.util.Map;

/** The service says no: what becomes the error body {@code {"code", "message"}}. */
final class ApiError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** How much of a text from a request an error message repeats. In characters. */
  private static final int MAX_QUOTE = 80;

  private final int status;
  private final String code;
  private final String text;
  private final transient Map<String, String> headers;

  private ApiError(int status, String code, String text, Map<String, String> headers) {
    // A refusal is an answer and no fault of the program: nobody reads its stack trace.
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
        "This needs an API token with the access level %s on %s."
            .formatted(needed.text(), quote(scope.toString()));
    return new ApiError(403, "insufficient_access_level", text, Map.of());
  }

  static ApiError pathNotFound(String path) {
    return new ApiError(404, "path_not_found", "There is nothing at " + quote(path), Map.of());
  }

  static ApiError scopeNotFound(CloudScope scope) {
    String text = "There is no %s.".formatted(quote(scope.toString()));
    return new ApiError(404, scope.generation().noun() + "_not_found", text, Map.of());
  }

  static ApiError clusterNotFound(String id, CloudScope scope) {
    String text = "There is no cluster \"%s\" in %s.".formatted(quote(id), scope);
    return new ApiError(404, "cluster_not_found", text, Map.of());
  }

  static ApiError methodNotAllowed(String method, String path, String allowed) {
    String text =
        "%s is not possible at %s; allowed: %s.".formatted(quote(method), quote(path), allowed);
    return new ApiError(405, "method_not_allowed", text, Map.of("Allow", allowed));
  }

  static ApiError idInUse(String id, CloudScope scope) {
    String text =
        "The ID \"%s\" is already in use in %s; choose another.".formatted(quote(id), scope);
    return new ApiError(409, "id_already_in_use", text, Map.of());
  }

  static ApiError bodyTooLarge(int limitInBytes) {
    String text = "The request body is larger than %s bytes.".formatted(limitInBytes);
    return new ApiError(413, "body_too_large", text, Map.of());
  }

  static ApiError malformedRequest(String text) {
    return badRequest("malformed_request", text);
  }

  static ApiError headTooLarge(int limitInBytes) {
    String text = "The header of the request is larger than %s bytes.".formatted(limitInBytes);
    return new ApiError(431, "header_too_large", text, Map.of());
  }

  static ApiError unknownTransferEncoding() {
    String text = "The only Transfer-Encoding that is read is chunked.";
    return new ApiError(501, "unknown_transfer_encoding", text, Map.of());
  }

  static ApiError unknownHttpVersion() {
    String text = "The simulator speaks HTTP/1.1 and HTTP/1.0.";
    return new ApiError(505, "unknown_http_version", text, Map.of());
  }

  static ApiError unexpected() {
    String text = "An unexpected error prevented the simulator from serving this request.";
    return new ApiError(500, "internal_error", text, Map.of());
  }

  /** A text from a request, cut to a length that suits a message. */
  static String quote(String text) {
    return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…";
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  /** The message of the error body. */
  String text() {
    return text;
  }

  Map<String, String> headers() {
    return headers;
  }
}
