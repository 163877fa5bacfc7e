package io.github.typedbcloud.spring;

import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Matches when there are credentials. Those of the properties do not count beside simulators of
 * which none is primary: a test would connect to the service.
 */
final class OnConnection extends OnPropertyOrBean {

  @Override
  @Nullable MissingBean missing(Environment environment, @Nullable ListableBeanFactory beans) {
    if (hasBean(beans, TypeDBCloudConnectionDetails.class)) {
      return null;
    }
    if (hasBean(beans, TypeDBCloudSimulator.class)) {
      return new MissingBean(
          "there are several TypeDBCloudSimulator beans, none of which is primary",
          "Annotate one of them with @Primary");
    }
    return isSet(environment, "client-id")
            || isSet(environment, "client-secret")
            || isSet(environment, "credentials-file")
        ? null
        : new MissingBean(
            "no credentials are configured",
            "Set typedb.cloud.client-id and typedb.cloud.client-secret (in the environment"
                + " TYPEDB_CLOUD_CLIENT_ID and TYPEDB_CLOUD_CLIENT_SECRET), or"
                + " typedb.cloud.credentials-file. In a test, define a TypeDBCloudSimulator bean");
  }
}
