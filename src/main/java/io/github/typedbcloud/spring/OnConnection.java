package io.github.typedbcloud.spring;

import org.springframework.context.annotation.ConditionContext;

/** Matches when there are credentials. */
final class OnConnection extends OnPropertyOrBean {

  @Override
  boolean matches(ConditionContext context) {
    return isSet(context, "client-id")
        || isSet(context, "client-secret")
        || isSet(context, "credentials-file")
        || hasBean(context, TypeDBCloudConnectionDetails.class);
  }

  @Override
  String missing() {
    return "no credentials are configured: set typedb.cloud.client-id and"
        + " typedb.cloud.client-secret (TYPEDB_CLOUD_CLIENT_ID and TYPEDB_CLOUD_CLIENT_SECRET), or"
        + " typedb.cloud.credentials-file";
  }
}
