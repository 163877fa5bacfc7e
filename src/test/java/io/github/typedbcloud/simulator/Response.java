package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** An HTTP response, with the assertions that many tests share. */
record Response(int status, String contentType, String allow, String date, String body) {

  private static final JsonMapper JSON = new JsonMapper();

  static Response of(HttpResponse<String> response) {
    return new Response(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.headers().firstValue("Allow").orElse(""),
        response.headers().firstValue("Date").orElse(""),
        response.body());
  }

  /** The body of a successful response. */
  JsonNode json() {
    assertThat(status).as(body).isEqualTo(200);
    assertThat(contentType).isEqualTo("application/json");
    return parsed();
  }

  Response isCluster(String id, String clusterStatus) {
    assertThat(json().path("id").textValue()).isEqualTo(id);
    assertThat(json().path("status").textValue()).isEqualTo(clusterStatus);
    return this;
  }

  /** The body is exactly {@code code} and {@code message}, and the message says something. */
  Response isError(int expectedStatus, String expectedCode) {
    assertThat(status).as(body).isEqualTo(expectedStatus);
    assertThat(contentType).isEqualTo("application/json");
    List<String> names = new ArrayList<>();
    parsed().fieldNames().forEachRemaining(names::add);
    assertThat(names).containsExactly("code", "message");
    assertThat(parsed().path("code").textValue()).isEqualTo(expectedCode);
    assertThat(parsed().path("message").textValue()).hasSizeGreaterThan(10);
    return this;
  }

  private JsonNode parsed() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + body, e);
    }
  }
}
