package io.github.typedbcloud.simulator;

import org.jspecify.annotations.Nullable;

/**
 * Everything that the API can be asked for. {@code SCOPE} stands for {@code
 * /api/org/{organization}/projects/{project}} and {@code /api/v1/team/{team}/spaces/{space}}.
 */
public enum Operation {
  /** {@code POST /api/auth} and {@code POST /api/v1/auth}. */
  EXCHANGE_TOKEN(null),
  /** {@code GET /api/v1/cluster-versions}. */
  LIST_VERSIONS(null),
  /** {@code POST SCOPE/clusters/deploy}. */
  DEPLOY(AccessLevel.WRITE),
  /** {@code GET SCOPE/clusters/{id}}. */
  GET(AccessLevel.READ),
  /** {@code GET SCOPE/clusters}. */
  LIST(AccessLevel.READ),
  /** {@code PATCH SCOPE/clusters/{id}}, of spaces only. */
  UPDATE(AccessLevel.WRITE),
  /** {@code POST SCOPE/clusters/{id}/suspend}. */
  SUSPEND(AccessLevel.WRITE),
  /** {@code POST SCOPE/clusters/{id}/resume}. */
  RESUME(AccessLevel.WRITE),
  /** {@code POST SCOPE/clusters/{id}/clone}, of spaces only. */
  CLONE(AccessLevel.WRITE),
  /** {@code DELETE SCOPE/clusters/{id}}. */
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
