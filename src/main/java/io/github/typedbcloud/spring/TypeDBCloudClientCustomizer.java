package io.github.typedbcloud.spring;

import io.github.typedbcloud.TypeDBCloudClient;

/**
 * Customizes the client of the auto-configuration before it is built. All beans of this type are
 * called in their order, after the properties were applied.
 */
@FunctionalInterface
public interface TypeDBCloudClientCustomizer {

  /**
   * Customizes the client.
   *
   * @param builder with the properties, the connection details and the listeners
   */
  void customize(TypeDBCloudClient.Builder builder);
}
