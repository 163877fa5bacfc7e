package io.github.typedbcloud.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of the API's table of methods and paths.
 *
 * @param pattern the segments of the path; those in braces stand for any non-empty text
 */
record Route(String method, ApiVersion generation, Operation operation, List<String> pattern) {

  static final String OWNER = "{owner}";
  static final String NAME = "{name}";
  static final String CLUSTER = "{cluster}";

  /** The call that these segments make by this route, or null when they are another path. */
  @Nullable Call match(List<String> segments) {
    if (segments.size() != pattern.size()) {
      return null;
    }
    Map<String, String> read = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String expected = pattern.get(i);
      String actual = segments.get(i);
      if (expected.startsWith("{") && !actual.isEmpty()) {
        read.put(expected, actual);
      } else if (!expected.equals(actual)) {
        return null;
      }
    }
    return new Call(
        operation,
        new CloudScope(generation, read.getOrDefault(OWNER, ""), read.getOrDefault(NAME, "")),
        read.getOrDefault(CLUSTER, ""));
  }
}
