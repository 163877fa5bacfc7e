package io.github.typedbcloud.support;

import java.util.Objects;

/**
 * A request and its response, as they were on the wire.
 *
 * @param path the percent-encoded path
 * @param query the percent-encoded query without its question mark; empty for none
 * @param requestContentType empty for none
 * @param requestBody empty for none
 * @param responseContentType empty for none
 * @param responseBody empty for none
 */
public record OpenApiExchange(
    String method,
    String path,
    String query,
    String requestContentType,
    String requestBody,
    int status,
    String responseContentType,
    String responseBody) {

  public OpenApiExchange {
    Objects.requireNonNull(method, "method must not be null");
    Objects.requireNonNull(path, "path must not be null");
    Objects.requireNonNull(query, "query must not be null");
    Objects.requireNonNull(requestContentType, "requestContentType must not be null");
    Objects.requireNonNull(requestBody, "requestBody must not be null");
    Objects.requireNonNull(responseContentType, "responseContentType must not be null");
    Objects.requireNonNull(responseBody, "responseBody must not be null");
  }

  @Override
  public String toString() {
    return method
        + " "
        + path
        + (query.isEmpty() ? "" : "?" + query)
        + (requestBody.isEmpty() ? "" : " " + requestContentType + " " + requestBody)
        + " -> "
        + status
        + (responseBody.isEmpty() ? "" : " " + responseContentType + " " + responseBody);
  }
}
