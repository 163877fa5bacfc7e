package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.internal.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a failure, as the last sentence of an exception's message, without its full
 * stop. {@link StatusRule} says which status gets which.
 */
final class ErrorMessages {

  static final String CHECK_NETWORK =
      "; check the network, the base URL and the request timeout, then call again";

  static final String NOT_FROM_SERVICE =
      "It does not come from the service; check the base URL and any proxy on the way";

  private static final String CHECK_CREDENTIALS =
      "Check the client ID and the client secret (TYPEDB_CLOUD_CLIENT_ID and"
          + " TYPEDB_CLOUD_CLIENT_SECRET in the environment), and that the API token was not"
          + " deleted";

  private static final String READ_CLUSTER =
      "Read the cluster with get(id): its current state may not allow this";

  private ErrorMessages() {}

  /** A write that may have been applied. */
  static String readFirst(ApiCall<?> call) {
    return "It may or may not have been applied; read " + call.target() + " before you retry";
  }

  /** A success whose body cannot be decoded. */
  static String unreadable(ApiCall<?> call, HttpResponse response) {
    if (!call.operation().isRead()) {
      return "It was probably applied: read the cluster before you retry";
    }
    return switch (response.bodyState()) {
      case COMPLETE ->
          "Check that the base URL is that of the service and not of a proxy or portal";
      case TOO_LARGE -> "Raise maxResponseBytes of the client";
      case TRUNCATED -> "Call again";
    };
  }

  static String redirect(ApiCall<?> call, @Nullable Duration retryAfter) {
    return "Redirects are not followed; use the URL that it points to as the base URL";
  }

  static String badRequest(ApiCall<?> call, @Nullable Duration retryAfter) {
    return switch (call.operation()) {
      case EXCHANGE_TOKEN -> CHECK_CREDENTIALS;
      case GET, LIST, VERSIONS -> "Check the two IDs of the scope and the base URL";
      case DEPLOY, UPDATE ->
          "Correct the request; validate(request) lists violations of the documented rules";
      default -> READ_CLUSTER;
    };
  }

  static String unauthorized(ApiCall<?> call, @Nullable Duration retryAfter) {
    return call.operation() == Operation.EXCHANGE_TOKEN
        ? CHECK_CREDENTIALS
        : "The access token was renewed once and rejected again; check that the API token was not"
            + " deleted and that the base URL is that of the service";
  }

  static String forbidden(ApiCall<?> call, @Nullable Duration retryAfter) {
    return switch (call.operation()) {
      case EXCHANGE_TOKEN -> CHECK_CREDENTIALS;
      case VERSIONS -> needsAccessLevel("any access level");
      default -> needsAccessLevel("the access level " + call.operation().accessLevel());
    };
  }

  static String notFound(ApiCall<?> call, @Nullable Duration retryAfter) {
    return switch (call.operation()) {
      case EXCHANGE_TOKEN -> "Check the base URL and any proxy on the way";
      case LIST -> "Check the two IDs of the scope, and that the API token belongs to it";
      case VERSIONS -> "Check the base URL";
      default ->
          "Check the IDs of the cluster and of its scope; list() shows the clusters that exist";
    };
  }

  static String conflict(ApiCall<?> call, @Nullable Duration retryAfter) {
    return switch (call.operation()) {
      case DEPLOY, CLONE, UPDATE ->
          "The ID is in use; choose another, or read the cluster that has it with get(id)";
      case EXCHANGE_TOKEN, LIST, VERSIONS -> undocumented(call, retryAfter);
      default -> READ_CLUSTER;
    };
  }

  static String throttled(ApiCall<?> call, @Nullable Duration retryAfter) {
    return "It was not processed; call again " + when(retryAfter);
  }

  static String serverError(ApiCall<?> call, @Nullable Duration retryAfter) {
    return call.operation().isRead() ? "Call again " + when(retryAfter) : readFirst(call);
  }

  static String undocumented(ApiCall<?> call, @Nullable Duration retryAfter) {
    return "No operation documents this status; check the base URL and any proxy on the way";
  }

  private static String needsAccessLevel(String level) {
    return "The operation needs an API token with "
        + level
        + " here; create one in the console of TypeDB Cloud";
  }

  private static String when(@Nullable Duration retryAfter) {
    return retryAfter == null
        ? "later"
        : "after " + retryAfter.toSeconds() + " s, as the service requests";
  }
}
