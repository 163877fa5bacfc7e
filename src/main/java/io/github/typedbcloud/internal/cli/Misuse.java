package io.github.typedbcloud.internal.cli;

/** Arguments that say nothing that can be done. */
final class Misuse extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Misuse(String message) {
    super(message);
  }
}
