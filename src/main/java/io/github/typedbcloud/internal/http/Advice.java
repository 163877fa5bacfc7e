package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.internal.api.ApiRequest;
import io.github.typedbcloud.internal.api.Operation;

/** What a person can do about a status. */
final class Advice {

  private Advice() {}

  static String on(ApiRequest request, int status) {
    if (status >= 300 && status <= 399) {
      return "Redirects are not followed; give the URL that it leads to as the base URL";
    }
    if (request.operation() == Operation.EXCHANGE_TOKEN
        && (status == 400 || status == 401 || status == 403)) {
      return "Check the client ID and the client secret (TYPEDB_CLOUD_CLIENT_ID and"
          + " TYPEDB_CLOUD_CLIENT_SECRET in the environment), and that the API token was not"
          + " deleted";
    }
    return switch (status) {
      case 400 -> "Correct the request; validate(request) tells what the documented rules refuse";
      case 401 ->
          "The access token was renewed once and refused again; check that the API token was not"
              + " deleted and that the base URL is that of the service";
      case 403 ->
          "The operation needs an API token with the access level "
              + request.operation().accessLevel()
              + " here; make one in the console of TypeDB Cloud";
      case 404 ->
          "Check the IDs of the cluster and of its scope; list() shows the clusters that are there";
      case 409 -> "The ID is in use; choose another, or read the cluster that has it with get(id)";
      case 408, 429, 500, 502, 503, 504 ->
          request.operation().repeatable()
              ? "Call again later"
              : "It may have been done; read the cluster before you write again";
      default -> "No operation documents this status; check the base URL and any proxy on the way";
    };
  }
}
