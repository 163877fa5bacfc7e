package io.github.typedbcloud.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.ForwardingClustersApi;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.ServerErrorException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.event.AttemptEnded;
import io.github.typedbcloud.event.CallEnded;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.simulator.Fault;
import io.github.typedbcloud.simulator.Operation;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.github.typedbcloud.support.FileModes;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.time.ManualTime;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.task.TaskDecorator;

/** The auto-configuration on Spring Boot 3.5; src/it/spring-boot is for both versions. */
final class TypeDBCloudAutoConfigurationTest {

  private final ApplicationContextRunner boot =
      new ApplicationContextRunner()
          .withClassLoader(new FilteredClassLoader("org.springframework.boot.health.contributor"))
          .withConfiguration(
              AutoConfigurations.of(
                  TypeDBCloudAutoConfiguration.class,
                  Boot3HealthAutoConfiguration.class,
                  Boot4HealthAutoConfiguration.class));

  private final ApplicationContextRunner configured =
      boot.withPropertyValues(
          "typedb.cloud.client-id=an-id",
          "typedb.cloud.client-secret=a-long-secret",
          "typedb.cloud.team=my-team",
          "typedb.cloud.space=default");

  @Test
  void withoutCredentials_application_starts() {
    boot.run(
        context ->
            assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(TypeDBCloudClient.class)
                .doesNotHaveBean(ClustersApi.class)
                .doesNotHaveBean(HealthIndicator.class));
  }

  @Test
  void urlAndScope_ofProperties_areThoseOfTheClient() {
    configured
        .withPropertyValues("typedb.cloud.url=http://127.0.0.1:9/base")
        .run(
            context -> {
              assertThat(context.getBean(TypeDBCloudClient.class).baseUrl())
                  .isEqualTo("http://127.0.0.1:9/base");
              assertThat(context.getBean(ClustersApi.class).toString()).contains("my-team/default");
              assertThat(context.getBean(TypeDBCloudProperties.class).toString())
                  .doesNotContain("secret");
            });
  }

  @Test
  void maxAttempts_two_limitsAttempts() {
    withSimulator(
        "typedb.cloud.max-attempts=2",
        (simulator, clusters) -> {
          simulator.faults().on(Operation.LIST).always(Fault.respond(503));

          assertThatThrownBy(clusters::list).isInstanceOf(ServerErrorException.class);
          assertThat(simulator.receivedCount(Operation.LIST)).isEqualTo(2);
        });
  }

  @Test
  void requestTimeout_threeSeconds_endsBeforeLaterRetry() {
    withSimulator(
        "typedb.cloud.request-timeout=3s",
        (simulator, clusters) -> {
          simulator.faults().on(Operation.LIST).next(Fault.respond(503).header("Retry-After", "5"));

          assertThatThrownBy(clusters::list).isInstanceOf(ServerErrorException.class);
          assertThat(simulator.receivedCount(Operation.LIST)).isEqualTo(1);
        });
  }

