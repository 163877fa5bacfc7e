package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.http.Authorization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Credentials in a file of variables, read each time. No message repeats what it holds. */
public final class CredentialsFile implements CredentialsSource {

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path file;
  private final String idVariable;
  private final String secretVariable;

  /** A file, which is read at each use. */
  public CredentialsFile(Path file, String idVariable, String secretVariable) {
    this.file = Objects.requireNonNull(file, "file must not be null");
    this.idVariable = idVariable;
    this.secretVariable = secretVariable;
  }

  /**
   * Reads the credentials.
   *
   * @throws IllegalStateException when it cannot be read, others can access it, or one of them is
   *     missing
   * @throws IllegalArgumentException when a header cannot carry one
   */
  @Override
  public Authorization get() {
    try {
      requirePrivate();
      Map<String, String> variables = new HashMap<>();
      for (String line : Files.readAllLines(file)) {
        int end = line.indexOf('=');
        if (end > 0 && !line.startsWith("#")) {
          variables.put(line.substring(0, end).strip(), line.substring(end + 1).strip());
        }
      }
      return Credentials.fromVariables(
          "The credentials file " + file, variables, idVariable, secretVariable);
    } catch (IOException e) {
      throw new IllegalStateException(
          "The credentials file " + file + " cannot be read: " + e + ".", e);
    }
  }

  private void requirePrivate() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (!OWNERS.containsAll(permissions)) {
      throw new IllegalStateException(
          "The credentials file "
              + file
              + " can be accessed by others ("
              + PosixFilePermissions.toString(permissions)
              + "); restrict it to its owner with chmod 600.");
    }
  }
}
