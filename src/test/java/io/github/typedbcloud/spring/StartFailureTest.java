package io.github.typedbcloud.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.ForwardingClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What Spring Boot prints when the application does not start. */
final class StartFailureTest {

  private static final String ID = "--typedb.cloud.client-id=an-id";
  private static final String SECRET = "--typedb.cloud.client-secret=a-long-secret";
  private static final String TEAM = "--typedb.cloud.team=my-team";
  private static final String SPACE = "--typedb.cloud.space=default";

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(TypeDBCloudAutoConfiguration.class)
  static class Application {}

  @Configuration(proxyBeanMethods = false)
  static class UsesClusters {
    @Bean
    String list(ClustersApi clusters) {
      return clusters.toString();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class UsesClient {
    @Bean
    String url(TypeDBCloudClient client) {
      return client.baseUrl();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class UsesNumber {
    @Bean
    String text(Integer number) {
      return number.toString();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoClients {
    @Bean
    TypeDBCloudClient first() {
      return TypeDBCloudClient.builder().credentials("an-id", "a-long-secret").build();
    }

    @Bean
    TypeDBCloudClient second() {
      return TypeDBCloudClient.builder().credentials("an-id", "a-long-secret").build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoClusters {
    @Bean
    ClustersApi one() {
      return new ForwardingClustersApi() {};
    }

    @Bean
    ClustersApi another() {
      return new ForwardingClustersApi() {};
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ClientWithQualifier {
    @Bean(defaultCandidate = false)
    @Qualifier("other")
    TypeDBCloudClient other() {
      return TypeDBCloudClient.builder().credentials("an-id", "a-long-secret").build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoSimulators {
    @Bean
    TypeDBCloudSimulator one() {
      return TypeDBCloudSimulator.start();
    }

    @Bean
    TypeDBCloudSimulator another() {
      return TypeDBCloudSimulator.start();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "request-timeout=-5s, The request timeout cannot be PT-5S;",
    "attempt-timeout=0s, The attempt timeout cannot be PT0S;",
    "max-attempts=0, The maximum number of attempts cannot be 0;",
    "verification-window=-1s, A verification window cannot be PT-1S;",
    "url=cloud.typedb.com, The base URL must look like https://cloud.typedb.com.",
    "url=http://example.com, 'The base URL is http, which'"
  })
  void value_invalid_isPrintedWithPropertyAndReason(String setting, String reason) {
    String property = "typedb.cloud." + setting.substring(0, setting.indexOf('='));

    assertThat(failure(List.of(), ID, SECRET, "--typedb.cloud." + setting))
        .contains("APPLICATION FAILED TO START", property + ": " + reason)
        .contains("\n    typedb.cloud." + setting + " (\"" + property + "\" from property source")
        .contains("Action:\n\nChange the value of " + property)
        .doesNotContain("a-long-secret");
  }

  @Test
  void httpUrl_isPrintedWithHowToAllowIt() {
    assertThat(failure(List.of(), ID, SECRET, "--typedb.cloud.url=http://example.com"))
        .contains(
            "Change the value of typedb.cloud.url, or call allowInsecureHttp() in a"
                + " TypeDBCloudClientCustomizer bean.");
  }

  @Test
  void credentialsFile_missing_isPrinted() {
    assertThat(failure(List.of(), "--typedb.cloud.credentials-file=nothing.env"))
        .contains("APPLICATION FAILED TO START", "typedb.cloud.credentials-file: ")
        .contains("\n    typedb.cloud.credentials-file=nothing.env (");
  }

  @Test
  void scope_invalid_isPrinted() {
    assertThat(failure(List.of(), ID, SECRET, TEAM, "--typedb.cloud.space=.."))
        .contains("APPLICATION FAILED TO START", "typedb.cloud.team and typedb.cloud.space: ")
        .contains("\n    typedb.cloud.team=my-team (", "\n    typedb.cloud.space=.. (");
    assertThat(failure(List.of(), ID, SECRET, "--typedb.cloud.project=p"))
        .contains("The property typedb.cloud.organization is not set.")
        .contains("\n    typedb.cloud.project=p (");
  }

  @Test
  void secret_notSet_isPrinted() {
    assertThat(failure(List.of(), ID))
        .contains("APPLICATION FAILED TO START")
        .contains(
            "The property typedb.cloud.client-secret is not set.\n",
            "\n    typedb.cloud.client-id is set (",
            "\n    typedb.cloud.client-secret is not set\n",
            "\n\nSet typedb.cloud.client-secret, or the environment variable"
                + " TYPEDB_CLOUD_CLIENT_SECRET.\n");
  }

  @Test
  void secret_blank_isPrinted() {
    assertThat(failure(List.of(), ID, "--typedb.cloud.client-secret= "))
        .contains("\n    typedb.cloud.client-secret is blank (");
  }

  @Test
  void secret_invalid_isNotPrinted() {
    assertThat(failure(List.of(), ID, "--typedb.cloud.client-secret=a long secret"))
        .contains(
            "typedb.cloud.client-id and typedb.cloud.client-secret: The client secret contains"
                + " white space",
            "\n    typedb.cloud.client-secret is set (")
        .doesNotContain("a long secret")
        .doesNotContain("an-id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://user:a-password@example.com", "https://example.com?key=a-password"})
  void url_withSecret_isNotPrinted(String url) {
    assertThat(failure(List.of(), ID, SECRET, "--typedb.cloud.url=" + url))
        .contains("\n    typedb.cloud.url is set (")
        .doesNotContain("a-password");
  }

  @Test
  void credentials_ofTwoKinds_arePrintedWithTheirOrigins() {
    assertThat(
            failure(
                List.of(),
                Map.of("TYPEDB_CLOUD_CLIENT_ID", "an-id"),
                "--typedb.cloud.credentials-file=cloud.env"))
        .contains("Two kinds of credentials are configured")
        .contains(
            "\n    typedb.cloud.credentials-file=cloud.env (",
            "\n    typedb.cloud.client-id is set (\"TYPEDB_CLOUD_CLIENT_ID\" from property source",
            "\n    typedb.cloud.client-secret is not set\n");
  }

  @Test
  void projectAndSpace_together_arePrinted() {
    assertThat(failure(List.of(), ID, SECRET, TEAM, "--typedb.cloud.project=p"))
        .contains("Both a project and a space are configured")
        .contains("\n    typedb.cloud.team=my-team (", "\n    typedb.cloud.project=p (");
  }

  @Test
  void clusters_withoutCredentials_areExplained() {
    assertThat(failure(List.of(UsesClusters.class), TEAM, SPACE))
        .contains("APPLICATION FAILED TO START")
        .containsPattern(
            "Parameter 0 of method list in .*UsesClusters requires a ClustersApi bean\\.")
        .contains("There is none, because no credentials are configured.")
        .contains("\n\nSet typedb.cloud.client-id and typedb.cloud.client-secret (");
  }

  @Test
  void client_withoutCredentials_isExplained() {
    assertThat(failure(List.of(UsesClient.class)))
        .contains("requires a TypeDBCloudClient bean", "because no credentials are configured.");
  }

  @Test
  void client_withQualifierAlone_isNoCandidate() {
    assertThat(failure(List.of(UsesClient.class, ClientWithQualifier.class)))
        .contains("requires a TypeDBCloudClient bean", "because no credentials are configured.");
  }

  @Test
  void clusters_withoutScope_areExplained() {
    assertThat(failure(List.of(UsesClusters.class), ID, SECRET))
        .contains("requires a ClustersApi bean", "because no scope is configured.")
        .contains("\n\nSet typedb.cloud.team and typedb.cloud.space, or");
  }

  @Test
  void clusters_ofTwoClients_areExplained() {
    assertThat(failure(List.of(UsesClusters.class, TwoClients.class), TEAM, SPACE))
        .contains("none of the TypeDBCloudClient beans first, second is primary.")
        .contains("\n\nAnnotate one of them with @Primary");
  }

  @Test
  void clusters_ofTwoSimulators_areExplained() {
    assertThat(failure(List.of(UsesClusters.class, TwoSimulators.class), ID, SECRET, TEAM, SPACE))
        .contains("there are several TypeDBCloudSimulator beans, none of which is primary.")
        .contains("\n\nAnnotate one of them with @Primary");
  }

  @Test
  void otherFailures_areThoseOfSpringBoot() {
    assertThat(failure(List.of(UsesClient.class, TwoClients.class)))
        .contains("APPLICATION FAILED TO START", "required a single bean, but 2 were found");
    assertThat(failure(List.of(UsesClusters.class, TwoClusters.class)))
        .contains("APPLICATION FAILED TO START", "required a single bean, but 2 were found");
    assertThat(failure(List.of(UsesNumber.class)))
        .contains("APPLICATION FAILED TO START", "Consider defining a bean of type");
  }

  @Test
  void analyzerOfMissingBeans_precedesThatOfSpringBoot() {
    FailureAnalyzer unordered = failure -> null;
    FailureAnalyzer ours =
        new MissingBeanFailureAnalyzer(new StaticListableBeanFactory(), new StandardEnvironment());
    List<FailureAnalyzer> analyzers = new ArrayList<>(List.of(unordered, ours));

    AnnotationAwareOrderComparator.sort(analyzers);

    assertThat(analyzers).containsExactly(ours, unordered);
  }

  /** The report of a start that fails. */
  private static String failure(List<Class<?>> configurations, String... arguments) {
    return failure(configurations, Map.of(), arguments);
  }

  private static String failure(
      List<Class<?>> configurations, Map<String, Object> environment, String... arguments) {
    SpringApplication application =
        new SpringApplication(
            Stream.concat(Stream.of(Application.class), configurations.stream())
                .toArray(Class<?>[]::new));
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setRegisterShutdownHook(false);
    // The listener that configures the log would change that of all tests.
    application.setListeners(List.of());
    application.setInitializers(
        List.of(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                            environment))));
    try (Report report = new Report()) {
      Throwable failure = catchThrowable(() -> application.run(arguments).close());
      assertThat(failure).isNotNull();
      return report.text();
    }
  }

  /** What Spring Boot's reporter logs. */
  private static final class Report extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger(LoggingFailureAnalysisReporter.class.getName());
    private final List<String> messages = new CopyOnWriteArrayList<>();

    Report() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
      messages.add(record.getMessage());
    }

    String text() {
      return String.join("\n", messages).replace(System.lineSeparator(), "\n");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }
}
