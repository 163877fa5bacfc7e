package io.github.typedbcloud.simulator;

import java.util.List;
import java.util.Map;

/**
 * Valid requests of the admin API, written as strings, independent of the code of the simulator.
 */
final class AdminBodies {

  /** A request with a body. */
  record Example(String method, String path, String body) {}

  static final String SPACE_FIELDS = "\"teamID\":\"my-team\",\"spaceID\":\"default\"";
  static final String PROJECT_FIELDS = "\"organization\":\"my-org\",\"project\":\"default\"";

  static final String TOKEN =
      "{\"clientId\":\"ci\",\"clientSecret\":\"s3cret\",\"level\":\"write\","
          + SPACE_FIELDS
          + ",\"accessTokenLifetime\":\"5m\"}";

  static final String CLUSTER =
      "{\"id\":\"seeded\",\"serverCount\":3,\"storageSizeGB\":20,\"isFree\":true,"
          + "\"status\":\"upgrading\",\"createdAt\":1738256490070,"
          + PROJECT_FIELDS
          + ",\"version\":\"2.29.3\",\"provider\":\"aws\",\"region\":\"us-east-1\","
          + "\"machineType\":\"c8g.large\",\"storageType\":\"gp2\",\"servers\":[]}";

  static final String SETTINGS =
      "{\"transitionTimes\":{\"starting\":\"3m\",\"suspending\":\"4m\",\"resuming\":\"5m\","
          + "\"destroying\":\"6m\"},\"accessTokenLifetime\":\"2h\",\"paymentMethod\":false,"
          + "\"freeClusterLimit\":2,"
          + "\"assumptions\":{\"contentType\":\"lenient\",\"paidBackup\":\"strict\"}}";

  static final String MACHINES =
      "[{\"provider\":\"azure\",\"machineType\":\"d2\",\"free\":true,\"regions\":[\"north\"]}]";

  static final String TIME = "{\"mode\":\"manual\",\"now\":\"2026-01-01T00:00:00Z\"}";

  static final String SEED =
      "{\"spaces\":[{"
          + SPACE_FIELDS
          + "},{\"teamID\":\"my-team\",\"spaceID\":\"other\"}],\"projects\":[{"
          + PROJECT_FIELDS
          + "}],\"teams\":[{\"teamID\":\"second\",\"spaces\":[\"s1\",\"s2\"]}],"
          + "\"organizations\":[{\"organization\":\"second\",\"projects\":[\"p1\"]}],"
          + "\"tokens\":["
          + TOKEN
          + ",{\"clientId\":\"all\",\"clientSecret\":\"s3cret2\",\"level\":\"read\"}],"
          + "\"clusters\":[{\"id\":\"plain\"},"
          + CLUSTER
          + "],\"versions\":[\"3.0.6\",\"3.5.1\",\"3.6.0\"],\"catalog\":"
          + MACHINES
          + ",\"settings\":"
          + SETTINGS
          + ",\"time\":"
          + TIME
          + "}";

  private static final String OTHER_CLIENT =
      "{\"operation\":\"deploy\","
          + SPACE_FIELDS
          + ",\"body\":"
          + Bodies.paid("b")
          + "},{\"operation\":\"destroy\",\"cluster\":\"a\","
          + PROJECT_FIELDS
          + "}";

  /** A valid fault of each type. */
  static final Map<String, String> FAULTS =
      Map.ofEntries(
          fault("loseRequest", ""),
          fault("loseResponse", ""),
          fault("resetConnection", ",\"afterProcessing\":true"),
          fault("garbage", ""),
          fault("expireToken", ""),
          fault("revokeToken", ""),
          fault("withoutDate", ""),
          fault("gatewayNotFound", ""),
          fault("delayRequest", ",\"duration\":\"1ms\""),
          fault("delayResponse", ",\"duration\":\"PT0.001S\""),
          fault("truncateBody", ",\"bytes\":10"),
          fault("throttle", ",\"bytesPerStep\":100,\"pause\":\"1ms\""),
          fault("clusterStatus", ",\"status\":\"hibernating\""),
          fault("extraField", ",\"name\":\"extra\",\"value\":{\"deep\":[1,null]}"),
          fault("applyLate", ",\"delay\":\"30s\""),
          fault("staleReads", ",\"lag\":\"30s\""),
          fault("dateOffset", ",\"offset\":\"-60s\""),
          fault(
              "respond",
              ",\"status\":503,\"headers\":{\"Retry-After\":\"7\"},"
                  + "\"contentType\":\"text/html\",\"body\":\"<p>down</p>\",\"afterProcessing\":true"),
          fault("before", ",\"requests\":[" + OTHER_CLIENT + "]"),
          fault("after", ",\"requests\":[" + OTHER_CLIENT + "]"));

  static final String FAULT_RULE =
      "{\"on\":[\"deploy\",\"clone\"],\"cluster\":\"a\",\"newId\":\"b\",\"apiVersion\":\"spaces\","
          + SPACE_FIELDS
          + ",\"header\":{\"name\":\"X-Test\",\"value\":\"1\"},\"times\":2,\"faults\":["
          + "{\"type\":\"delayRequest\",\"duration\":\"1ms\"},{\"type\":\"respond\",\"status\":503}]}";

  private AdminBodies() {}

  private static Map.Entry<String, String> fault(String type, String parameters) {
    return Map.entry(type, "{\"type\":\"" + type + "\"" + parameters + "}");
  }

  /** A rule for all requests, with one fault of this type. */
  static String always(String type) {
    return "{\"always\":true,\"faults\":[" + FAULTS.get(type) + "]}";
  }

  /** Every method and path that takes a body, with all fields that it has. */
  static List<Example> all() {
    return List.of(
        new Example("POST", "reset", "{\"parts\":[\"state\",\"faults\",\"requests\",\"clock\"]}"),
        new Example("POST", "seed", SEED),
        new Example("POST", "clusters", CLUSTER),
        new Example("PATCH", "clusters/a", "{\"status\":\"failed\"," + SPACE_FIELDS + "}"),
        new Example("POST", "tokens", TOKEN),
        new Example("POST", "tokens/expire", "{\"clientId\":\"simulator-admin\"}"),
        new Example("POST", "faults", FAULT_RULE),
        new Example("POST", "faults", "{\"cluster\":\"a\",\"stuckIn\":[\"starting\"]}"),
        new Example("POST", "faults", "{\"cluster\":\"a\",\"failsAfter\":[\"starting\"]}"),
        new Example(
            "POST",
            "faults",
            "{\"randomly\":{\"probability\":0.1,\"seed\":42},\"faults\":["
                + String.join(",", FAULTS.get("respond"), FAULTS.get("before"))
                + "]}"),
        new Example("PATCH", "time", TIME),
        new Example("POST", "time/advance", "{\"by\":\"5m\"}"),
        new Example("PUT", "versions", "{\"availableVersions\":[\"3.0.6\",\"3.6.0-rc1\"]}"),
        new Example("PUT", "catalog", "{\"machines\":" + MACHINES + "}"),
        new Example("PATCH", "settings", SETTINGS));
  }
}
