package io.github.typedbcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.LogListener;
import io.github.typedbcloud.support.MockCloud;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which base URLs are taken, and what the paths of the API are appended to. */
class BaseUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://cloud.typedb.com",
        "https://cloud.typedb.com/",
        "HTTPS://Cloud.TypeDB.com:8443/prefix",
        "https://10.0.0.1",
        "https://[2001:db8::1]:8443",
        "http://127.0.0.1",
        "http://127.5.5.5:8080",
        "http://127.255.255.255",
        "http://localhost:8080",
        "http://LOCALHOST",
        "http://[::1]:8080",
        "http://[0:0:0:0:0:0:0:1]",
        "http://[::ffff:127.0.0.1]:8080",
        "http://[::ffff:7f00:1]"
      })
  void baseUrl_httpsOrLoopback_isAccepted(String url) {
    try (TypeDBCloudClient client = client(url)) {
      assertThat(client).hasToString("TypeDBCloudClient[" + url.replaceFirst("/$", "") + "]");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://example.com                | in the clear to example.com",
        "http://127.0.0.1.example.com      | in the clear to 127.0.0.1.example.com",
        "http://localhost.example.com      | in the clear to localhost.example.com",
        "http://localhost.                 | call allowInsecureHttp()",
        "http://evil-localhost             | call allowInsecureHttp()",
        "http://typedb.localhost           | call allowInsecureHttp()",
        "http://xlocalhost                 | call allowInsecureHttp()",
        "http://0x7f.1                     | must look like https://cloud.typedb.com",
        "http://2130706433                 | call allowInsecureHttp()",
        "http://typedb_cloud:8080          | has a host name with an underscore",
        "http://127.0.0.256                | must look like https://cloud.typedb.com",
        "http://127.1                      | must look like https://cloud.typedb.com",
        "http://128.0.0.1                  | in the clear",
        "http://0.0.0.0                    | in the clear",
        "http://10.0.0.1                   | in the clear",
        "http://[::2]                      | in the clear",
        "http://[::ffff:10.0.0.1]          | in the clear",
        "ftp://127.0.0.1                   | must look like https://cloud.typedb.com",
        "file:///etc/hosts                 | must look like https://cloud.typedb.com",
        "https:///clusters                 | must look like https://cloud.typedb.com",
        "https:cloud.typedb.com            | must look like https://cloud.typedb.com",
        "cloud.typedb.com                  | must look like https://cloud.typedb.com",
        "//cloud.typedb.com                | must look like https://cloud.typedb.com",
        "''                                | must look like https://cloud.typedb.com",
        "'https://cloud.typedb.com '       | is not a URL",
        "'https://cloud .typedb.com'       | is not a URL",
        "https://                          | is not a URL",
        "https://u:pass@cloud.typedb.com   | pass them to credentials(id, secret)",
        "http://127.0.0.1@example.com      | pass them to credentials(id, secret)",
        "http://127.0.0.1\\@example.com    | is not a URL",
        "https://cloud.typedb.com?a=b      | must not have a query or a fragment",
        "https://cloud.typedb.com?         | must not have a query or a fragment",
        "'https://cloud.typedb.com/#x'     | must not have a query or a fragment",
        "https://cloud.typedb.com:0        | has a port outside 1 to 65535",
        "https://cloud.typedb.com:65536    | has a port outside 1 to 65535",
        "'https://[fe80::1%25eth0]'        | must not have a zone"
      })
  void baseUrl_invalid_isRejected(String url, String why) {
    assertThatThrownBy(() -> client(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The base URL ")
        .hasMessageContaining(why)
        .hasMessageNotContaining("u:pass")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "'',           ''",
    "/,            ''",
    "///,          ''",
    "/cloud,       /cloud",
    "/cloud/api//, /cloud/api",
    "/a%2Fb%20c,   /a%2Fb%20c"
  })
  void baseUrl_path_isKept(String suffix, String prefix) {
    try (MockCloud cloud = new MockCloud();
        TypeDBCloudClient client = cloud.client().baseUrl(cloud.url() + suffix).build()) {
      cloud.enqueue(200, "[]");

      client.clusters(Fixtures.SPACE).list();

      assertThat(cloud.exchanges().get(0).getTarget()).isEqualTo(prefix + "/api/v1/auth");
      assertThat(cloud.calls().get(0).getTarget())
          .isEqualTo(prefix + "/api/v1/team/new-team/spaces/default/clusters");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://simulator:8080",
        "http://typedb.localhost:8080",
        "http://10.0.0.1",
        "http://[::2]"
      })
  void insecureHttp_allowed_isWarnedOfOnce(String url) {
    try (LogListener log = new LogListener();
        TypeDBCloudClient before =
            TypeDBCloudClient.builder()
                .credentials("id", "the-secret")
                .allowInsecureHttp()
                .baseUrl(url)
                .build()) {
      assertThat(before.baseUrl()).isEqualTo(url);
      assertThat(log.text().lines().filter(line -> line.startsWith("WARN")))
          .singleElement()
          .asString()
          .contains("sent unencrypted to " + URI.create(url).getHost() + ",")
          .doesNotContain("the-secret");
    }
  }

  @Test
  void insecureHttp_urlOfEnvironmentFirst_isAccepted() {
    Map<String, String> environment =
        Map.of(
            "TYPEDB_CLOUD_CLIENT_ID", "id",
            "TYPEDB_CLOUD_CLIENT_SECRET", "secret",
            "TYPEDB_CLOUD_URL", "http://simulator:8080");

    try (TypeDBCloudClient client =
        TypeDBCloudClient.builder().fromEnv(environment).allowInsecureHttp().build()) {
      assertThat(client.baseUrl()).isEqualTo("http://simulator:8080");
    }
    assertThatThrownBy(() -> TypeDBCloudClient.builder().fromEnv(environment).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowInsecureHttp()");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://cloud.typedb.com", "http://localhost:1"})
  void insecureHttp_allowedButNotUsed_isNotWarnedOf(String url) {
    try (LogListener log = new LogListener();
        TypeDBCloudClient client =
            TypeDBCloudClient.builder()
                .credentials("id", "secret")
                .baseUrl(url)
                .allowInsecureHttp()
                .build()) {
      assertThat(client.baseUrl()).isEqualTo(url);
      assertThat(log.text()).doesNotContain("WARN");
    }
  }

  private static TypeDBCloudClient client(String url) {
    return TypeDBCloudClient.builder().credentials("id", "secret").baseUrl(url).build();
  }
}
