package bench;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.model.DeployClusterRequest;
import io.github.typedbcloud.model.Provider;
import io.github.typedbcloud.model.Scope;

/** The client of this project, with its defaults. */
final class Ours implements Contender {

  static final DeployClusterRequest REQUEST =
      DeployClusterRequest.builder()
          .id("api-cluster")
          .provider(Provider.GCP)
          .region("europe-west2")
          .machineType("c2d-highcpu-2")
          .version("3.0.6")
          .free(true)
          .build();

  private final TypeDBCloudClient cloud;
  private final ClustersApi clusters;

  Ours(String url) {
    cloud = TypeDBCloudClient.builder().baseUrl(url).credentials("id", "secret").build();
    clusters = cloud.clusters(Scope.space("my-team", "default"));
  }

  @Override
  public Object get() {
    return clusters.get("api-cluster");
  }

  @Override
  public Object deploy() {
    return clusters.deploy(REQUEST);
  }

  @Override
  public Object list() {
    return clusters.list();
  }

  @Override
  public void close() {
    cloud.close();
  }
}
