package io.github.typedbcloud.support;

import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.Scope;

/** Requests and scopes that many tests start from. */
public final class Fixtures {

  public static final Scope.Project PROJECT = Scope.project("new-org", "default");

  public static final Scope.Space SPACE = Scope.space("new-team", "default");

  private Fixtures() {}

  /** The deployment of the reference's example: free, on Google Cloud. */
  public static DeployClusterRequest.Builder freeCluster(String id) {
    return DeployClusterRequest.builder()
        .id(id)
        .provider(Provider.GCP)
        .region("europe-west2")
        .machineType("c2d-highcpu-2")
        .version("3.0.6")
        .free(true);
  }

  /** A cluster that is paid for, of which an organization may have many. */
  public static DeployClusterRequest.Builder paidCluster(String id) {
    return freeCluster(id).free(false);
  }
}
