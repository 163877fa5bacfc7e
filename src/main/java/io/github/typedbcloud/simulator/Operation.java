package io.github.typedbcloud.simulator;

import org.jspecify.annotations.Nullable;

/** Everything that the API can be asked for. */
enum Operation {
  EXCHANGE_TOKEN(null),
  LIST_VERSIONS(null),
  DEPLOY(AccessLevel.WRITE),
  GET(AccessLevel.READ),
  LIST(AccessLevel.READ),
  UPDATE(AccessLevel.WRITE),
  SUSPEND(AccessLevel.WRITE),
  RESUME(AccessLevel.WRITE),
  CLONE(AccessLevel.WRITE),
  DESTROY(AccessLevel.ADMIN);

  private final @Nullable AccessLevel level;

  Operation(@Nullable AccessLevel level) {
    this.level = level;
  }

  /** What the operation needs on its scope; null for those that concern no scope. */
  @Nullable AccessLevel level() {
    return level;
  }
}
