package io.github.typedbcloud.simulator;

/** A rule was not added, because its fault can never take effect on what it selects. */
final class ImpossibleFaultException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  ImpossibleFaultException(String message) {
    super(message);
  }
}
