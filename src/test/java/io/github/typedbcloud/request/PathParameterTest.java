package io.github.typedbcloud.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.model.UpdateClusterRequest;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.Payloads;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a path parameter contains, it stays in its segment or is rejected. */
class PathParameterTest {

  private final MockCloud cloud = new MockCloud();
  private final TypeDBCloudClient client = cloud.client().build();

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a/b        | a%2Fb",
        "../b       | ..%2Fb",
        "a b        | a%20b",
        "a+b        | a%2Bb",
        "ä          | %C3%A4",
        "日本        | %E6%97%A5%E6%9C%AC",
        "😀         | %F0%9F%98%80",
        "%2e%2e     | %252e%252e",
        "%          | %25",
        "?x=1&y     | %3Fx%3D1%26y",
        "'#x'       | %23x",
        ";x         | %3Bx",
        "a:b@c      | a%3Ab%40c",
        "a\\b       | a%5Cb",
        "...        | ...",
        "a.b_c-d~E9 | a.b_c-d~E9"
      })
  void id_specialCharacters_areEncoded(String text, String encoded) {
    cloud.respondToCalls(call -> MockCloud.json(200, Payloads.clusterWithId(text)));

    client.clusters(Scope.project(text, text)).suspend(text);
    client.clusters(Scope.space(text, text)).get(text);

    assertThat(cloud.calls().get(0).getTarget())
        .isEqualTo("/api/org/%1$s/projects/%1$s/clusters/%1$s/suspend".formatted(encoded));
    assertThat(cloud.calls().get(1).getTarget())
        .isEqualTo("/api/v1/team/%1$s/spaces/%1$s/clusters/%1$s".formatted(encoded));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "\t", "\u2003", ".", "..", "a\nb", "a\rb", "\u0000", "a\u007f", "a\u0085", "\ud800"
      })
  void id_invalid_isRejectedBeforeSending(String text) {
    ClustersApi clusters = client.clusters(Fixtures.SPACE);
    List<Consumer<String>> calls =
        List.of(
            clusters::get,
            clusters::find,
            clusters::suspend,
            clusters::resume,
            clusters::destroy,
            clusters::awaitDestroyed,
            id -> clusters.await(id, ClusterStatus.RUNNING),
            id -> clusters.clone(id, "b"),
            id -> clusters.update(id, UpdateClusterRequest.builder().version("latest").build()),
            organization -> client.clusters(Scope.project(organization, "default")),
            project -> client.clusters(Scope.project("new-org", project)),
            team -> client.clusters(Scope.space(team, "default")),
            space -> client.clusters(Scope.space("new-team", space)));

    for (Consumer<String> call : calls) {
      assertThatThrownBy(() -> call.accept(text))
          .isInstanceOfSatisfying(
              InvalidRequestException.class, e -> assertThat(e.violations()).hasSize(1))
          .message()
          .contains("was not sent")
          .matches("\\P{Cntrl}*");
    }

    assertThat(cloud.calls()).isEmpty();
    assertThat(cloud.exchanges()).isEmpty();
  }

  @Test
  void scope_bothParts_areReported() {
    assertThatThrownBy(() -> client.clusters(Scope.space("..", "")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("team '..' must not be a relative path")
        .hasMessageContaining("space '' must not be blank");
  }

  @Test
  void id_null_isNamed() {
    assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).get(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("id must not be null");
  }
}
