package io.github.typedbcloud.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the simulator assumes about the service where the reference is silent, or can be read in two
 * ways. An assumption with two readings, strict and lenient, can be set with {@link
 * TypeDBCloudSimulator.Builder#strict} and {@link TypeDBCloudSimulator.Builder#lenient}; the others
 * are fixed. Together with the reference they describe what the simulator does with valid HTTP
 * requests as long as no {@link Fault} is injected.
 */
public enum Assumption {
  /**
   * The media type of the body of a write. Strict (default): a {@code Content-Type} other than JSON
   * is rejected with 415. Lenient: every body is read as JSON. A body without a {@code
   * Content-Type} is read as JSON in both.
   */
  CONTENT_TYPE(true, true),
  /** Unknown fields of a request. Strict (default): rejected with 400. Lenient: ignored. */
  UNKNOWN_FIELDS(true, true),
  /**
   * Fields of a request that are null. Strict (default): rejected with 400. Lenient: an optional
   * field that is null is read as absent.
   */
  NULL_FIELDS(true, true),
  /**
   * All fields of deploy but {@code backupConfiguration} are required; a field that occurs twice is
   * rejected with 400.
   */
  REQUIRED_FIELDS(false, false),
  /** {@code 10.0} and {@code 1e1} are not integers, and are rejected with 400. */
  INTEGERS(false, false),
  /**
   * An ID has single separators between groups of ASCII letters and digits, such as {@code a_b-c},
   * and any length.
   */
  ID_FORM(false, false),
  /**
   * The body of an operation that has none is ignored, but for its media type in a write. A body is
   * read as UTF-8; other bytes are replaced.
   */
  BODIES(false, false),
  /**
   * A paid cluster without {@code backupConfiguration}, in spaces; the reference calls the field
   * optional "for free clusters". Strict: rejected with 400. Lenient (default): accepted.
   */
  PAID_BACKUP(true, false),
  /**
   * A backup configuration without {@code frequency}, or empty. It is accepted, also for free
   * clusters: the default frequency of a free cluster is {@code disabled}.
   */
  BACKUP_DEFAULTS(false, false),
  /**
   * Suspending a suspending or suspended cluster, resuming a resuming or running one, destroying a
   * destroying one. Strict: rejected with 400. Lenient (default): 200, without any effect.
   */
  REPEATED_TRANSITION(true, false),
  /**
   * The status that an operation needs: suspend needs {@code running}, resume needs {@code
   * suspended}, destroy any. Otherwise the operation is rejected with 400.
   */
  TRANSITION_STATUS(false, false),
  /**
   * The status that update and clone need. Strict: update needs {@code running}, clone {@code
   * running} or {@code suspended}; otherwise 400. Lenient (default): any but {@code destroying}.
   */
  UPDATE_AND_CLONE_STATUS(true, false),
  /** An update to less storage. Strict: rejected with 400. Lenient (default): accepted. */
  STORAGE_DECREASE(true, false),
  /** An update to an older version. Strict: rejected with 400. Lenient (default): accepted. */
  VERSION_DOWNGRADE(true, false),
  /**
   * An update or clone to an ID in use; the reference lists 409 for deploy only. Strict: rejected
   * with 400. Lenient (default): rejected with 409.
   */
  ID_IN_USE_STATUS(true, false),
  /** An update to the present ID is accepted, and is not a change. */
  SAME_ID(false, false),
  /**
   * The servers of a cluster are {@code pending} while it is starting and resuming, {@code running}
   * while it is running and suspending, and as before while it is destroying.
   */
  SERVER_STATUS(false, false),
  /**
   * While a cluster is destroying, its ID is in use, get and list show it, and it counts as free.
   */
  DESTROYING_CLUSTER(false, false),
  /**
   * A free cluster beyond the limit of the organization or team, or one that exceeds what is free,
   * is rejected with 400. All projects or spaces of an owner share the limit.
   */
  FREE_LIMIT(false, false),
  /**
   * A clone of a free cluster is free where the limit of free clusters allows it, and a paid
   * cluster otherwise. The reference's example shows a free clone.
   */
  CLONE_OF_FREE(false, false),
  /** An update that exceeds what is free makes a free cluster a paid one. */
  UPDATE_OF_FREE(false, false),
  /** A write that needs a payment method and has none is rejected with 400. */
  PAYMENT_METHOD(false, false),
  /**
   * {@code latest} becomes the newest of the offered versions when the request is accepted, and
   * never changes by itself.
   */
  LATEST_VERSION(false, false),
  /**
   * A version that is not offered is rejected with 400, unless an update keeps the version. An
   * update of several servers to 3.0 or later is rejected with 400.
   */
  OFFERED_VERSIONS(false, false),
  /**
   * A request that is invalid in several ways is rejected with the first of these: 404 or 405 for
   * the path, 400 without a token, 401, 404 for the scope, 403, 415, 400 for the body, 404 for the
   * cluster, 400 or 409. An ID in use comes before the limits in deploy, and last in update, which
   * knows only from the cluster whether a machine type or a version is valid.
   */
  ORDER_OF_CHECKS(false, false),
  /** An {@code Authorization} header of another scheme is one without a token: 400. */
  OTHER_SCHEME(false, false),
  /**
   * A path that does not exist is rejected with 404, another method of a path with 405. Names are
   * percent-decoded, and not empty; {@code .} and {@code ..} are names.
   */
  UNKNOWN_PATH(false, false),
  /** HEAD is GET without a body in the response. */
  HEAD(false, false);

  private final boolean hasReadings;
  private final boolean strictByDefault;

  Assumption(boolean hasReadings, boolean strictByDefault) {
    this.hasReadings = hasReadings;
    this.strictByDefault = strictByDefault;
  }

  static Set<Assumption> strictByDefault() {
    return Arrays.stream(values())
        .filter(Assumption::isStrictByDefault)
        .collect(Collectors.toUnmodifiableSet());
  }

  static List<Assumption> withReadings() {
    return Arrays.stream(values()).filter(Assumption::hasReadings).toList();
  }

  /** Whether there are two readings, strict and lenient. */
  public boolean hasReadings() {
    return hasReadings;
  }

  /** Whether the strict reading is the default; false without two readings. */
  public boolean isStrictByDefault() {
    return strictByDefault;
  }

  /** The name on the command line and in JSON, in camel case, such as {@code contentType}. */
  @Override
  public String toString() {
    return JsonNames.of(this);
  }
}
