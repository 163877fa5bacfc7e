package io.github.typedbcloud.simulator;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How the service behaves; can be replaced while it runs. Immutable.
 *
 * @param accessTokenLifetime of the API tokens that have none of their own
 * @param paymentMethod whether organizations and teams have a valid one
 * @param freeClusterLimit how many free clusters an organization or team may have
 * @param strict the assumptions that are read strictly
 */
record Settings(
    TransitionTimes transitionTimes,
    Duration accessTokenLifetime,
    boolean paymentMethod,
    int freeClusterLimit,
    OfferedVersions versions,
    MachineCatalog catalog,
    Set<Assumption> strict) {

  static final Settings DEFAULT =
      new Settings(
          TransitionTimes.all(Duration.ofSeconds(2)),
          Duration.ofHours(1),
          true,
          1,
          new OfferedVersions(List.of("2.29.3", "3.0.6", "3.5.1")),
          MachineCatalog.REFERENCE,
          Assumption.strictByDefault());

  /** The settings of a copy that is to be changed. */
  static final class Changes {
    TransitionTimes transitionTimes;
    Duration accessTokenLifetime;
    boolean paymentMethod;
    int freeClusterLimit;
    OfferedVersions versions;
    MachineCatalog catalog;
    final Set<Assumption> strict = EnumSet.noneOf(Assumption.class);

    private Changes(Settings old) {
      transitionTimes = old.transitionTimes;
      accessTokenLifetime = old.accessTokenLifetime;
      paymentMethod = old.paymentMethod;
      freeClusterLimit = old.freeClusterLimit;
      versions = old.versions;
      catalog = old.catalog;
      strict.addAll(old.strict);
    }

    /**
     * Reads an assumption strictly, or leniently.
     *
     * @throws IllegalArgumentException when it has only one reading
     */
    void read(Assumption assumption, boolean strictly) {
      if (!assumption.hasReadings()) {
        throw new IllegalArgumentException(
            "The assumption %s has only one reading; those with two are %s."
                .formatted(assumption, Assumption.withReadings()));
      }
      if (strictly) {
        strict.add(assumption);
      } else {
        strict.remove(assumption);
      }
    }
  }

  Settings {
    Durations.positive(accessTokenLifetime);
    if (freeClusterLimit < 0) {
      throw new IllegalArgumentException(
          "The limit of free clusters is " + freeClusterLimit + "; it must be 0 or more.");
    }
    strict = Set.copyOf(strict);
  }

  boolean isStrict(Assumption assumption) {
    return strict.contains(assumption);
  }

  /** A changed copy. */
  Settings with(Consumer<Changes> change) {
    Changes changed = new Changes(this);
    change.accept(changed);
    return new Settings(
        changed.transitionTimes,
        changed.accessTokenLifetime,
        changed.paymentMethod,
        changed.freeClusterLimit,
        changed.versions,
        changed.catalog,
        changed.strict);
  }
}
