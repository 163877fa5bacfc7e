package io.github.typedbcloud.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminCallerTest {

  private static final String HEALTH = "{\"status\":\"up\",\"version\":\"1\"}";

  private final MockCloud server = new MockCloud();
  private final AdminCaller admin = AdminCaller.of(server.url());

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void get_responseAsDocumented_isReturnedAndSeen() {
    server.enqueue(200, HEALTH);

    assertThat(admin.get("health").json().path("status").textValue()).isEqualTo("up");
    assertThat(admin.seen()).containsExactly("getHealth 200");
    assertThat(server.calls().get(0).getUrl().encodedPath()).isEqualTo("/__simulator/health");
  }

  @Test
  void get_responseNotAsDocumented_fails() {
    server.enqueue(200, HEALTH.replace("up", "down"));

    assertThatThrownBy(() -> admin.get("health"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("/status");
    assertThat(admin.seen()).isEmpty();
  }

  @Test
  void post_requestNotAsDocumented_failsUnlessItIsRejected() {
    String invalid = "{\"by\":5}";
    server.enqueue(
        200, "{\"mode\":\"real\",\"now\":\"2026-01-01T00:00:00Z\",\"elapsed\":\"PT0S\"}");
    server.enqueue(400, Payloads.error("invalid_field", "The field by is 5."));

    assertThatThrownBy(() -> admin.post("time/advance", invalid))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("request body/by");
    assertThat(admin.post("time/advance", invalid).message()).isEqualTo("The field by is 5.");
    assertThat(admin.seen()).containsExactly("advanceTime 400");
  }

  @Test
  void get_query_isCheckedAndSent() {
    server.enqueue(200, "{\"count\":0,\"requests\":[]}");
    server.enqueue(200, "{\"count\":0,\"requests\":[]}");

    assertThat(admin.get("requests?operation=deploy&limit=1").status()).isEqualTo(200);
    assertThat(server.calls().get(0).getUrl().encodedQuery()).isEqualTo("operation=deploy&limit=1");
    assertThatThrownBy(() -> admin.get("requests?newest=1"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("newest");
  }

  @Test
  void sendUndocumented_success_fails() {
    server.enqueue(404, Payloads.error("path_not_found", "The path does not exist."));
    server.enqueue(200, "{}");
    server.enqueue(404, "{}");

    assertThat(admin.sendUndocumented("GET", "nothing", "").status()).isEqualTo(404);
    assertThatThrownBy(() -> admin.sendUndocumented("GET", "nothing", ""))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("not rejected");
    assertThatThrownBy(() -> admin.sendUndocumented("GET", "nothing", ""))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("code");
  }
}
