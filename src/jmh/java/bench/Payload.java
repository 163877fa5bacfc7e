package bench;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The response bodies of the server. */
final class Payload {

  static final byte[] CLUSTER = cluster("api-cluster").getBytes(StandardCharsets.UTF_8);

  private Payload() {}

  static byte[] list(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> cluster("cluster-" + i))
        .collect(Collectors.joining(",", "[", "]"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String cluster(String id) {
    return "{\"id\":\""
        + id
        + "\",\"serverCount\":1,\"storageSizeGB\":10,\"isFree\":true,\"status\":\"running\",\"createdAt\":1738256490070,"
        + "\"teamID\":\"my-team\",\"spaceID\":\"default\",\"version\":\"3.0.6\",\"provider\":\"gcp\",\"region\":\"europe-west2\","
        + "\"machineType\":\"c2d-highcpu-2\",\"storageType\":\"standard-rwo\","
        + "\"servers\":[{\"address\":\""
        + id
        + "-0.cluster.typedb.com:80\",\"status\":\"running\"}]}";
  }
}
