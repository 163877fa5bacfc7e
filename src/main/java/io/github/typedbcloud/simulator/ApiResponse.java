package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** One answer as it goes over the wire, apart from what frames it. Immutable. */
final class ApiResponse {

  private static final String CONTENT_TYPE = "Content-Type";
  private static final String JSON = "application/json";

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private ApiResponse(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** An answer without any body. */
  static ApiResponse of(int status) {
    return new ApiResponse(status, Map.of(), new byte[0]);
  }

  static ApiResponse text(String body) {
    return of(200).body("text/plain", body.getBytes(StandardCharsets.UTF_8));
  }

  static ApiResponse json(JsonNode body) {
    return of(200).json(SimulatorJson.write(body));
  }

  static ApiResponse refusal(ApiError refusal) {
    ApiResponse answer =
        of(refusal.status())
            .json(SimulatorJson.write(SimulatorJson.error(refusal.code(), refusal.text())));
    for (Map.Entry<String, String> header : refusal.headers().entrySet()) {
      answer = answer.header(header.getKey(), header.getValue());
    }
    return answer;
  }

  /** The same with this header, which replaces one of the same name. */
  ApiResponse header(String name, String value) {
    Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, value);
    return new ApiResponse(status, Collections.unmodifiableMap(more), body);
  }

  /** The same with this body, of which it takes a copy. */
  ApiResponse body(String contentType, byte[] newBody) {
    return new ApiResponse(status, header(CONTENT_TYPE, contentType).headers, newBody.clone());
  }

  /** The same with this body of JSON. */
  ApiResponse json(String text) {
    return body(JSON, text.getBytes(StandardCharsets.UTF_8));
  }

  boolean isJson() {
    return JSON.equals(headers.get(CONTENT_TYPE));
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** The first bytes of the body, as text. */
  String start(int bytes) {
    return new String(body, 0, Math.min(bytes, body.length), StandardCharsets.UTF_8);
  }

  /** A copy. */
  byte[] body() {
    return body.clone();
  }

  /** Leaves out the body, which may be an access token. */
  @Override
  public String toString() {
    return status + " " + headers.getOrDefault(CONTENT_TYPE, "without a body");
  }
}
