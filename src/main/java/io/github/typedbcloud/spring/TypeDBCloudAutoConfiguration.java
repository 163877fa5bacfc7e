package io.github.typedbcloud.spring;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.event.OperationListener;
import io.github.typedbcloud.micrometer.MicrometerListener;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Configures a {@link TypeDBCloudClient}, when credentials are configured, and the {@link
 * ClustersApi} of one project or space, when that is configured too. Spring closes the client with
 * the context. A bean of the same type replaces each of them.
 */
@AutoConfiguration
@EnableConfigurationProperties(TypeDBCloudProperties.class)
@SuppressWarnings("exports") // users of this package already have Spring Boot
public final class TypeDBCloudAutoConfiguration {

  /** The name of the client in metrics. */
  static final String CLIENT_NAME = "typedb-cloud";

  /** Called by Spring. */
  TypeDBCloudAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  @Conditional(OnConnection.class)
  TypeDBCloudClient typeDBCloudClient(
      TypeDBCloudProperties properties,
      ObjectProvider<TypeDBCloudConnectionDetails> connection,
      ObjectProvider<OperationListener> listeners,
      ObjectProvider<TypeDBCloudClientCustomizer> customizers) {
    TypeDBCloudClient.Builder client = TypeDBCloudClient.builder();
    properties.configure(client);
    TypeDBCloudConnectionDetails details = connection.getIfAvailable();
    if (details == null) {
      properties.connect(client);
    } else {
      client
          .baseUrl(details.url())
          .credentials(details.clientId(), details.clientSecret())
          .timeSource(details.timeSource());
    }
    listeners.orderedStream().forEach(client::listener);
    customizers.orderedStream().forEach(customizer -> customizer.customize(client));
    return details == null ? properties.build(client) : client.build();
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnSingleCandidate(TypeDBCloudClient.class)
  @Conditional(OnScope.class)
  ClustersApi typeDBCloudClusters(
      TypeDBCloudClient client,
      TypeDBCloudProperties properties,
      ObjectProvider<TypeDBCloudConnectionDetails> connection) {
    // A client of the user may be one of the service, beside a simulator.
    return connection.getIfAvailable() instanceof SimulatorConnectionDetails simulator
            && (simulator.isOf(client) || !properties.hasScope())
        ? client.clusters(simulator.scope(properties.hasProject()))
        : properties.clusters(client);
  }

  /** In tests: a simulator instead of the service. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnSingleCandidate(TypeDBCloudSimulator.class)
  static final class SimulatorConfiguration {

    @Bean
    @ConditionalOnMissingBean(TypeDBCloudConnectionDetails.class)
    SimulatorConnectionDetails typeDBCloudConnectionDetails(TypeDBCloudSimulator simulator) {
      return new SimulatorConnectionDetails(simulator);
    }
  }

  /** Metrics, where there is a registry when the client is created. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterRegistry.class)
  static final class MetricsConfiguration {

    @Bean
    TypeDBCloudClientCustomizer typeDBCloudMetrics(ObjectProvider<MeterRegistry> registry) {
      return client ->
          registry.ifUnique(unique -> client.listener(new MicrometerListener(unique, CLIENT_NAME)));
    }
  }
}
