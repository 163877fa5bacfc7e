package io.github.typedbcloud.spring;

import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import org.springframework.context.annotation.ConditionContext;

/**
 * Matches when there are credentials. Those of the properties do not count beside simulators of
 * which none is primary: a test would connect to the service.
 */
final class OnConnection extends OnPropertyOrBean {

  @Override
  boolean matches(ConditionContext context) {
    return hasBean(context, TypeDBCloudConnectionDetails.class)
        || (!hasBean(context, TypeDBCloudSimulator.class)
            && (isSet(context, "client-id")
                || isSet(context, "client-secret")
                || isSet(context, "credentials-file")));
  }

  @Override
  String missing() {
    return "no credentials are configured: set typedb.cloud.client-id and"
        + " typedb.cloud.client-secret (TYPEDB_CLOUD_CLIENT_ID and TYPEDB_CLOUD_CLIENT_SECRET), or"
        + " typedb.cloud.credentials-file; or there are several simulators, none of which is primary";
  }
}
