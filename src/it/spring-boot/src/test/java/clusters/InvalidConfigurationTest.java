package clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The application does not start, and prints why. */
@ExtendWith(OutputCaptureExtension.class)
class InvalidConfigurationTest {

  @Test
  void requestTimeout_negative_isPrintedWithProperty(CapturedOutput output) {
    start(
        "--typedb.cloud.client-id=an-id",
        "--typedb.cloud.client-secret=a-secret-of-the-test",
        "--typedb.cloud.request-timeout=-5s");

    assertThat(output)
        .contains("APPLICATION FAILED TO START", "typedb.cloud.request-timeout=-5s (")
        .contains("Change the value of typedb.cloud.request-timeout.")
        .doesNotContain("a-secret-of-the-test");
  }

  @Test
  void space_notSet_isPrinted(CapturedOutput output) {
    start(
        "--typedb.cloud.client-id=an-id",
        "--typedb.cloud.client-secret=a-secret-of-the-test",
        "--typedb.cloud.space=");

    assertThat(output)
        .contains("APPLICATION FAILED TO START", "typedb.cloud.space is blank (")
        .contains("typedb.cloud.team=my-team (class path resource [application.properties]");
  }

  @Test
  void credentials_none_areNamed(CapturedOutput output) {
    start();

    assertThat(output)
        .contains("APPLICATION FAILED TO START", "clusters.ClustersController")
        .contains("requires a ClustersApi bean. There is none, because no credentials are")
        .contains("Set typedb.cloud.client-id and typedb.cloud.client-secret (");
  }

  private static void start(String... arguments) {
    assertThatThrownBy(
            () ->
                new SpringApplicationBuilder(ClustersApplication.class)
                    .properties("server.port=0")
                    .run(arguments)
                    .close())
        .isInstanceOf(RuntimeException.class);
  }
}
