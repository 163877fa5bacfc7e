package io.github.typedbcloud.internal.version;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this library. */
public final class LibraryVersion {

  /** Such as {@code 1.2.0}, as the build writes it. */
  public static final String VALUE = read();

  private LibraryVersion() {}

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = LibraryVersion.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the resource version.properties failed", e);
    }
    return properties.getProperty("version", "unknown");
  }
}
