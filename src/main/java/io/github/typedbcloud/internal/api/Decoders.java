package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.internal.json.FieldReader;
import io.github.typedbcloud.internal.json.Json;
import io.github.typedbcloud.internal.text.CleanText;
import io.github.typedbcloud.model.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Decoders of the response bodies of the operations. */
public final class Decoders {

  /** A cluster of any ID. */
  private static final Decoder<Cluster> CLUSTER = Cluster::fromJson;

  /** An array of clusters, as an unmodifiable list. */
  public static final Decoder<List<Cluster>> CLUSTERS = Cluster::listFromJson;

  /** The object around the versions, as an unmodifiable list. */
  public static final Decoder<List<String>> VERSIONS =
      body -> Json.readObject(body, Decoders::versions);

  private static final byte[] SAMPLE =
      "{\"id\":\"a\",\"createdAt\":0,\"servers\":[{\"address\":\"a\"}]}"
          .getBytes(StandardCharsets.UTF_8);

  private Decoders() {}

  /**
   * The cluster of one ID.
   *
   * @param id the ID that the cluster must have; a response about another cluster, from a proxy
   *     that mixes responses up, must not be taken for the result
   */
  public static Decoder<Cluster> cluster(String id) {
    return body -> {
      Cluster cluster = CLUSTER.decode(body);
      if (!cluster.id().equals(id)) {
        throw new IOException(
            "the response is about cluster '"
                + CleanText.of(cluster.id(), CleanText.MAX_VALUE)
                + "', another one");
      }
      return cluster;
    };
  }

  /**
   * Decodes a sample, so that the JVM has loaded the classes by the time that the first response
   * arrives. Fast, except for the first time.
   */
  public static void prepare() {
    try {
      CLUSTER.decode(SAMPLE);
    } catch (IOException e) {
      throw new UncheckedIOException("The sample is valid", e);
    } catch (LinkageError e) {
      // The call itself fails with it, and with a description.
    }
  }

  private static List<String> versions(FieldReader fields) {
    List<String> versions = null;
    for (String name = fields.next(); name != null; name = fields.next()) {
      if (name.equals("availableVersions")) {
        versions = fields.strings();
      } else {
        fields.value();
      }
    }
    if (versions == null) {
      throw new IllegalArgumentException("availableVersions: expected an array, found null");
    }
    return versions;
  }
}
