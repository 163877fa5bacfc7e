package io.github.typedbcloud.spring;

import io.github.typedbcloud.time.TimeSource;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where TypeDB Cloud is and how to authenticate. A bean of this type replaces the properties {@code
 * url}, {@code client-id}, {@code client-secret} and {@code credentials-file}. A {@link
 * io.github.typedbcloud.simulator.TypeDBCloudSimulator} bean supplies one by itself.
 */
@SuppressWarnings("exports") // users of this package already have Spring Boot
public interface TypeDBCloudConnectionDetails extends ConnectionDetails {

  /** The base URL. */
  String url();

  /** The client ID of the API token. */
  String clientId();

  /** The client secret of the API token. */
  String clientSecret();

  /** The clock of the client; the system clock by default. */
  default TimeSource timeSource() {
    return TimeSource.system();
  }
}
