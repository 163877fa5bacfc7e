package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.internal.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a failure, as the last sentence of an exception's message, without its full
 * stop. {@link StatusRule} says which status gets which.
 */
final class ErrorMessages {

  static final String NOT_FROM_SERVICE =
      "It does not come from the service; check the base URL and any proxy on the way";

  static final String REDIRECT =
      "Redirects are not followed; use the URL that it points to as the base URL";

  static final String NOT_MODIFIED =
      "A cache on the way sent it, although the client has no copy; check any proxy or cache"
          + " on the way";

  static final String PROXY_AUTHENTICATION =
      "A proxy on the way requires credentials. " + TransportRule.PROXY.advice();

  static final String TOO_LARGE =
      "The request is too large for the service or for a proxy on the way; check its size, the"
          + " additional headers and the length of the IDs";

  static final String MISDIRECTED =
      "The server that was reached is not responsible for this host; check the base URL and any"
          + " proxy on the way";

  static final String LEGAL_REASONS =
      "Access is blocked for legal reasons, for example by the country or the network of this"
          + " machine";

  static final String HTTP_VERSION =
      "A server or proxy on the way does not support the version of HTTP; check the base URL,"
          + " any proxy on the way and the protocols of the HTTP client";

  static final String LOOP =
      "Proxies on the way send the request in a circle; check the base URL and their settings";

  static final String NETWORK_AUTHENTICATION =
      "The network of this machine requires a sign-in before it can be used, for example at a"
          + " captive portal; sign in first";

  static final String TLS_BEHIND_CDN =
      "The TLS connection between the content delivery network and the service failed, for"
          + " example because of the service's certificate; report it to the operator of the service";

  static final String UNDOCUMENTED =
      "No operation documents this status; check the base URL and any proxy on the way";

  static final String FREE_CLUSTER =
      "An organization or team can have one free cluster, in all of its projects or spaces: deploy"
          + " with free(false), or destroy the other one, which list() shows with isFree";

  private static final String CHECK_CREDENTIALS =
      "Check the client ID and the client secret that this client uses, and that the API token was"
          + " not deleted";

  private static final String READ_CLUSTER =
      "Read the cluster with get(id): its current state may not allow this";

  private ErrorMessages() {}

  /**
   * A write that may have been applied.
   *
   * @param causeAdvice what to do about the cause; empty for nothing
   */
  static String readFirst(ApiCall<?> call, String causeAdvice) {
    return (causeAdvice.isEmpty() ? "" : causeAdvice + ". ")
        + "It may or may not have been applied; read cluster '"
        + call.resultId()
        + "' in "
        + call.scope()
        + " before you retry";
  }

  /** A success that is not whole, or whose body cannot be decoded. */
  static String unreadable(ApiCall<?> call, HttpResponse response) {
    if (!call.operation().isRead()) {
      return readFirst(call, "");
    }
    if (StatusRule.of(response.status()) == StatusRule.PARTIAL_SUCCESS) {
      return "Check any proxy or cache on the way: the client requested all of it";
    }
    return switch (response.bodyState()) {
      case COMPLETE ->
          response.isOverdue()
              ? "Call again with a longer deadline"
              : "Check that the base URL is that of the service and not of a proxy or portal";
      case TOO_LARGE -> "Raise maxResponseBytes of the client";
      case TRUNCATED -> "Call again";
    };
  }

  /** No response to a request that changed nothing. */
  static String notSent(ApiCall<?> call, TransportRule rule) {
    return (call.operation().isRead() ? "It changed nothing" : "Nothing was sent")
        + (rule.advice().isEmpty() ? "" : ". " + rule.advice() + ", then call again");
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
      case EXCHANGE_TOKEN, LIST, VERSIONS -> UNDOCUMENTED;
      default -> READ_CLUSTER;
    };
  }

  static String throttled(ApiCall<?> call, @Nullable Duration retryAfter) {
    return "It was not processed; call again " + when(retryAfter);
  }

  static String serverError(ApiCall<?> call, @Nullable Duration retryAfter) {
    return call.operation().isRead() ? "Call again " + when(retryAfter) : "";
  }

  static String locked(ApiCall<?> call, @Nullable Duration retryAfter) {
    return "Another operation may be in progress; call again " + when(retryAfter);
  }

  static String notSupported(ApiCall<?> call, @Nullable Duration retryAfter) {
    return "A server or proxy on the way does not support the request, for example its method "
        + call.operation().method()
        + "; check the base URL and any proxy on the way";
  }

  static String behindCdn(ApiCall<?> call, @Nullable Duration retryAfter) {
    return "The content delivery network got no valid response from the service"
        + (call.operation().isRead() ? "; call again " + when(retryAfter) : "");
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