  @Test
  void attemptTimeout_ofLostRequest_endsAttempt() {
    List<AttemptEnded> attempts = new CopyOnWriteArrayList<>();
    OperationListener listener =
        new OperationListener() {
          @Override
          public void attemptEnded(AttemptEnded event) {
            attempts.add(event);
          }
        };
    // In real time: a delayed response lasts until the limit of the attempt.
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      boot.withBean(TypeDBCloudSimulator.class, () -> simulator)
          .withBean(OperationListener.class, () -> listener)
          .withPropertyValues("typedb.cloud.attempt-timeout=400ms")
          .run(
              context -> {
                simulator
                    .faults()
                    .on(Operation.LIST)
                    .next(Fault.delayResponse(Duration.ofSeconds(5)));

                assertThat(context.getBean(ClustersApi.class).list()).isEmpty();
                assertThat(attempts).extracting(AttemptEnded::status).containsSubsequence(0, 200);
                assertThat(attempts)
                    .filteredOn(each -> each.status() == 0)
                    .first()
                    .satisfies(
                        each -> assertThat(each.failure()).hasMessage("no response within 0.4 s"));
              });
    }
  }

  @Test
  void verificationWindow_zero_checksLostWriteWithoutDelay() {
    withSimulator(
        "typedb.cloud.verification-window=0s",
        (simulator, clusters) -> {
          simulator.faults().on(Operation.DEPLOY).always(Fault.loseRequest());
          Duration before = simulator.clock().elapsed();

          assertThatThrownBy(
                  () ->
                      clusters
                          .with(RequestOptions.builder().maxAttempts(1).build())
                          .deploy(Fixtures.paidCluster("a").build()))
              .isInstanceOf(TypeDBCloudException.class);
          assertThat(simulator.clock().elapsed().minus(before)).isLessThan(Duration.ofSeconds(1));
        });
  }

  @Test
  void validation_rulesOnly_sendsWhatTheCatalogDoesNotKnow() {
    withSimulator(
        "typedb.cloud.validation=rules-only",
        (simulator, clusters) -> {
          assertThatThrownBy(
                  () ->
                      clusters.deploy(
                          Fixtures.paidCluster("a").machineType("another-type").build()))
              .isInstanceOf(TypeDBCloudException.class);
          assertThat(simulator.receivedCount(Operation.DEPLOY)).isEqualTo(1);
        });
  }

  /** Runs a client with one property beside a simulator with a manual clock. */
  private void withSimulator(String property, BiConsumer<TypeDBCloudSimulator, ClustersApi> work) {
    try (TypeDBCloudSimulator simulator =
        TypeDBCloudSimulator.builder().time(new ManualTime()).start()) {
      boot.withBean(TypeDBCloudSimulator.class, () -> simulator)
          .withPropertyValues(property)
          .run(context -> work.accept(simulator, context.getBean(ClustersApi.class)));
    }
  }

  @Test
  void environmentVariables_ofTheClient_configureIt() {
    Map<String, Object> variables =
        Map.of(
            TypeDBCloudClient.CLIENT_ID_VARIABLE, "an-id",
            TypeDBCloudClient.CLIENT_SECRET_VARIABLE, "a-long-secret",
            TypeDBCloudClient.URL_VARIABLE, "https://example.com");
    boot.withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                            variables)))
        .run(
            context ->
                assertThat(context.getBean(TypeDBCloudClient.class).baseUrl())
                    .isEqualTo("https://example.com"));
  }

  @Test
  void credentialsFile_isRead(@TempDir Path directory) throws Exception {
    Path file = FileModes.ownerOnly(Files.createFile(directory.resolve("cloud.env")));
    Files.writeString(file, "TYPEDB_CLOUD_CLIENT_ID=a\nTYPEDB_CLOUD_CLIENT_SECRET=a-secret\n");
    boot.withPropertyValues("typedb.cloud.credentials-file=" + file)
        .run(context -> assertThat(context).hasSingleBean(TypeDBCloudClient.class));
    configured
        .withPropertyValues("typedb.cloud.credentials-file=" + file)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("Two kinds of credentials are configured"));
  }

  @Test
  void secret_missing_isNamed() {
    boot.withPropertyValues("typedb.cloud.client-id=an-id")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessage("The property typedb.cloud.client-secret is not set."));
  }

  @Test
  void beansOfTheUser_replaceOurs() {
    ClustersApi own = new ForwardingClustersApi() {};
    configured
        .withBean(ClustersApi.class, () -> own)
        .run(context -> assertThat(context.getBean(ClustersApi.class)).isSameAs(own));
  }

  @Test
  void contextClosed_client_isClosed() {
    configured.run(
        context -> {
          ClustersApi clusters = context.getBean(ClustersApi.class);
          context.close();
          assertThatThrownBy(clusters::list)
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("closed");
        });
  }

  @Test
  void simulatorBean_replacesUrlCredentialsScopeAndClock() {
    ManualTime time = new ManualTime();
    MeterRegistry registry = new SimpleMeterRegistry();
    List<CallEnded> ended = new CopyOnWriteArrayList<>();
    configured
        .withPropertyValues("typedb.cloud.team=another-team")
        .withBean(
            TypeDBCloudSimulator.class,
            () ->
                TypeDBCloudSimulator.builder()
                    .time(time)
                    .transitionTime(Duration.ofMinutes(3))
                    .start())
        .withBean(MeterRegistry.class, () -> registry)
        .withBean(
            OperationListener.class,
            () ->
                new OperationListener() {
                  @Override
                  public void callEnded(CallEnded event) {
                    ended.add(event);
                  }
                })
        .run(
            context -> {
              context.getBean(ClustersApi.class).deployAndAwait(Fixtures.paidCluster("a").build());

              assertThat(time.elapsed()).isGreaterThanOrEqualTo(Duration.ofMinutes(3));
              assertThat(registry.get("typedb.cloud.calls").timers()).isNotEmpty();
              assertThat(ended).isNotEmpty();
            });
  }

  @Test
  void connectionDetails_ofTheUser_replaceProperties() {
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      configured
          .withBean(
              TypeDBCloudConnectionDetails.class, () -> new SimulatorConnectionDetails(simulator))
          .run(context -> assertThat(context.getBean(ClustersApi.class).list()).isEmpty());
    }
  }

  @Test
  void taskDecorator_bean_isNotUsed() {
    AtomicInteger decorated = new AtomicInteger();
    boot.withBean(TypeDBCloudSimulator.class, TypeDBCloudSimulator::start)
        .withBean(
            TaskDecorator.class,
            () ->
                task -> {
                  decorated.incrementAndGet();
                  return task;
                })
        .run(
            context -> {
              assertThat(context.getBean(ClustersApi.class).async().list().join()).isEmpty();
              assertThat(decorated).hasValue(0);
            });
  }

  @Test
  void clusters_twoOfTheUser_haveNoHealthIndicator() {
    configured
        .withBean("first", ClustersApi.class, () -> new ForwardingClustersApi() {})
        .withBean("second", ClustersApi.class, () -> new ForwardingClustersApi() {})
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
  }

  @Test
  void clients_twoOfTheUser_haveNoClusters() {
    configured
        .withBean("first", TypeDBCloudClient.class, TypeDBCloudAutoConfigurationTest::client)
        .withBean("second", TypeDBCloudClient.class, TypeDBCloudAutoConfigurationTest::client)
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ClustersApi.class));
  }

  @Test
  void clients_twoWithPrimary_haveClustersOfThePrimary() {
    configured
        .withBean("first", TypeDBCloudClient.class, TypeDBCloudAutoConfigurationTest::client)
        .withBean(
            "second",
            TypeDBCloudClient.class,
            TypeDBCloudAutoConfigurationTest::client,
            definition -> definition.setPrimary(true))
        .run(
            context -> {
              context.getBean("second", TypeDBCloudClient.class).close();
              assertThatThrownBy(context.getBean(ClustersApi.class)::list)
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("closed");
            });
  }

  @Test
  void clientOfTheUser_besideSimulator_keepsConfiguredScope() {
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start();
        TypeDBCloudClient client =
            TypeDBCloudClient.builder().credentials("id", "secret").build()) {
      boot.withBean(TypeDBCloudSimulator.class, () -> simulator)
          .withBean("own", TypeDBCloudClient.class, () -> client)
          .withPropertyValues("typedb.cloud.team=acme", "typedb.cloud.space=prod")
          .run(
              context ->
                  assertThat(context.getBean(ClustersApi.class).toString())
                      .contains("space acme/prod"));
      boot.withBean(TypeDBCloudSimulator.class, () -> simulator)
          .withBean("own", TypeDBCloudClient.class, () -> client)
          .run(
              context ->
                  assertThat(context.getBean(ClustersApi.class).toString())
                      .contains("space my-team/default"));
    }
  }

  @Test
  void simulators_two_doNotConnectToTheService() {
    configured
        .withBean("first", TypeDBCloudSimulator.class, TypeDBCloudSimulator::start)
        .withBean("second", TypeDBCloudSimulator.class, TypeDBCloudSimulator::start)
        .run(
            context -> assertThat(context).hasNotFailed().doesNotHaveBean(TypeDBCloudClient.class));
  }

  @Test
  void simulators_twoWithClientOfTheUser_haveNoScope() {
    boot.withBean(TypeDBCloudClient.class, TypeDBCloudAutoConfigurationTest::client)
        .withBean("first", TypeDBCloudSimulator.class, TypeDBCloudSimulator::start)
        .withBean("second", TypeDBCloudSimulator.class, TypeDBCloudSimulator::start)
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ClustersApi.class));
  }

  private static TypeDBCloudClient client() {
    return TypeDBCloudClient.builder().credentials("an-id", "a-long-secret").build();
  }

  @Test
  void customizer_isApplied() {
    configured
        .withBean(
            TypeDBCloudClientCustomizer.class, () -> client -> client.baseUrl("https://other.test"))
        .run(
            context ->
                assertThat(context.getBean(TypeDBCloudClient.class).baseUrl())
                    .isEqualTo("https://other.test"));
  }

  @Test
  void customizers_two_bothTakeEffectInOrder() {
    List<String> intercepted = new CopyOnWriteArrayList<>();
    boot.withBean(TypeDBCloudSimulator.class, TypeDBCloudSimulator::start)
        .withBean("last", TypeDBCloudClientCustomizer.class, () -> interceptor(2, intercepted))
        .withBean("first", TypeDBCloudClientCustomizer.class, () -> interceptor(1, intercepted))
        .run(
            context -> {
              context.getBean(ClustersApi.class).list();
              // The token exchange, and the list.
              assertThat(intercepted).containsExactly("1", "2", "1", "2");
            });
  }

  /** A customizer that adds an interceptor. */
  private static TypeDBCloudClientCustomizer interceptor(int order, List<String> intercepted) {
    final class Interceptor implements TypeDBCloudClientCustomizer, Ordered {
      @Override
      public void customize(TypeDBCloudClient.Builder builder) {
        builder.customizeHttpClient(
            http ->
                http.addInterceptor(
                    chain -> {
                      intercepted.add(String.valueOf(order));
                      return chain.proceed(chain.request());
                    }));
      }

      @Override
      public int getOrder() {
        return order;
      }
    }
    return new Interceptor();
  }

  @Test
  void clients_besideOneThatNeedsAQualifier_haveClustersAndHealth() {
    configured
        .withUserConfiguration(OtherAccount.class)
        .run(
            context -> {
              assertThat(context.getBeansOfType(TypeDBCloudClient.class))
                  .containsOnlyKeys("typeDBCloudClient", "otherAccount");
              assertThat(context.getBean(ClustersApi.class).toString()).contains("my-team/default");
              assertThat(context).hasSingleBean(HealthIndicator.class);
              assertThat(context.getBean("otherClusters").toString())
                  .contains("other-team/production");
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class OtherAccount {
    @Bean(defaultCandidate = false)
    TypeDBCloudClient otherAccount() {
      return client();
    }

    @Bean(defaultCandidate = false)
    ClustersApi otherClusters(@Qualifier("otherAccount") TypeDBCloudClient client) {
      return client.clusters(Scope.space("other-team", "production"));
    }
  }

  @Test
  void client_ofTheUser_hasNoMetrics() {
    MeterRegistry registry = new SimpleMeterRegistry();
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      configured
          .withBean(MeterRegistry.class, () -> registry)
          .withBean(
              TypeDBCloudClient.class,
              () ->
                  TypeDBCloudClient.builder()
                      .baseUrl(simulator.url())
                      .credentials(simulator.clientId(), simulator.clientSecret())
                      .build())
          .run(
              context -> {
                assertThat(context.getBean(HealthIndicator.class).health().getStatus())
                    .isEqualTo(Status.UP);
                assertThat(simulator.receivedCount(Operation.LIST)).isEqualTo(1);
                assertThat(registry.getMeters()).isEmpty();
              });
    }
  }

  @Test
  void health_service_isUpAndThenDown() {
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      boot.withBean(TypeDBCloudSimulator.class, () -> simulator)
          .run(
              context -> {
                HealthIndicator health = context.getBean(HealthIndicator.class);
                assertThat(health.health().getStatus()).isEqualTo(Status.UP);
                assertThat(health.health().getDetails()).containsEntry("clusters", 0);
                assertThat(simulator.receivedCount(Operation.LIST)).isEqualTo(1);
              });
    }
    configured
        .withPropertyValues("typedb.cloud.url=http://127.0.0.1:1")
        .run(
            context ->
                assertThat(context.getBean(HealthIndicator.class).health().getStatus())
                    .isEqualTo(Status.DOWN));
    configured
        .withPropertyValues("management.health.typedb-cloud.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
  }

  @Test
  void withoutMicrometer_application_starts() {
    configured
        .withClassLoader(
            new FilteredClassLoader("io.micrometer", "org.springframework.boot.health.contributor"))
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ClustersApi.class));
  }
}
