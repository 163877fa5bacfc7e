package io.github.typedbcloud.internal.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jars of other versions, of which only the names of the entries matter. */
final class DependenciesTest {

  private static final String OKHTTP_4 = "okhttp3/RequestBody$Companion";

  private static final String OKHTTP_5 = "okhttp3/internal/connection/BufferedSocketKt";

  private static final String[] OKIO = {"okio/Okio", "okio/ByteString$Companion"};

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
    jar("okhttp-jvm-5.5.1.jar", "okhttp3/OkHttpClient", OKHTTP_4, OKHTTP_5);
    jar("okio-jvm-3.6.0.jar", "okio/Okio", "okio/ByteString$Companion");

    assertThat(problem())
        .startsWith(
            "Okio is too old for the version of OkHttp: com.squareup.okio:okio-jvm 3.13.0 or later")
        .contains("Okio 3.6.0 (" + path("okio-jvm-3.6.0.jar") + ")")
        .contains("OkHttp 5.5.1");
  }

  @Test
  void okio_olderOneFirst_isNamed() throws IOException {
    jar("okhttp-jvm-5.5.1.jar", "okhttp3/OkHttpClient", OKHTTP_4, OKHTTP_5);
    jar("okio-1.17.6.jar", "okio/Okio");
    jar("okio-jvm-3.18.1.jar", "okio/Okio", "okio/ByteString$Companion", "okio/Socket");

    assertThat(problem()).contains("3.13.0 or later", "Okio 1.17.6");
  }

  @Test
  void okHttp4_beforeOkHttp5_needsNoNewerOkio() throws IOException {
    jar("okhttp-4.12.0.jar", "okhttp3/OkHttpClient", OKHTTP_4);
    jar("okhttp-jvm-5.5.1.jar", "okhttp3/OkHttpClient", OKHTTP_4, OKHTTP_5);
    jar("okio-jvm-3.6.0.jar", "okio/Okio", "okio/ByteString$Companion");

    assertThat(problem()).isNull();
  }

  @Test
  void okHttp3_beforeOkHttp5_isNamed() throws IOException {
    jar("okhttp-3.12.13.jar", "okhttp3/OkHttpClient");
    jar("okhttp-jvm-5.5.1.jar", "okhttp3/OkHttpClient", OKHTTP_4, OKHTTP_5);

    assertThat(problem())
        .startsWith("OkHttp is too old: com.squareup.okhttp3:okhttp-jvm 4.0.0 or later is needed")
        .contains("OkHttp 3.12.13");
  }

  @Test
  void okio1_beforeOkHttp4_isNamed() throws IOException {
    jar("okhttp-4.12.0.jar", "okhttp3/OkHttpClient", OKHTTP_4);
    jar("okio-1.17.6.jar", "okio/Okio");

    assertThat(problem()).contains("2.0.0 or later", "OkHttp 4.12.0", "Okio 1.17.6");
  }

  @Test
  void okHttp_firstOf4_isAccepted() throws IOException {
    // It has no class okhttp3.OkHttp.
    jar("okhttp-4.0.0.jar", "okhttp3/OkHttpClient", "okhttp3/RequestBody$Companion");
    jar("okio-2.2.2.jar", OKIO);

    assertThat(problem()).isNull();
  }

  /** So that tools that remove unused classes keep them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        OKHTTP_4,
        OKHTTP_5,
        "okio/ByteString$Companion",
        "okio/Socket",
        CORE + "StreamReadConstraints",
        CORE + "util/RecyclerPool",
        DATABIND + "cfg/CacheProvider"
      })
  void classOfRule_byAnotherOfItsLibrary_isUsed(String type) throws IOException {
    Pattern reference = Pattern.compile(Pattern.quote(type) + "(?![\\w$])");
    URL url = Dependencies.class.getClassLoader().getResource(type + ".class");
    try (JarFile jar = ((JarURLConnection) url.openConnection()).getJarFile()) {
      List<String> users = new ArrayList<>();
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().endsWith(".class") && !entry.getName().equals(type + ".class")) {
          byte[] content = jar.getInputStream(entry).readAllBytes();
          if (reference.matcher(new String(content, StandardCharsets.ISO_8859_1)).find()) {
            users.add(entry.getName());
          }
        }
      }
      assertThat(users).isNotEmpty();
    }
  }

  @Test
  void jacksonCore_olderThanDatabind_isNamed() throws IOException {
    jar("jackson-core-2.15.4.jar", CORE + "JsonFactory", CORE + "StreamReadConstraints");
    jar("jackson-databind-2.23.0.jar", DATABIND + "ObjectMapper", DATABIND + "cfg/CacheProvider");

    assertThat(problem())
        .startsWith("Jackson core is too old for the version of Jackson databind: ")
        .contains("2.18.0 or later", "Jackson core 2.15.4", "Jackson databind 2.23.0");
  }

  /** Each of these fails in a mapper of the user, at a number with a fraction or in valueToTree. */
  @ParameterizedTest
  @CsvSource({
    "2.15.4, 2.17.0, 2.17.0",
    "2.16.2, 2.17.3, 2.17.0",
    "2.16.2, 2.23.0, 2.18.0",
    "2.17.3, 2.18.0, 2.18.0",
    "2.17.3, 2.23.0, 2.18.0",
    "2.17.0-rc1, 2.21, 2.18.0",
  })
  void jacksonCore_withoutWhatDatabindCalls_isNamed(String core, String databind, String needed) {
    assertThat(Dependencies.problem(jackson(core, databind)))
        .startsWith("Jackson core is too old for the version of Jackson databind: ")
        .contains(" " + needed + " or later", "Jackson core " + core + " (");
  }

  @ParameterizedTest
  @CsvSource({
    "2.16.2, 2.16.2",
    "2.17.0, 2.17.3",
    "2.18.0, 2.18.4",
    "2.18.4, 2.23.0",
    "2.23.0, 2.15.4",
    "2.16.2, 2.15.4",
  })
  void jacksonCore_withWhatDatabindCalls_isAccepted(String core, String databind) {
    assertThat(Dependencies.problem(jackson(core, databind))).isNull();
  }

  @Test
  void jar_inDirectoryWithSpace_isNamedAsItIs() {
    LocatedClasses classes =
        okHttp("jar:file:/a%20lib/okhttp-jvm-5.5.1.jar!")
            .add("jar:file:/a%20lib/c++/okio-jvm-3.6.0.jar!", OKIO)
            .add("jar:file:/okio-jvm-3.18.1.jar!", "okio/Socket");

    assertThat(Dependencies.problem(classes))
        .contains("(/a lib/okhttp-jvm-5.5.1.jar)", "(/a lib/c++/okio-jvm-3.6.0.jar)");
  }

  private static LocatedClasses jackson(String core, String databind) {
    return new LocatedClasses()
        .add(
            "jar:file:/jackson-core-" + core + ".jar!",
            CORE + "JsonFactory",
            CORE + "StreamReadConstraints",
            CORE + "util/RecyclerPool")
        .add("jar:file:/jackson-databind-" + databind + ".jar!", DATABIND + "ObjectMapper");
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
        OKHTTP_4,
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

  @Test
  void directories_ofUnpackedJars_areAccepted() throws IOException {
    unpacked("okhttp", "okhttp3/OkHttpClient", OKHTTP_4, OKHTTP_5);
    unpacked("okio", "okio/Okio", "okio/ByteString$Companion", "okio/Socket");

    assertThat(problem()).isNull();
  }

  @Test
  void directory_ofEverything_isAccepted() throws IOException {
    unpacked(
        "classes",
        "okhttp3/OkHttpClient",
        OKHTTP_4,
        OKHTTP_5,
        "okio/Okio",
        "okio/ByteString$Companion",
        "okio/Socket");

    assertThat(problem()).isNull();
  }

  @Test
  void directory_ofOldOkio_isNamed() throws IOException {
    unpacked("okhttp", "okhttp3/OkHttpClient", OKHTTP_4, OKHTTP_5);
    unpacked("okio", "okio/Okio", "okio/ByteString$Companion");

    assertThat(problem()).contains("3.13.0 or later", "Okio (" + path("okio"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jar:nested:/app.jar/!BOOT-INF/lib/", "jar:file:/app.jar!/BOOT-INF/lib/"})
  void nestedJars_thatMatch_areAccepted(String lib) {
    LocatedClasses classes =
        okHttp(lib + "okhttp-jvm-5.5.1.jar!")
            .add(lib + "okio-jvm-3.18.1.jar!", OKIO)
            .add(lib + "okio-jvm-3.18.1.jar!", "okio/Socket");

    assertThat(Dependencies.problem(classes)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jar:nested:/app.jar/!BOOT-INF/lib/", "jar:file:/app.jar!/BOOT-INF/lib/"})
  void nestedJar_ofOldOkio_isNamed(String lib) {
    LocatedClasses classes =
        okHttp(lib + "okhttp-jvm-5.5.1.jar!")
            .add(lib + "okio-jvm-3.6.0.jar!", OKIO)
            // Of another jar, after the old one.
            .add(lib + "okio-jvm-3.18.1.jar!", "okio/Socket");

    assertThat(Dependencies.problem(classes))
        .contains("3.13.0 or later")
        .contains("Okio 3.6.0 (" + lib.replaceFirst("^jar:[a-z]+:", "") + "okio-jvm-3.6.0.jar)");
  }

  @Test
  void modules_ofRuntimeImage_areAccepted() {
    LocatedClasses classes =
        okHttp("jrt:/okhttp3").add("jrt:/okio", OKIO).add("jrt:/okio", "okio/Socket");

    assertThat(Dependencies.problem(classes)).isNull();
  }

  @Test
  void module_ofRuntimeImageWithOldOkio_isNamed() {
    assertThat(Dependencies.problem(okHttp("jrt:/okhttp3").add("jrt:/okio", OKIO)))
        .contains("3.13.0 or later", "Okio (jrt:/okio)");
  }

  @Test
  void moduleOfAnotherLoader_thatCannotBeLocated_isNotRejected() {
    assertThat(Dependencies.problem(okHttp("jar:file:/okhttp-jvm-5.5.1.jar!"))).isNull();
  }

  @Test
  void classes_transformedByFramework_areNotRejected() {
    String okio = "jar:file:/okio-jvm-3.18.1.jar!";
    LocatedClasses classes =
        new LocatedClasses()
            .add("quarkus:", "okhttp3/OkHttpClient")
            .add("jar:file:/okhttp-jvm-5.5.1.jar!", OKHTTP_4, OKHTTP_5)
            .add(okio, OKIO)
            .add("quarkus:", "okio/Socket");

    assertThat(Dependencies.problem(classes)).isNull();
  }

  @Test
  void okioSocket_transformedByFramework_isNotRejected() {
    LocatedClasses classes =
        okHttp("jar:file:/okhttp-jvm-5.5.1.jar!")
            .add("jar:file:/okio-jvm-3.18.1.jar!", OKIO)
            .add("quarkus:", "okio/Socket");

    assertThat(Dependencies.problem(classes)).isNull();
  }

  private static LocatedClasses okHttp(String location) {
    return new LocatedClasses().add(location, "okhttp3/OkHttpClient", OKHTTP_4, OKHTTP_5);
  }

  /** Locates classes where a test says. */
  private static final class LocatedClasses extends ClassLoader {
    private final Map<String, URL> urls = new HashMap<>();

    LocatedClasses() {
      super(ClassLoader.getPlatformClassLoader());
    }

    LocatedClasses add(String location, String... types) {
      for (String type : types) {
        String name = type + ".class";
        urls.put(name, url(location + "/" + name));
      }
      return this;
    }

    @Override
    protected URL findResource(String name) {
      return urls.get(name);
    }

    private static URL url(String text) {
      URLStreamHandler unused =
          new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) throws IOException {
              throw new IOException("only its location is used");
            }
          };
      try {
        return new URL(null, text, unused);
      } catch (MalformedURLException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void unpacked(String name, String... types) throws IOException {
    Path root = directory.resolve(name);
    for (String type : types) {
      Path file = root.resolve(type + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[0]);
    }
    classPath.add(url(root));
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

  /** A path as it is in a URL: on Windows, with a slash before the drive. */
  private String path(String name) {
    return directory.resolve(name).toUri().getPath().replaceFirst("/$", "");
  }

  private static URL url(Path file) throws MalformedURLException {
    return file.toUri().toURL();
  }
}
