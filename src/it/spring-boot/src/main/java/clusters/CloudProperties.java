package clusters;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The properties with the prefix {@code typedb.cloud}. */
@ConfigurationProperties("typedb.cloud")
public record CloudProperties(
    String url,
    String clientId,
    String clientSecret,
    String team,
    String space,
    @DefaultValue("10s") Duration requestTimeout) {

  /** Omits the client secret. */
  @Override
  public String toString() {
    return "CloudProperties[" + url + ", " + team + "/" + space + "]";
  }
}
