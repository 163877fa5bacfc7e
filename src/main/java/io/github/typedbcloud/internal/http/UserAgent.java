package io.github.typedbcloud.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The {@code User-Agent} header. */
final class UserAgent {

  static final String VALUE =
      "typedb-cloud-client-java/" + version() + " (Java " + Runtime.version().feature() + ")";

  private UserAgent() {}

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = UserAgent.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the resource version.properties failed", e);
    }
    return properties.getProperty("version", "unknown");
  }
}
