package io.github.typedbcloud.cli;

/** Invalid command-line arguments. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
