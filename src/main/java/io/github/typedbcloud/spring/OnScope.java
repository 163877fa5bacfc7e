package io.github.typedbcloud.spring;

import org.springframework.context.annotation.ConditionContext;

/** Matches when there is a project or space. */
final class OnScope extends OnPropertyOrBean {

  @Override
  boolean matches(ConditionContext context) {
    return isSet(context, "team")
        || isSet(context, "space")
        || isSet(context, "organization")
        || isSet(context, "project")
        || hasBean(context, SimulatorConnectionDetails.class);
  }

  @Override
  String missing() {
    return "no scope is configured: set typedb.cloud.team and typedb.cloud.space, or"
        + " typedb.cloud.organization and typedb.cloud.project";
  }
}
