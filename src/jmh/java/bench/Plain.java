package bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The plain program: OkHttp, and databind with records or no decoding. */
final class Plain implements Contender {

  record Server(String address, String status) {}

  record Cluster(
      String id,
      int serverCount,
      int storageSizeGB,
      boolean isFree,
      String status,
      long createdAt,
      String teamID,
      String spaceID,
      String version,
      String provider,
      String region,
      String machineType,
      String storageType,
      List<Server> servers) {}

  record Deploy(
      String id,
      int serverCount,
      int storageSizeGB,
      String provider,
      String region,
      boolean isFree,
      String machineType,
      String storageType,
      String version) {}

  private static final MediaType JSON = MediaType.get("application/json");

  private static final Deploy REQUEST =
      new Deploy(
          "api-cluster",
          1,
          10,
          "gcp",
          "europe-west2",
          true,
          "c2d-highcpu-2",
          "standard-rwo",
          "3.0.6");

  private final OkHttpClient http =
      new OkHttpClient.Builder()
          .connectionPool(new ConnectionPool(32, 5, TimeUnit.MINUTES))
          .build();
  private final ObjectMapper mapper;
  private final String clusters;
  private final String token;

  Plain(String url, boolean decodes) {
    mapper =
        decodes
            ? JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build()
            : null;
    clusters = url + "/api/v1/team/my-team/spaces/default/clusters";
    Request exchange =
        new Request.Builder()
            .url(url + "/api/v1/auth")
            .header("Authorization", "Basic id:secret")
            .post(RequestBody.create(new byte[0]))
            .build();
    try (Response response = http.newCall(exchange).execute()) {
      token = "Bearer " + response.body().string();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Object get() throws IOException {
    return call(request("/api-cluster").build(), Cluster.class);
  }

  @Override
  public Object deploy() throws IOException {
    byte[] body =
        mapper == null
            ? "{\"id\":\"api-cluster\",\"serverCount\":1,\"storageSizeGB\":10,\"provider\":\"gcp\",\"region\":\"europe-west2\",\"isFree\":true,\"machineType\":\"c2d-highcpu-2\",\"storageType\":\"standard-rwo\",\"version\":\"3.0.6\"}"
                .getBytes()
            : mapper.writeValueAsBytes(REQUEST);
    return call(request("/deploy").post(RequestBody.create(body, JSON)).build(), Cluster.class);
  }

  @Override
  public Object list() throws IOException {
    return call(request("").build(), Cluster[].class);
  }

  @Override
  public void close() {
    http.connectionPool().evictAll();
  }

  private Request.Builder request(String path) {
    return new Request.Builder().url(clusters + path).header("Authorization", token);
  }

  private <T> Object call(Request request, Class<T> type) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw new IOException("status " + response.code());
      }
      return mapper == null
          ? response.body().bytes()
          : mapper.readValue(response.body().byteStream(), type);
    }
  }
}
