package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.api.Operation;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person can do about an answer that is not the documented success. */
final class ErrorMessages {

  /** How a sentence goes on that says that nothing was done. */
  static final String CHECK_NETWORK =
      "; check the network, the base URL and the request timeout, then call again";

  private ErrorMessages() {}

  /** What to do about a status that is no success. */
  static String on(ApiRequest request, int status, @Nullable Duration retryAfter) {
    if (status >= 300 && status <= 399) {
      return "Redirects are not followed; give the URL that it leads to as the base URL";
    }
    if (status == 425 || status == 429) {
      return "It was not looked at; " + callAgain(retryAfter);
    }
    if (status == 408 || status >= 500) {
      return request.operation().repeatable()
          ? capitalized(callAgain(retryAfter))
          : readFirst(request);
    }
    return switch (request.operation()) {
      case EXCHANGE_TOKEN -> onExchange(status);
      case LIST, VERSIONS -> onScope(request, status);
      default -> onCluster(request, status);
    };
  }

  /** What to do about a write that may or may not have been done. */
  static String readFirst(ApiRequest request) {
    return "It may or may not have been done; read " + request.target() + " before you write again";
  }

  private static String callAgain(@Nullable Duration retryAfter) {
    return "call again "
        + (retryAfter == null ? "later" : "after " + retryAfter.toSeconds() + " s, as it asks");
  }

  private static String capitalized(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** What to do about a success whose body cannot be read. */
  static String onUnreadable(ApiRequest request, HttpResponse answer) {
    if (!request.operation().repeatable()) {
      return "It was probably done: read the cluster before you write again";
    }
    return switch (answer.bodyState()) {
      case WHOLE -> "Check that the base URL is that of the service and not of a proxy or portal";
      case TOO_LARGE -> "Raise maxResponseBytes of the client";
      case CUT_SHORT -> "Call again";
    };
  }

  private static String onExchange(int status) {
    return switch (status) {
      case 400, 401, 403 ->
          "Check the client ID and the client secret (TYPEDB_CLOUD_CLIENT_ID and"
              + " TYPEDB_CLOUD_CLIENT_SECRET in the environment), and that the API token was not"
              + " deleted";
      default -> "Check the base URL and any proxy on the way";
    };
  }

  private static String onScope(ApiRequest request, int status) {
    return switch (status) {
      case 404 ->
          request.operation() == Operation.LIST
              ? "Check the two IDs of the scope, and that the API token belongs to it"
              : "Check the base URL";
      default -> onAny(request, status);
    };
  }

  private static String onCluster(ApiRequest request, int status) {
    return switch (status) {
      case 404 ->
          "Check the IDs of the cluster and of its scope; list() shows the clusters that are there";
      case 409 ->
          switch (request.operation()) {
            case DEPLOY, CLONE, UPDATE ->
                "The ID is in use; choose another, or read the cluster that has it with get(id)";
            default -> "Read the cluster with get(id): its state does not allow this now";
          };
      case 400 ->
          switch (request.operation()) {
            case DEPLOY, UPDATE ->
                "Correct the request; validate(request) tells what the documented rules refuse";
            case GET -> onAny(request, status);
            default -> "Read the cluster with get(id): its state may not allow this now";
          };
      default -> onAny(request, status);
    };
  }

  private static String onAny(ApiRequest request, int status) {
    return switch (status) {
      case 400 -> "Check the two IDs of the scope and the base URL";
      case 401 ->
          "The access token was renewed once and refused again; check that the API token was not"
              + " deleted and that the base URL is that of the service";
      case 403 ->
          "The operation needs an API token with "
              + (request.operation() == Operation.VERSIONS
                  ? "any access level"
                  : "the access level " + request.operation().accessLevel())
              + " here; make one in the console of TypeDB Cloud";
      default -> "No operation documents this status; check the base URL and any proxy on the way";
    };
  }
}
