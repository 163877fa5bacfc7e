package io.github.typedbcloud.internal.text;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The secrets that a client has used lately: the service can repeat those of an earlier request, or
 * of one in another thread. Thread-safe.
 */
public final class KnownSecrets {

  /** More than the tokens of one call with the default number of attempts. */
  private static final int MAX_SECRETS = 12;

  private final AtomicReference<Secrets> known;

  /** Without any. */
  public KnownSecrets() {
    this(Secrets.NONE);
  }

  /** With some. */
  public KnownSecrets(Secrets secrets) {
    known = new AtomicReference<>(secrets);
  }

  /** Adds secrets, and forgets the oldest. */
  public void add(Secrets secrets) {
    known.updateAndGet(before -> before.and(secrets).last(MAX_SECRETS));
  }

  /** The secrets known now. */
  public Secrets current() {
    return Objects.requireNonNull(known.get());
  }

  @Override
  public String toString() {
    return current().toString();
  }
}
