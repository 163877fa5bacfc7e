package io.github.typedbcloud.spring;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.validation.Validation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties; those that are null, or blank strings, are not set. META-INF has their
 * descriptions.
 */
@ConfigurationProperties(TypeDBCloudProperties.PREFIX)
record TypeDBCloudProperties(
    @Nullable String url,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable Path credentialsFile,
    @Nullable String team,
    @Nullable String space,
    @Nullable String organization,
    @Nullable String project,
    @Nullable Duration requestTimeout,
    @Nullable Duration attemptTimeout,
    @Nullable Integer maxAttempts,
    @Nullable Duration verificationWindow,
    @Nullable Validation validation) {

  static final String PREFIX = "typedb.cloud";

  TypeDBCloudProperties {
    url = blankToNull(url);
    clientId = blankToNull(clientId);
    clientSecret = blankToNull(clientSecret);
    credentialsFile =
        credentialsFile == null || credentialsFile.toString().isBlank() ? null : credentialsFile;
    team = blankToNull(team);
    space = blankToNull(space);
    organization = blankToNull(organization);
    project = blankToNull(project);
  }

  private static @Nullable String blankToNull(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }

  /** Whether the scope is a project. */
  boolean hasProject() {
    return organization != null || project != null;
  }

  /** The clusters of the scope. */
  ClustersApi clusters(TypeDBCloudClient client) {
    if (hasProject() && (team != null || space != null)) {
      throw new InvalidPropertiesException(
          "Both a project and a space are configured; set typedb.cloud.team and .space, or"
              + " .organization and .project.",
          "Remove the properties of one of the two.",
          null,
          "team",
          "space",
          "organization",
          "project");
    }
    if (hasProject()) {
      Scope scope =
          Scope.project(
              required("organization", organization, "project"),
              required("project", project, "organization"));
      return naming(() -> client.clusters(scope), "organization", "project");
    }
    Scope scope = Scope.space(required("team", team, "space"), required("space", space, "team"));
    return naming(() -> client.clusters(scope), "team", "space");
  }

  /** Applies the URL and the credentials. */
  void connect(TypeDBCloudClient.Builder client) {
    apply("url", url, client::baseUrl);
    if (credentialsFile == null) {
      String id = required("client-id", clientId, "client-secret");
      String secret = required("client-secret", clientSecret, "client-id");
      TypeDBCloudClient.Builder unused =
          naming(() -> client.credentials(id, secret), "client-id", "client-secret");
    } else if (clientId == null && clientSecret == null) {
      apply("credentials-file", credentialsFile, client::credentialsFile);
    } else {
      throw new InvalidPropertiesException(
          "Two kinds of credentials are configured; set typedb.cloud.credentials-file, or"
              + " .client-id and .client-secret.",
          "Remove the properties, or environment variables, of one of the two.",
          null,
          "credentials-file",
          "client-id",
          "client-secret");
    }
  }

  /** Whether a part of a scope is configured. */
  boolean hasScope() {
    return Stream.of(team, space, organization, project).anyMatch(Objects::nonNull);
  }

  /** Builds the client, which checks that the URL is secure unless a customizer allows that. */
  TypeDBCloudClient build(TypeDBCloudClient.Builder client) {
    try {
      return client.build();
    } catch (IllegalArgumentException e) {
      if (url == null) {
        throw e;
      }
      String property = InvalidPropertiesException.property("url");
      throw new InvalidPropertiesException(
          property + ": " + e.getMessage(),
          "Change the value of "
              + property
              + ", or call allowInsecureHttp() in a TypeDBCloudClientCustomizer bean.",
          e,
          "url");
    }
  }

  /** Applies the other options. */
  void configure(TypeDBCloudClient.Builder client) {
    apply("request-timeout", requestTimeout, client::requestTimeout);
    apply("attempt-timeout", attemptTimeout, client::attemptTimeout);
    apply("max-attempts", maxAttempts, client::maxAttempts);
    apply("verification-window", verificationWindow, client::verificationWindow);
    apply("validation", validation, client::validation);
  }

  private static <T> void apply(
      String name, @Nullable T value, Function<T, TypeDBCloudClient.Builder> option) {
    if (value != null) {
      TypeDBCloudClient.Builder unused = naming(() -> option.apply(value), name);
    }
  }

  /** What rejects the values of the properties names these. */
  private static <T> T naming(Supplier<T> use, String... names) {
    try {
      return use.get();
    } catch (RuntimeException e) {
      throw InvalidPropertiesException.rejected(e, names);
    }
  }

  /** The value of one of two properties that are set together. */
  private static String required(String name, @Nullable String value, String other) {
    if (value == null) {
      String property = InvalidPropertiesException.property(name);
      throw new InvalidPropertiesException(
          "The property " + property + " is not set.",
          "Set "
              + property
              + ", or the environment variable "
              + property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT)
              + ".",
          null,
          other,
          name);
    }
    return value;
  }

  /** Omits the client secret. */
  @Override
  public String toString() {
    return "TypeDBCloudProperties["
        + (url == null ? TypeDBCloudClient.DEFAULT_BASE_URL : url)
        + "]";
  }
}
