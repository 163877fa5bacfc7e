package io.github.typedbcloud.spring;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.time.TimeSource;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** The health indicator "typeDBCloud" for Spring Boot 3. */
@AutoConfiguration(after = TypeDBCloudAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("typedb-cloud")
@ConditionalOnSingleCandidate(ClustersApi.class)
final class Boot3HealthAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "typeDBCloudHealthIndicator")
  HealthIndicator typeDBCloudHealthIndicator(ClustersApi clusters) {
    HealthCheck check = new HealthCheck(clusters, TimeSource.system());
    return () -> {
      HealthCheck.Result result = check.result();
      return Health.status(result.status().name())
          .withDetail(result.detail(), result.value())
          .build();
    };
  }
}
