package io.github.typedbcloud.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the operation of a request, by the rows of {@link Operation} and {@link ApiVersion}. */
final class Routes {

  /** An operation in one version of the API; segments in braces match any non-empty one. */
  private record Route(Operation operation, ApiVersion version, List<String> pattern) {}

  private static final List<Route> TABLE = table();

  private Routes() {}

  /**
   * Finds the call of a request; null when there is no such operation.
   *
   * @param path the percent-encoded path
   */
  static @Nullable Call find(String method, String path) {
    List<String> segments = segments(path);
    for (Route route : TABLE) {
      Call call =
          route.operation().method().equals(method.equals("HEAD") ? "GET" : method)
              ? match(route, segments)
              : null;
      if (call != null) {
        return call;
      }
    }
    return null;
  }

  /** The error when there is no call: 404 for an unknown path, 405 for an unknown method. */
  static ApiError notFound(String method, String path) {
    List<String> segments = segments(path);
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : TABLE) {
      if (match(route, segments) != null) {
        allowed.add(route.operation().method());
        if (route.operation().method().equals("GET")) {
          allowed.add("HEAD");
        }
      }
    }
    return allowed.isEmpty()
        ? ApiError.pathNotFound(path)
        : ApiError.methodNotAllowed(method, path, String.join(", ", allowed));
  }

  private static @Nullable Call match(Route route, List<String> segments) {
    if (segments.size() != route.pattern().size()) {
      return null;
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String expected = route.pattern().get(i);
      String actual = segments.get(i);
      if (expected.startsWith("{") && !actual.isEmpty()) {
        parameters.put(expected, actual);
      } else if (!expected.equals(actual)) {
        return null;
      }
    }
    CloudScope scope =
        new CloudScope(
            route.version().scopeKind(),
            parameters.getOrDefault("{owner}", ""),
            parameters.getOrDefault("{name}", ""));
    return new Call(
        route.operation(), route.version(), scope, parameters.getOrDefault("{cluster}", ""));
  }

  /** Splits before decoding, so that an encoded slash stays in its segment. */
  private static List<String> segments(String path) {
    return Arrays.stream(path.substring(path.startsWith("/") ? 1 : 0).split("/", -1))
        .map(Routes::decode)
        .toList();
  }

  /** Decodes a segment of a path. */
  static String decode(String segment) {
    // The decoder is for forms, where a plus sign is a space.
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static List<Route> table() {
    List<Route> table = new ArrayList<>();
    for (ApiVersion version : ApiVersion.values()) {
      for (Operation operation : Operation.values()) {
        if (operation.isOfferedBy(version)) {
          String path = operation.path(version).substring(1);
          table.add(new Route(operation, version, List.of(path.split("/"))));
        }
      }
    }
    return List.copyOf(table);
  }
}
