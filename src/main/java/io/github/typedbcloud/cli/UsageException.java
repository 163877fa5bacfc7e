package io.github.typedbcloud.cli;

/** Arguments that say nothing that can be done. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
