package io.github.typedbcloud.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes clusters as in the API, with the fields in its order. */
final class ClusterJson {

  private ClusterJson() {}

  static ObjectNode write(SimulatedCluster cluster) {
    ClusterSettings settings = cluster.settings();
    ObjectNode json =
        SimulatorJson.object()
            .put("id", settings.id())
            .put("serverCount", settings.serverCount())
            .put("storageSizeGB", settings.storageSizeGB())
            .put("isFree", settings.isFree())
            .put("status", cluster.status().text())
            .put("createdAt", cluster.createdAt().toEpochMilli());
    ScopeFields.write(cluster.scope(), json);
    json.put("version", settings.version())
        .put("provider", settings.provider())
        .put("region", settings.region())
        .put("machineType", settings.machineType())
        .put("storageType", settings.storageType());
    ArrayNode servers = json.putArray("servers");
    for (String address : cluster.serverAddresses()) {
      servers.addObject().put("address", address).put("status", cluster.serverStatus());
    }
    return json;
  }

  static ArrayNode write(List<SimulatedCluster> clusters) {
    ArrayNode json = SimulatorJson.array();
    clusters.forEach(cluster -> json.add(write(cluster)));
    return json;
  }
}
