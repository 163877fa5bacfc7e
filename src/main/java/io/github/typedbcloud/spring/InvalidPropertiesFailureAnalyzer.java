package io.github.typedbcloud.spring;

import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Describes invalid properties with their values, without secrets, and where these are set. */
final class InvalidPropertiesFailureAnalyzer
    extends AbstractFailureAnalyzer<InvalidPropertiesException> {

  /** The client ID too: the two may be interchanged. */
  private static final Set<String> SECRETS =
      Set.of(
          InvalidPropertiesException.property("client-id"),
          InvalidPropertiesException.property("client-secret"));

  private final Environment environment;

  /** Called by Spring Boot. */
  InvalidPropertiesFailureAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidPropertiesException cause) {
    String details =
        cause.properties().stream()
            .map(name -> "\n    " + name + describe(name))
            .collect(Collectors.joining());
    return new FailureAnalysis(cause.getMessage() + "\n" + details, cause.action(), cause);
  }

  private String describe(String name) {
    ConfigurationProperty property = find(ConfigurationPropertyName.of(name));
    return property == null
        ? " is not set"
        : describe(name, Binder.get(environment).bind(name, String.class).orElse(""))
            + (property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")");
  }

  private static String describe(String name, String value) {
    if (value.isBlank()) {
      return " is blank";
    }
    return SECRETS.contains(name) || hasCredentials(value) ? " is set" : "=" + value;
  }

  /** Whether it may be a URL with a password or a key. */
  private static boolean hasCredentials(String value) {
    return value.contains("@") || value.contains("?");
  }

  private @Nullable ConfigurationProperty find(ConfigurationPropertyName name) {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      ConfigurationProperty property = source.getConfigurationProperty(name);
      if (property != null) {
        return property;
      }
    }
    return null;
  }
}
