package consumer;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.model.Cluster;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.SerdeImport;
import java.util.Map;

/** Returns clusters as JSON. */
@Controller("/clusters")
@ExecuteOn(TaskExecutors.BLOCKING)
@SerdeImport(Cluster.class)
class ClustersController {

  private final ClustersApi clusters;

  ClustersController(ClustersApi clusters) {
    this.clusters = clusters;
  }

  @Get("/{id}")
  Cluster get(String id) {
    return clusters.get(id);
  }

  @Get("/{id}/map")
  Map<String, Object> map(String id) {
    return clusters.get(id).toMap();
  }
}
