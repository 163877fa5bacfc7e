package io.github.typedbcloud.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when a property is set or a bean exists. When a bean of ours is missing for that reason,
 * Spring Boot's conditions report and {@link MissingBeanFailureAnalyzer} say so.
 */
abstract class OnPropertyOrBean extends SpringBootCondition implements ConfigurationCondition {

  @Override
  public ConfigurationPhase getConfigurationPhase() {
    return ConfigurationPhase.REGISTER_BEAN;
  }

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    MissingBean missing = missing(context.getEnvironment(), context.getBeanFactory());
    return missing == null
        ? ConditionOutcome.match()
        : ConditionOutcome.noMatch("TypeDB Cloud: " + missing.reason() + ": " + missing.action());
  }

  /** Null when the condition matches. */
  abstract @Nullable MissingBean missing(
      Environment environment, @Nullable ListableBeanFactory beans);

  static boolean isSet(Environment environment, String name) {
    return Binder.get(environment)
        .bind(InvalidPropertiesException.property(name), String.class)
        .map(value -> !value.isBlank())
        .orElse(false);
  }

  static boolean hasBean(@Nullable ListableBeanFactory beans, Class<?> type) {
    return beans != null && beans.getBeanNamesForType(type, true, false).length > 0;
  }
}
