package io.github.typedbcloud.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that exists while the simulator accepts connections, and says how to connect. */
final class ReadyFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReadyFile.class);

  private static final String OPTION = "--ready-file";

  private final Path file;

  /** Beside it, so that it can be moved; only its owner can read it, since it holds a secret. */
  private final Path prepared;

  private String content = "";

  /**
   * Deletes a file that an earlier process left and checks that a new one can be written.
   *
   * @throws FileException when it cannot be written
   */
  ReadyFile(Path newFile) {
    this.file = newFile.toAbsolutePath();
    Path directory = file.getParent();
    if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(file)) {
      throw new FileException(OPTION, newFile, "It must be a file in an existing directory.");
    }
    try {
      Files.deleteIfExists(file);
      this.prepared = Files.createTempFile(directory, "ready-", ".tmp");
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Writes it; its readers never see a part of it. */
  void write(String newContent) {
    content = newContent;
    try {
      Files.writeString(prepared, content);
      Files.move(prepared, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Deletes it, unless another process has replaced it. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(prepared);
      if (Files.exists(file) && Files.readString(file).equals(content)) {
        Files.delete(file);
      }
    } catch (IOException e) {
      LOG.warn("Deleting the ready file {} failed", file, e);
    }
  }

  private FileException failure(IOException cause) {
    return new FileException(OPTION, file, cause);
  }
}
