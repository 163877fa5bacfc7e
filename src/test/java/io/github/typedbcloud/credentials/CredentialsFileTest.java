package io.github.typedbcloud.credentials;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.support.FileModes;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.LogListener;
import io.github.typedbcloud.support.MockCloud;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as systemd, Docker, Compose and Kubernetes write and mount them. */
class CredentialsFileTest {

  private static final String ID = "TYPEDB_CLOUD_CLIENT_ID";
  private static final String SECRET = "TYPEDB_CLOUD_CLIENT_SECRET";
  private static final String BOTH = ID + "=id\n" + SECRET + "=s3cr3t\n";

  private final MockCloud cloud = new MockCloud();
  private Path directory;

  /** In the build directory: the one for temporary files may be in memory, which differs. */
  @BeforeEach
  void createDirectory() throws IOException {
    directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "credentials");
  }

  @AfterEach
  void close() throws IOException {
    cloud.close();
    delete(directory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ID + "=id\n" + SECRET + "=s3cr3t",
        "\uFEFF" + BOTH,
        ID + "=id\r\n" + SECRET + "=s3cr3t\r\n",
        ID + "=id\r" + SECRET + "=s3cr3t\r",
        "\n\n  " + ID + " = id  \n\n\t" + SECRET + "\t=\ts3cr3t\t\n\n",
        "export " + ID + "=id\nexport\t " + SECRET + "=s3cr3t",
        "# a comment = x\n; another\n  # indented\n" + BOTH,
        ID + "=\"id\"\n" + SECRET + "='s3cr3t'",
        ID + "='id' # of the service\n" + SECRET + "=\"s3cr3t\"\t# secret",
        ID + "=id # of the service\n" + SECRET + "=s3cr3t\t#secret",
        ID + "=other\n" + BOTH,
        SECRET + "=\n" + BOTH,
        "OTHER=\nOTHER2=it's\nOTHER3=C:\\dir\n" + BOTH,
        "OTHER=a\\\n  b\\\n c\n" + BOTH,
        "KEY=\"-----BEGIN\n" + ID + "=x\n\\\"\n-----END\"\n" + BOTH,
        "TYPEDB_CLOUD_URL=http://example.com\n" + BOTH
      })
  void file_asWrittenByOthers_isRead(String text) throws IOException {
    assertThat(sent(file(text))).isEqualTo("Basic id:s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "='a#b$HOME${X}`\"\\c'",
        "=\"a#b\\$HOME\\${X}\\`\\\"\\\\c\"",
        "=\"a#b$HOME${X}`\\\"\\c\"",
      })
  void value_specialCharacters_areKept(String value) throws IOException {
    assertThat(sent(file(ID + "=id\n" + SECRET + value))).isEqualTo("Basic id:a#b$HOME${X}`\"\\c");
  }

  @Test
  void value_variable_isNotReplaced() throws IOException {
    assertThat(sent(file(ID + "=#id\n" + SECRET + "=$HOME=#x"))).isEqualTo("Basic #id:$HOME=#x");
  }

  @Test
  void file_syntaxError_namesLineAndProblem() throws IOException {
    assertSyntaxError("\nS3CR3T\n" + BOTH, "line 2 has no '='; write NAME=value");
    assertSyntaxError(BOTH + SECRET + ": S3CR3T", "line 3 has no '='; write NAME=value");
    assertSyntaxError(SECRET + ": S3CR3T=", "line 1 has no variable name before '='");
    assertSyntaxError("=S3CR3T", "line 1 has no variable name before '='");
    assertSyntaxError(
        "# x\r\n" + SECRET + "=\"S3CR3T\r\n", "line 2 has a quote that is not closed");
    assertSyntaxError(SECRET + "='S3CR3T\n'", "line 1 has a quote that is not closed");
    assertSyntaxError(BOTH + "OTHER='S3CR3T\n\n", "line 3 has a quote that is not closed");
    assertSyntaxError(SECRET + "=\"S3CR3T\\\"", "line 1 has a quote that is not closed");
    assertSyntaxError(SECRET + "=\"S3C\"R3T", "line 1 has characters after the closing quote");
    assertSyntaxError(SECRET + "='S3C'#R3T", "line 1 has characters after the closing quote");
    assertSyntaxError(SECRET + "=S3C'R3T", "line 1 has a quote inside the value");
    assertSyntaxError(SECRET + "=S3C\\R3T", "line 1 has a backslash outside quotes");
    assertSyntaxError(SECRET + "=S3CR3T\\\n", "line 1 has a backslash outside quotes");
  }

  private void assertSyntaxError(String text, String problem) throws IOException {
    Path file = file(text);
    assertUnusable(file)
        .hasMessageStartingWith("The credentials file " + file + " cannot be parsed: " + problem)
        .hasMessageNotContaining("S3C");
  }

  @Test
  void file_notText_isNamed() throws IOException {
    assertUnusable(file(""))
        .hasMessageEndingWith(" is empty; write " + ID + "=… and " + SECRET + "=….");
    assertUnusable(file("\uFEFF \r\n\n")).hasMessageContaining(" is empty; ");
    assertUnusable(file(BOTH, UTF_16)).hasMessageContaining("it is in UTF-16; save it as UTF-8");
    assertUnusable(file(BOTH + "# ä", ISO_8859_1)).hasMessageContaining("it is not text in UTF-8");
    assertUnusable(file(BOTH + "\u0000")).hasMessageContaining("holds control characters");
    assertUnusable(file(ID + "=id")).hasMessageContaining("does not set " + SECRET + ";");
    assertThatThrownBy(() -> use(file(ID + "=id\n" + SECRET + "='s3cr3t x'")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(directory.toString(), "The client secret contains white space")
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void file_size_isBounded() throws IOException {
    String padding = "#".repeat(64 * 1024 - BOTH.length());
    assertThat(sent(file(BOTH + padding))).isEqualTo("Basic id:s3cr3t");
    assertUnusable(file(BOTH + padding + "#")).hasMessageContaining("is larger than 65536 bytes");
    Path sparse = file("");
    try (RandomAccessFile huge = new RandomAccessFile(sparse.toFile(), "rw")) {
      huge.setLength(1L << 30);
    }
    assertUnusable(sparse).hasMessageContaining("is larger than 65536 bytes");
  }

  @Test
  void file_absent_isNamed() {
    Path absent = directory.resolve("none");
    assertUnusable(absent)
        .hasMessage(
            "The credentials file "
                + absent
                + " does not exist; check the path, and that the secret is mounted.");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links and devices")
  void file_unusualPath_isNamed() throws IOException {
    Path absent = directory.resolve("none");
    Path link = Files.createSymbolicLink(directory.resolve("link"), absent);
    assertUnusable(link).hasMessageContaining(link + " does not exist");
    Path below = file(BOTH).resolve("below");
    assertUnusable(below)
        .hasMessageContaining("Not a directory")
        .hasMessageNotContaining("Exception");
    Path loop = directory.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    assertUnusable(loop)
        .hasMessageContaining("cannot be read")
        .hasMessageNotContaining("Exception");
    assertUnusable(Path.of("/dev/null")).hasMessageContaining("is neither a file nor a directory");
  }

  @Test
  @Timeout(10)
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "named pipes")
  void pipe_withoutWriter_doesNotBlock() throws IOException, InterruptedException {
    Path pipe = directory.resolve("pipe");
    Process mkfifo = new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start();
    assertThat(mkfifo.waitFor(5, TimeUnit.SECONDS)).isTrue();

    assertUnusable(pipe).hasMessageContaining(pipe + " is neither a file nor a directory");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links")
  void directory_ofVariables_isRead() throws IOException {
    // As Kubernetes does: the files are links into a directory that is replaced.
    Path data = Files.createDirectory(directory.resolve("..2026"));
    write(data.resolve(ID), "id\n");
    write(data.resolve(SECRET), "s3cr3t='\\\r\n");
    write(data.resolve("other"), "x y");
    Files.createSymbolicLink(directory.resolve("..data"), data.getFileName());
    for (String name : List.of(ID, SECRET, "other")) {
      Files.createSymbolicLink(directory.resolve(name), Path.of("..data", name));
    }

    assertThat(sent(directory)).isEqualTo("Basic id:s3cr3t='\\");
  }

  @Test
  void directory_incomplete_isNamed() throws IOException {
    write(directory.resolve(ID), "id");
    assertUnusable(directory)
        .hasMessage(
            "The credentials file "
                + directory
                + " is a directory without a file "
                + SECRET
                + "; add one that holds the value.");
    write(directory.resolve(SECRET), "\n");
    assertUnusable(directory).hasMessageContaining("does not set " + SECRET);
    write(directory.resolve(SECRET), "s3cr3t\n\n");
    assertThatThrownBy(() -> use(directory))
        .hasMessageContaining("The client secret contains white space")
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
  void directory_fileReadableByAll_isRejected() throws IOException {
    write(directory.resolve(ID), "id");
    Path secret = write(directory.resolve(SECRET), "s3cr3t");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    assertUnusable(directory)
        .hasMessageContaining(secret + " can be read by all users (rw-r--r--)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw--w----", "rw-----w-", "rw-rw-rw-", "rwxrwxrwx"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
  void file_writableByOthers_isRejected(String permissions) throws IOException {
    assertUnusable(withPermissions(file(BOTH), permissions))
        .hasMessageContainingAll("can be written by others", permissions, "chmod 600");
    Path inMemory = inMemory();
    assertUnusable(withPermissions(write(inMemory.resolve("file"), BOTH), permissions))
        .hasMessageContainingAll("can be written by others", permissions, "chmod 600");
    delete(inMemory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw----r--", "rw-r--r--", "r--r--r--"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
  void file_readableByAll_isRejectedOnDisk(String permissions) throws IOException {
    assertUnusable(withPermissions(file(BOTH), permissions))
        .hasMessageContainingAll("can be read by all users", permissions, "chmod 600");
  }

  @ParameterizedTest
  @ValueSource(strings = {"r--r--r--", "rw-r--r--", "r--r-----", "r--------"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
  void file_mountedSecret_isReadWithoutWarning(String permissions) throws IOException {
    Path inMemory = inMemory();
    Path file = withPermissions(write(inMemory.resolve("file"), BOTH), permissions);
    try (LogListener log = new LogListener()) {
      assertThat(sent(file)).isEqualTo("Basic id:s3cr3t");
      assertThat(log.text()).doesNotContain("WARN");
    } finally {
      delete(inMemory);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"r--------", "rw-------", "rwx------", "rwx--x--x"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
  void file_readableByOwner_isReadWithoutWarning(String permissions) throws IOException {
    try (LogListener log = new LogListener()) {
      assertThat(sent(withPermissions(file(BOTH), permissions))).isEqualTo("Basic id:s3cr3t");
      assertThat(log.text()).doesNotContain("WARN");
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
  void ownFile_readableByGroup_isWarnedOfOnce() throws IOException {
    Path file = withPermissions(file(BOTH), "rw-r-----");
    try (LogListener log = new LogListener()) {
      assertThat(sent(file)).as("read twice").isEqualTo("Basic id:s3cr3t");
      assertThat(log.text().lines().filter(line -> line.startsWith("WARN")))
          .singleElement()
          .asString()
          .contains(file + " can be read by its group (rw-r-----)")
          .doesNotContain("s3cr3t");
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
  void fileOfOther_readableByGroup_isReadWithoutWarning() throws IOException {
    Path file = withPermissions(file(BOTH), "r--r-----");
    try {
      Files.setOwner(
          file,
          file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    } catch (IOException e) {
      assumeTrue(false, "only root can give a file to another user: " + e);
    }
    try (LogListener log = new LogListener()) {
      assertThat(sent(file)).isEqualTo("Basic id:s3cr3t");
      assertThat(log.text()).doesNotContain("WARN");
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
  void file_withoutPermission_saysSo() throws IOException {
    Path file = withPermissions(file(BOTH), "---------");
    assumeTrue(!Files.isReadable(file), "root can read any file");

    assertUnusable(file)
        .hasMessageContaining("cannot be read: permission denied")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void file_halfWritten_failsOneCall() throws IOException {
    Path file = file(BOTH);
    try (TypeDBCloudClient client = cloud.client().credentialsFile(file).build()) {
      Files.writeString(file, ID + "=id\n" + SECRET + "=\"s3c");
      assertThatThrownBy(() -> client.clusters(Fixtures.PROJECT).list())
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("line 2 has a quote that is not closed")
          .hasMessageNotContaining("s3c");

      Files.writeString(file, BOTH);
      cloud.enqueue(200, "[]");
      assertThat(client.clusters(Fixtures.PROJECT).list()).isEmpty();
    }
  }

  @Test
  void file_urlVariable_isIgnored() throws IOException {
    Path file = file(BOTH + "TYPEDB_CLOUD_URL=https://example.com");

    try (TypeDBCloudClient client = TypeDBCloudClient.builder().credentialsFile(file).build()) {
      assertThat(client.baseUrl()).isEqualTo("https://cloud.typedb.com");
    }
  }

  private static void use(Path path) {
    TypeDBCloudClient.builder().credentialsFile(path);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertUnusable(Path path) {
    return assertThatThrownBy(() -> use(path))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The credentials file ")
        .hasMessageNotContaining("s3cr3t");
  }

  /** The header of the token exchange. */
  private String sent(Path path) {
    cloud.enqueue(200, "[]");
    try (TypeDBCloudClient client = cloud.client().credentialsFile(path).build()) {
      client.clusters(Fixtures.PROJECT).list();
    }
    return cloud.exchanges().get(cloud.exchanges().size() - 1).getHeaders().get("Authorization");
  }

  private Path file(String text) throws IOException {
    return file(text, UTF_8);
  }

  private Path file(String text, Charset charset) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), text, charset);
    return FileModes.ownerOnly(file);
  }

  private static Path write(Path file, String text) throws IOException {
    return FileModes.ownerOnly(Files.writeString(file, text));
  }

  private static Path withPermissions(Path file, String permissions) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  /** A new directory of a file system in memory, as which secrets are mounted. */
  private static Path inMemory() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(memory) && Files.getFileStore(memory).type().equals("tmpfs"),
        "there is no file system in memory");
    return Files.createTempDirectory(memory, "credentials");
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
