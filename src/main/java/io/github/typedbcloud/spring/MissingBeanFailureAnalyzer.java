package io.github.typedbcloud.spring;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Describes why there is no client, or no clusters. Spring Boot's report of the conditions is gone
 * when the start has failed, so they are evaluated again. Ordered before Spring Boot's analyzer of
 * the same exception.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingBeanFailureAnalyzer
    extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

  private final BeanFactory beans;
  private final Environment environment;

  /** Called by Spring Boot. */
  MissingBeanFailureAnalyzer(BeanFactory beans, Environment environment) {
    this.beans = beans;
    this.environment = environment;
  }

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable rootFailure, NoSuchBeanDefinitionException cause, @Nullable String description) {
    ResolvableType required = cause.getResolvableType();
    Class<?> type = required == null ? null : required.resolve();
    if ((type != ClustersApi.class && type != TypeDBCloudClient.class)
        || cause instanceof NoUniqueBeanDefinitionException
        || !(beans instanceof ConfigurableListableBeanFactory all)
        || all.getBeanNamesForType(TypeDBCloudAutoConfiguration.class).length == 0) {
      return null;
    }
    MissingBean missing = missing(all, type);
    return missing == null
        ? null
        : new FailureAnalysis(
            (description == null ? "The application" : description)
                + " requires a "
                + type.getSimpleName()
                + " bean. There is none, because "
                + missing.reason()
                + ".",
            missing.action() + ".",
            cause);
  }

  private @Nullable MissingBean missing(ConfigurableListableBeanFactory all, Class<?> type) {
    List<String> clients = candidates(all);
    if (clients.isEmpty()) {
      return new OnConnection().missing(environment, all);
    }
    if (type == TypeDBCloudClient.class) {
      return null;
    }
    if (clients.size() > 1
        && clients.stream().noneMatch(name -> definition(all, name).isPrimary())) {
      return new MissingBean(
          "none of the TypeDBCloudClient beans " + String.join(", ", clients) + " is primary",
          "Annotate one of them with @Primary, or the others with @Bean(defaultCandidate = false)");
    }
    return new OnScope().missing(environment, all);
  }

  /** The clients that are injected where no qualifier is given. */
  private static List<String> candidates(ConfigurableListableBeanFactory all) {
    return Stream.of(all.getBeanNamesForType(TypeDBCloudClient.class, true, false))
        .filter(all::containsBeanDefinition)
        .filter(
            name ->
                definition(all, name).isAutowireCandidate()
                    && (!(definition(all, name) instanceof AbstractBeanDefinition each)
                        || each.isDefaultCandidate()))
        .toList();
  }

  private static BeanDefinition definition(ConfigurableListableBeanFactory all, String name) {
    return all.getMergedBeanDefinition(name);
  }
}
