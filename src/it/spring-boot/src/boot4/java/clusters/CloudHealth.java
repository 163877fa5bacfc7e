package clusters;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.RequestOptions;
import io.github.typedbcloud.error.TypeDBCloudException;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Reports whether TypeDB Cloud responds to one request within two seconds. */
@Component("typeDBCloud")
class CloudHealth implements HealthIndicator {

  private final ClustersApi clusters;

  CloudHealth(ClustersApi clusters) {
    this.clusters =
        clusters.with(
            RequestOptions.builder().deadline(Duration.ofSeconds(2)).maxAttempts(1).build());
  }

  @Override
  public Health health() {
    try {
      return Health.up().withDetail("clusters", clusters.list().size()).build();
    } catch (TypeDBCloudException e) {
      return Health.down().withDetail("reason", e.getMessage()).build();
    }
  }
}
