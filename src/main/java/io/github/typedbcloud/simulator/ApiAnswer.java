package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** One answer as it goes over the wire. */
record ApiAnswer(int status, String contentType, Map<String, String> headers, String body) {

  static ApiAnswer text(String body) {
    return new ApiAnswer(200, "text/plain", Map.of(), body);
  }

  static ApiAnswer json(JsonNode body) {
    return new ApiAnswer(200, "application/json", Map.of(), SimulatorJson.write(body));
  }

  static ApiAnswer refusal(ApiRefusal refusal) {
    String body = SimulatorJson.write(SimulatorJson.error(refusal.code(), refusal.text()));
    return new ApiAnswer(refusal.status(), "application/json", refusal.headers(), body);
  }

  /** Leaves out the body, which may be an access token. */
  @Override
  public String toString() {
    return status + " " + contentType;
  }
}
