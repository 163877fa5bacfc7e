package io.github.typedbcloud.internal.version;

import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the libraries on the class path are new enough, and match each other.
 *
 * <p>Libraries are recognized by the classes that a version added. They are looked up as resources,
 * so that nothing is loaded; some versions of Jackson differ by no class and are recognized by the
 * names of their jars. What cannot be located, for example in a native image, where the build has
 * linked everything, is not checked.
 */
public final class Dependencies {

  private enum Library {
    OKHTTP("OkHttp", "com.squareup.okhttp3:okhttp-jvm", "okhttp3/OkHttpClient"),
    OKIO("Okio", "com.squareup.okio:okio-jvm", "okio/Okio"),
    JACKSON_CORE(
        "Jackson core",
        "com.fasterxml.jackson.core:jackson-core",
        "com/fasterxml/jackson/core/JsonFactory"),
    JACKSON_DATABIND(
        "Jackson databind",
        "com.fasterxml.jackson.core:jackson-databind",
        "com/fasterxml/jackson/databind/ObjectMapper");

    private final String title;
    private final String artifact;

    /** A class of every version. */
    private final String type;

    Library(String title, String artifact, String type) {
      this.title = title;
      this.artifact = artifact;
      this.type = type;
    }

    /** Whether the jar that this library is loaded from has a class. */
    boolean has(String other, ClassLoader loader) {
      String location = location(type, loader);
      return location != null && location.equals(location(other, loader));
    }

    /**
     * Whether it does not. That is unknown where a framework generates one of the two classes, such
     * as Quarkus: its location has another scheme than a jar.
     */
    boolean lacks(String other, ClassLoader loader) {
      String location = location(type, loader);
      String found = location(other, loader);
      return location != null
          && (found == null || (!found.equals(location) && scheme(found).equals(scheme(location))));
    }

    /** Such as {@code Okio 3.6.0 (/lib/okio-jvm-3.6.0.jar)}; the version is that in the name. */
    @Nullable String describe(ClassLoader loader) {
      String location = location(type, loader);
      if (location == null) {
        return null;
      }
      Matcher version = VERSION.matcher(location);
      return title
          + (version.find() ? " " + version.group(1) : "")
          + " ("
          + decoded(location.replaceFirst("^(jar:)?((file|nested):)?", ""))
          + ")";
    }

    /** The minor version of a 2.x, by the name of the jar; -1 when it does not say. */
    int minorOf2(ClassLoader loader) {
      String location = location(type, loader);
      Matcher version = VERSION.matcher(location == null ? "" : location);
      Matcher minor = MINOR_OF_2.matcher(version.find() ? version.group(1) : "");
      return minor.lookingAt() ? Integer.parseInt(minor.group(1)) : -1;
    }
  }

  /**
   * What the client needs.
   *
   * @param library which must be new enough
   * @param minimum its minimum version
   * @param user the library that needs it
   * @param violated whether it is not
   */
  private record Rule(
      Library library, String minimum, Library user, Predicate<ClassLoader> violated) {

    /**
     * A rule by classes.
     *
     * @param needed a class that the minimum version added
     * @param condition a class of the versions of the user that need it
     */
    static Rule ofClasses(
        Library library, String needed, String minimum, Library user, String condition) {
      return new Rule(
          library,
          minimum,
          user,
          loader -> user.has(condition, loader) && library.lacks(needed, loader));
    }

    /** What databind calls since a minor version of 2.x, which core has since the same one. */
    static Rule ofJackson(int minor) {
      return new Rule(
          Library.JACKSON_CORE,
          "2." + minor + ".0",
          Library.JACKSON_DATABIND,
          loader -> {
            int core = Library.JACKSON_CORE.minorOf2(loader);
            return core >= 0 && core < minor && Library.JACKSON_DATABIND.minorOf2(loader) >= minor;
          });
    }

    String message() {
      return library.title
          + " is too old"
          + (user == library ? "" : " for the version of " + user.title)
          + ": "
          + library.artifact
          + " "
          + minimum
          + " or later is needed. Set its version in the dependencyManagement of the build, or in"
          + " its constraints, and remove other artifacts with the same classes";
    }
  }

