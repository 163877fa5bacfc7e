package io.github.typedbcloud.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/** Matches when there is a project or space. */
final class OnScope extends OnPropertyOrBean {

  @Override
  @Nullable MissingBean missing(Environment environment, @Nullable ListableBeanFactory beans) {
    return isSet(environment, "team")
            || isSet(environment, "space")
            || isSet(environment, "organization")
            || isSet(environment, "project")
            || hasBean(beans, SimulatorConnectionDetails.class)
        ? null
        : new MissingBean(
            "no scope is configured",
            "Set typedb.cloud.team and typedb.cloud.space, or typedb.cloud.organization and"
                + " typedb.cloud.project");
  }
}
