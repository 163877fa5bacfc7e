package io.github.typedbcloud.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The API's table of methods and paths. */
final class Routes {

  private static final List<Route> TABLE = table();

  private Routes() {}

  /**
   * Finds what a request asks for; null when it asks for nothing that there is.
   *
   * @param rawPath the path as it was sent, percent-encoding and all
   */
  static @Nullable Call find(String method, String rawPath) {
    List<String> segments = segments(rawPath);
    for (Route route : TABLE) {
      Call call = route.method().equals(method) ? route.match(segments) : null;
      if (call != null) {
        return call;
      }
    }
    return null;
  }

  /** Why nothing was found: 404 when there is no such path, 405 when it has no such method. */
  static ApiError refusal(String method, String rawPath) {
    List<String> segments = segments(rawPath);
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : TABLE) {
      if (route.match(segments) != null) {
        allowed.add(route.method());
      }
    }
    return allowed.isEmpty()
        ? ApiError.pathNotFound(rawPath)
        : ApiError.methodNotAllowed(method, rawPath, String.join(", ", allowed));
  }

  /** Splits before decoding, so that an encoded slash stays inside its segment. */
  private static List<String> segments(String rawPath) {
    return Arrays.stream(rawPath.substring(rawPath.startsWith("/") ? 1 : 0).split("/", -1))
        // The decoder is made for forms, where a plus sign means a space.
        .map(raw -> URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }

  private static List<Route> table() {
    List<Route> table = new ArrayList<>();
    for (ApiVersion generation : ApiVersion.values()) {
      table.add(new Route("POST", generation, Operation.EXCHANGE_TOKEN, generation.authPath()));
      add(table, generation, "GET", Operation.LIST);
      add(table, generation, "POST", Operation.DEPLOY, "deploy");
      add(table, generation, "GET", Operation.GET, Route.CLUSTER);
      add(table, generation, "DELETE", Operation.DESTROY, Route.CLUSTER);
      add(table, generation, "POST", Operation.SUSPEND, Route.CLUSTER, "suspend");
      add(table, generation, "POST", Operation.RESUME, Route.CLUSTER, "resume");
    }
    add(table, ApiVersion.SPACES, "PATCH", Operation.UPDATE, Route.CLUSTER);
    add(table, ApiVersion.SPACES, "POST", Operation.CLONE, Route.CLUSTER, "clone");
    table.add(
        new Route(
            "GET",
            ApiVersion.SPACES,
            Operation.LIST_VERSIONS,
            List.of("api", "v1", "cluster-versions")));
    return List.copyOf(table);
  }

  private static void add(
      List<Route> table,
      ApiVersion generation,
      String method,
      Operation operation,
      String... afterClusters) {
    List<String> pattern = new ArrayList<>(generation.scopePrefix());
    pattern.add("clusters");
    pattern.addAll(List.of(afterClusters));
    table.add(new Route(method, generation, operation, List.copyOf(pattern)));
  }
}
