package io.github.typedbcloud.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that an option names cannot be used. */
final class FileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FileException(String option, Path file, @Nullable String reason) {
    super("%s %s: %s".formatted(option, file, reason));
  }

  FileException(String option, Path file, IOException cause) {
    super("%s %s: %s.".formatted(option, file, reason(cause)), cause);
  }

  private static @Nullable String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (cause instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (cause instanceof CharacterCodingException) {
      return "Not UTF-8";
    }
    return cause instanceof FileSystemException failure && failure.getReason() != null
        ? failure.getReason()
        : cause.getMessage();
  }
}
