package io.github.typedbcloud.spring;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when a property is set or a bean exists. When a bean of ours is missing for that reason,
 * Spring Boot reports the message.
 */
abstract class OnPropertyOrBean extends SpringBootCondition implements ConfigurationCondition {

  @Override
  public ConfigurationPhase getConfigurationPhase() {
    return ConfigurationPhase.REGISTER_BEAN;
  }

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    return matches(context)
        ? ConditionOutcome.match()
        : ConditionOutcome.noMatch("TypeDB Cloud: " + missing());
  }

  abstract boolean matches(ConditionContext context);

  /** What to do, in the report of Spring Boot. */
  abstract String missing();

  static boolean isSet(ConditionContext context, String name) {
    return Binder.get(context.getEnvironment())
        .bind(TypeDBCloudProperties.PREFIX + "." + name, String.class)
        .map(value -> !value.isBlank())
        .orElse(false);
  }

  static boolean hasBean(ConditionContext context, Class<?> type) {
    ConfigurableListableBeanFactory beans = context.getBeanFactory();
    return beans != null && beans.getBeanNamesForType(type, true, false).length > 0;
  }
}
