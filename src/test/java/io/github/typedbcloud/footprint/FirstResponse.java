package io.github.typedbcloud.footprint;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.Scope;

/** A short program: token, one cluster, end. */
final class FirstResponse {

  private FirstResponse() {}

  /** Wants the service's URL, and the client's ID and secret. */
  public static void main(String[] arguments) {
    try (TypeDBCloudClient cloud =
        TypeDBCloudClient.builder()
            .baseUrl(arguments[0])
            .credentials(arguments[1], arguments[2])
            .build()) {
      System.out.println(cloud.clusters(Scope.space("my-team", "default")).get("a"));
    }
  }
}
