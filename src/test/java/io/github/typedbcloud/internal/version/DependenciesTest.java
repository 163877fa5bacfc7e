package io.github.typedbcloud.internal.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars of other versions, of which only the names of the entries matter. */
final class DependenciesTest {

  private static final String OKHTTP_5 = "okhttp3/internal/connection/BufferedSocketKt";

  private static final String CORE = "com/fasterxml/jackson/core/";

  private static final String DATABIND = "com/fasterxml/jackson/databind/";

  @TempDir Path directory;

  private final List<URL> classPath = new ArrayList<>();

  @Test
  void require_librariesOfThisBuild_succeeds() {
    assertThatCode(Dependencies::require).doesNotThrowAnyException();
    assertThat(Dependencies.class.getClassLoader().getResource(OKHTTP_5 + ".class")).isNotNull();
    assertThat(Dependencies.advice())
        .containsPattern("OkHttp 5\\.[0-9.]+ \\(/.*okhttp-jvm-")
        .containsPattern("Okio 3\\.[0-9.]+ \\(/.*okio-jvm-");
  }

  @Test
  void okio_withoutWhatOkHttpNeeds_isNamed() throws IOException {
    jar("okhttp-jvm-5.5.1.jar", "okhttp3/OkHttpClient", "okhttp3/OkHttp", OKHTTP_5);
    jar("okio-jvm-3.6.0.jar", "okio/Okio", "okio/ByteString$Companion");

    assertThat(problem())
        .startsWith(
            "Okio is too old for the version of OkHttp: com.squareup.okio:okio-jvm 3.13.0 or later")
        .contains("Okio 3.6.0 (" + directory.resolve("okio-jvm-3.6.0.jar") + ")")
        .contains("OkHttp 5.5.1");
  }

  @Test
  void okio_olderOneFirst_isNamed() throws IOException {
    jar("okhttp-jvm-5.5.1.jar", "okhttp3/OkHttpClient", "okhttp3/OkHttp", OKHTTP_5);
    jar("okio-1.17.6.jar", "okio/Okio");
    jar("okio-jvm-3.18.1.jar", "okio/Okio", "okio/ByteString$Companion", "okio/Socket");

    assertThat(problem()).contains("3.13.0 or later", "Okio 1.17.6");
  }

  @Test
  void okHttp4_beforeOkHttp5_needsNoNewerOkio() throws IOException {
    jar("okhttp-4.12.0.jar", "okhttp3/OkHttpClient", "okhttp3/OkHttp");
    jar("okhttp-jvm-5.5.1.jar", "okhttp3/OkHttpClient", "okhttp3/OkHttp", OKHTTP_5);
    jar("okio-jvm-3.6.0.jar", "okio/Okio", "okio/ByteString$Companion");

    assertThat(problem()).isNull();
  }

  @Test
  void okHttp3_beforeOkHttp5_isNamed() throws IOException {
    jar("okhttp-3.12.13.jar", "okhttp3/OkHttpClient");
    jar("okhttp-jvm-5.5.1.jar", "okhttp3/OkHttpClient", "okhttp3/OkHttp", OKHTTP_5);

    assertThat(problem())
        .startsWith("OkHttp is too old: com.squareup.okhttp3:okhttp-jvm 4.0.0 or later is needed")
        .contains("OkHttp 3.12.13");
  }

  @Test
  void jacksonCore_olderThanDatabind_isNamed() throws IOException {
    jar("jackson-core-2.15.4.jar", CORE + "JsonFactory", CORE + "StreamReadConstraints");
    jar("jackson-databind-2.23.0.jar", DATABIND + "ObjectMapper", DATABIND + "cfg/CacheProvider");

    assertThat(problem())
        .startsWith("Jackson core is too old for the version of Jackson databind: ")
        .contains("2.16.0 or later", "Jackson core 2.15.4", "Jackson databind 2.23.0");
  }

  @Test
  void jacksonCore_withoutConstraints_isNamed() throws IOException {
    jar("jackson-core-2.14.3.jar", CORE + "JsonFactory");

    assertThat(problem()).contains("2.15.0 or later", "Jackson core 2.14.3");
  }

  @Test
  void oneJar_withoutVersions_isNotRejected() throws IOException {
    jar(
        "app-all.jar",
        "okhttp3/OkHttpClient",
        "okhttp3/OkHttp",
        OKHTTP_5,
        "okio/Okio",
        "okio/ByteString$Companion",
        "okio/Socket");

    assertThat(problem()).isNull();
  }

  @Test
  void nothing_thatCanBeLocated_isNotRejected() throws IOException {
    assertThat(problem()).isNull();
  }

  private String problem() throws IOException {
    try (URLClassLoader loader =
        new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      return Dependencies.problem(loader);
    }
  }

  private void jar(String name, String... types) throws IOException {
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      for (String type : types) {
        jar.putNextEntry(new JarEntry(type + ".class"));
      }
    }
    classPath.add(url(file));
  }

  private static URL url(Path file) throws MalformedURLException {
    return file.toUri().toURL();
  }
}
