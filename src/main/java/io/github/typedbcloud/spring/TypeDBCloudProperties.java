package io.github.typedbcloud.spring;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Scope;
import io.github.typedbcloud.validation.Validation;
import java.nio.file.Path;
import java.time.Duration;
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

  Scope scope() {
    if (hasProject() && (team != null || space != null)) {
      throw new IllegalStateException(
          "Both a project and a space are configured; set "
              + PREFIX
              + ".team and .space, or .organization and .project.");
    }
    return hasProject()
        ? Scope.project(required("organization", organization), required("project", project))
        : Scope.space(required("team", team), required("space", space));
  }

  /** Applies the URL and the credentials. */
  void connect(TypeDBCloudClient.Builder client) {
    if (url != null) {
      client.baseUrl(url);
    }
    if (credentialsFile == null) {
      client.credentials(required("client-id", clientId), required("client-secret", clientSecret));
    } else if (clientId == null && clientSecret == null) {
      client.credentialsFile(credentialsFile);
    } else {
      throw new IllegalStateException(
          "Two kinds of credentials are configured; set "
              + PREFIX
              + ".credentials-file, or .client-id and .client-secret (or their environment"
              + " variables).");
    }
  }

  /** Applies the other options. */
  void configure(TypeDBCloudClient.Builder client) {
    if (requestTimeout != null) {
      client.requestTimeout(requestTimeout);
    }
    if (attemptTimeout != null) {
      client.attemptTimeout(attemptTimeout);
    }
    if (maxAttempts != null) {
      client.maxAttempts(maxAttempts);
    }
    if (verificationWindow != null) {
      client.verificationWindow(verificationWindow);
    }
    if (validation != null) {
      client.validation(validation);
    }
  }

  private static String required(String name, @Nullable String value) {
    if (value == null) {
      throw new IllegalStateException("The property " + PREFIX + "." + name + " is not set.");
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
