package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.http.Authorization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Credentials in a file of variables, or in a directory with a file for each variable, read each
 * time. No message repeats what a file holds. Thread-safe.
 */
public final class CredentialsFile implements CredentialsSource {

  /** A directory of secrets holds less in each file, and an env file less in all. */
  private static final int MAX_BYTES = 64 * 1024;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path path;
  private final String idVariable;
  private final String secretVariable;
  private final FilePermissions permissions = new FilePermissions();

  /** A file or directory, which is read at each use. */
  public CredentialsFile(Path path, String idVariable, String secretVariable) {
    this.path = Objects.requireNonNull(path, "file must not be null: is its path unset?");
    this.idVariable = idVariable;
    this.secretVariable = secretVariable;
  }

  /**
   * Reads the credentials.
   *
   * @throws IllegalStateException when they cannot be read, others can access them, or one of them
   *     is missing
   * @throws IllegalArgumentException when a header cannot carry one
   */
  @Override
  public Authorization get() {
    Map<String, String> variables = Files.isDirectory(path) ? readDirectory() : readFile();
    try {
      return Credentials.fromVariables(describe(path), variables, idVariable, secretVariable);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(describe(path) + " cannot be used. " + e.getMessage(), e);
    }
  }

  private Map<String, String> readFile() {
    String text = read(path);
    if (text.isBlank()) {
      throw failure(
          path, "is empty; write " + idVariable + "=… and " + secretVariable + "=…", null);
    }
    EnvFile variables = new EnvFile(text);
    try {
      return variables.read(name -> name.equals(idVariable) || name.equals(secretVariable));
    } catch (EnvFile.SyntaxException e) {
      throw failure(path, "cannot be parsed: line " + e.line() + " " + e.getMessage(), null);
    }
  }

  private Map<String, String> readDirectory() {
    Map<String, String> variables = new HashMap<>();
    for (String name : new String[] {idVariable, secretVariable}) {
      Path file = path.resolve(name);
      if (!Files.exists(file)) {
        throw failure(
            path, "is a directory without a file " + name + "; add one that holds the value", null);
      }
      String value = read(file);
      int end = value.length();
      if (value.endsWith("\n")) {
        end -= value.endsWith("\r\n") ? 2 : 1;
      }
      variables.put(name, value.substring(0, end));
    }
    return variables;
  }

  private String read(Path file) {
    try {
      if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
        // Opening a pipe would block until someone writes to it.
        throw failure(
            file, "is neither a file nor a directory; a pipe or device cannot be read again", null);
      }
      String problem = permissions.problem(file);
      if (problem != null) {
        throw failure(file, problem, null);
      }
      return decode(file, readBytes(file));
    } catch (NoSuchFileException e) {
      throw failure(file, "does not exist; check the path, and that the secret is mounted", e);
    } catch (AccessDeniedException e) {
      throw failure(
          file,
          "cannot be read: permission denied; let the user of this process read it, and enter its"
              + " directories",
          e);
    } catch (CharacterCodingException e) {
      throw failure(file, "cannot be read: it is not text in UTF-8; save it as UTF-8", e);
    } catch (FileSystemException e) {
      throw failure(file, "cannot be read: " + e.getReason() + "; check the path", e);
    } catch (IOException e) {
      throw failure(file, "cannot be read: " + e.getMessage() + "; check the file system", e);
    }
  }

  private static byte[] readBytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw failure(
            file, "is larger than " + MAX_BYTES + " bytes; check that it is the right file", null);
      }
      return bytes;
    }
  }

  private static String decode(Path file, byte[] bytes) throws CharacterCodingException {
    if (bytes.length >= 2
        && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
            || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE))) {
      throw failure(file, "cannot be read: it is in UTF-16; save it as UTF-8", null);
    }
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    if (text.chars().anyMatch(c -> c == 0 || (c < ' ' && "\t\r\n\f".indexOf(c) < 0))) {
      throw failure(
          file, "holds control characters, as no text does; check that it is the right file", null);
    }
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static String describe(Path path) {
    return "The credentials file " + path;
  }

  private static IllegalStateException failure(
      Path file, String problem, @Nullable IOException cause) {
    return new IllegalStateException(describe(file) + " " + problem + ".", cause);
  }
}
