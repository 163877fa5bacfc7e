package consumer;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.model.Cluster;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Returns clusters as JSON. */
@Path("/clusters")
public class ClustersResource {

  @Inject ClustersApi clusters;

  @GET
  @Path("{id}")
  public Cluster get(String id) {
    return clusters.get(id);
  }
}
