package io.github.typedbcloud.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Request bodies, written as strings, independent of the code of the simulator. */
final class Bodies {

  /** The reference's example of a deploy request, as it stands there. */
  static final String REFERENCE_EXAMPLE =
      "{\"id\":\"api-cluster\",\"serverCount\":1,\"storageSizeGB\":10,\"provider\":\"gcp\","
          + "\"region\":\"europe-west2\",\"isFree\":true,\"machineType\":\"c2d-highcpu-2\","
          + "\"storageType\":\"standard-rwo\",\"version\":\"3.0.6\"}";

  private Bodies() {}

  /** A paid cluster, so that one owner can have many. */
  static String paid(String id) {
    return deploy("id", quoted(id));
  }

  static String free(String id) {
    return deploy("id", quoted(id), "isFree", "true");
  }

  /** A paid one-server cluster on GCP, with some fields replaced by other JSON, or left out: "". */
  static String deploy(String... namesAndJson) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("id", "\"a\"");
    fields.put("serverCount", "1");
    fields.put("storageSizeGB", "10");
    fields.put("provider", "\"gcp\"");
    fields.put("region", "\"europe-west2\"");
    fields.put("isFree", "false");
    fields.put("machineType", "\"c2d-highcpu-2\"");
    fields.put("storageType", "\"standard-rwo\"");
    fields.put("version", "\"2.29.3\"");
    for (int i = 0; i < namesAndJson.length; i += 2) {
      fields.put(namesAndJson[i], namesAndJson[i + 1]);
    }
    return fields.entrySet().stream()
        .filter(field -> !field.getValue().isEmpty())
        .map(field -> quoted(field.getKey()) + ":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
