package io.github.typedbcloud.internal.call;

import io.github.typedbcloud.internal.http.Decoder;
import io.github.typedbcloud.internal.json.ClusterStream;
import io.github.typedbcloud.internal.json.Json;
import io.github.typedbcloud.model.Cluster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the answers of the operations hold. */
public final class Decoders {

  /** A cluster. */
  public static final Decoder<Cluster> CLUSTER =
      body -> {
        Cluster cluster = ClusterStream.one(body);
        return cluster != null ? cluster : Cluster.fromMap(object(Json.read(body), "a cluster"));
      };

  /** An array of clusters; the list cannot be changed. */
  public static final Decoder<List<Cluster>> CLUSTERS =
      body -> {
        List<Cluster> clusters = ClusterStream.all(body);
        return clusters != null ? clusters : clusters(Json.read(body));
      };

  /** The object around the versions; the list cannot be changed. */
  public static final Decoder<List<String>> VERSIONS = body -> versions(Json.read(body));

  private static final byte[] SAMPLE =
      "{\"id\":\"a\",\"createdAt\":0,\"servers\":[{\"address\":\"a\"}]}"
          .getBytes(StandardCharsets.UTF_8);

  private Decoders() {}

  /**
   * Reads a cluster that nobody asked for, so that the JVM has loaded what it takes by the time
   * that the first one arrives. Quick, but for the first time.
   */
  public static void prepare() {
    @SuppressWarnings("unused")
    Cluster unused = ClusterStream.one(SAMPLE);
  }

  private static List<Cluster> clusters(@Nullable Object json) {
    if (!(json instanceof List<?> elements)) {
      throw new IllegalArgumentException("expected an array of clusters, found " + kind(json));
    }
    List<Cluster> clusters = new ArrayList<>(elements.size());
    for (Object element : elements) {
      try {
        clusters.add(Cluster.fromMap(object(element, "a cluster")));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("[" + clusters.size() + "]: " + e.getMessage(), e);
      }
    }
    return Collections.unmodifiableList(clusters);
  }

  private static List<String> versions(@Nullable Object json) {
    Object versions = object(json, "the versions").get("availableVersions");
    if (!(versions instanceof List<?> elements)) {
      throw new IllegalArgumentException(
          "availableVersions: expected an array, found " + kind(versions));
    }
    List<String> texts = new ArrayList<>(elements.size());
    for (Object element : elements) {
      if (!(element instanceof String text)) {
        throw new IllegalArgumentException(
            "availableVersions: expected texts, found " + kind(element));
      }
      texts.add(text);
    }
    return Collections.unmodifiableList(texts);
  }

  @SuppressWarnings("unchecked") // the names of a JSON object are texts
  private static Map<String, @Nullable Object> object(@Nullable Object json, String what) {
    if (!(json instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(
          "expected an object for " + what + ", found " + kind(json));
    }
    return (Map<String, @Nullable Object>) map;
  }

  private static String kind(@Nullable Object json) {
    return json == null
        ? "nothing"
        : json instanceof Map ? "an object" : json.getClass().getSimpleName();
  }
}