  // A class that OkHttp itself uses, as all of the rules are: tools that remove unused classes,
  // such as minimizeJar and R8, keep it. It is in all versions since 4.0.0.
  private static final String OKHTTP_4 = "okhttp3/RequestBody$Companion";

  private static final List<Rule> RULES =
      List.of(
          // Before 4.0 it does not know bodies that must not be sent twice, in all versions.
          Rule.ofClasses(Library.OKHTTP, OKHTTP_4, "4.0.0", Library.OKHTTP, Library.OKHTTP.type),
          // OkHttp 5.2 and later.
          Rule.ofClasses(
              Library.OKIO,
              "okio/Socket",
              "3.13.0",
              Library.OKHTTP,
              "okhttp3/internal/connection/BufferedSocketKt"),
          // What every OkHttp since 4.0 calls. No class distinguishes the later versions that some
          // of them declare.
          Rule.ofClasses(
              Library.OKIO, "okio/ByteString$Companion", "2.0.0", Library.OKHTTP, OKHTTP_4),
          // A constructor of the parser that databind extends, and a method; no class shows them.
          Rule.ofJackson(18),
          Rule.ofJackson(17),
          // Databind 2.16 and later.
          Rule.ofClasses(
              Library.JACKSON_CORE,
              "com/fasterxml/jackson/core/util/RecyclerPool",
              "2.16.0",
              Library.JACKSON_DATABIND,
              "com/fasterxml/jackson/databind/cfg/CacheProvider"),
          Rule.ofClasses(
              Library.JACKSON_CORE,
              "com/fasterxml/jackson/core/StreamReadConstraints",
              "2.15.0",
              Library.JACKSON_CORE,
              Library.JACKSON_CORE.type));

  private static final Pattern VERSION =
      Pattern.compile(
          "(?:okhttp|okhttp-jvm|okio|okio-jvm|jackson-core|jackson-databind)-(\\d[^/!]*)\\.jar$");

  private static final Pattern MINOR_OF_2 = Pattern.compile("2\\.(\\d{1,4})");

  private Dependencies() {}

  /** Checked once for the class loader of this library. */
  private static final class Checked {
    static final @Nullable String PROBLEM = problem(loader());
  }

  /**
   * Checks the libraries.
   *
   * @throws IllegalStateException naming the libraries that were found, and what is needed
   */
  public static void require() {
    if (Checked.PROBLEM != null) {
      throw new IllegalStateException(Checked.PROBLEM + ".");
    }
  }

  /** What to do about a {@code LinkageError}, as a sentence without its full stop. */
  public static String advice() {
    return Checked.PROBLEM == null
        ? "Libraries on the class path do not match; use the versions that this client declares, in"
            + " the dependencyManagement of the build. Found: "
            + found(loader())
        : Checked.PROBLEM;
  }

  /** Which rules are violated, as sentences without the last full stop; null for none. */
  static @Nullable String problem(ClassLoader loader) {
    // The first of a library has the highest version.
    Map<Library, String> problems = new EnumMap<>(Library.class);
    for (Rule rule : RULES) {
      if (rule.violated.test(loader)) {
        problems.putIfAbsent(rule.library, rule.message());
      }
    }
    return problems.isEmpty()
        ? null
        : String.join(". ", problems.values()) + ". Found: " + found(loader);
  }

  private static String found(ClassLoader loader) {
    return Arrays.stream(Library.values())
        .map(library -> library.describe(loader))
        .filter(text -> text != null)
        .collect(Collectors.joining(", "));
  }

  private static ClassLoader loader() {
    ClassLoader loader = Dependencies.class.getClassLoader();
    return loader == null ? ClassLoader.getSystemClassLoader() : loader;
  }

  /** The jar or directory of a class; null when it is unknown. */
  private static @Nullable String location(String type, ClassLoader loader) {
    String name = type + ".class";
    URL url = loader.getResource(name);
    String text = url == null ? "" : url.toString();
    return text.endsWith("/" + name)
        ? text.substring(0, text.length() - name.length() - 1)
            .replaceFirst("!?(/META-INF/versions/\\d+)?$", "")
        : null;
  }

  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A percent sign that is not an escape.
      return path;
    }
  }

  private static String scheme(String location) {
    return location.substring(0, location.indexOf(':') + 1);
  }
}
