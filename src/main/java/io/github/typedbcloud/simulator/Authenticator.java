package io.github.typedbcloud.simulator;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Authenticates and authorizes callers. Thread-safe. */
final class Authenticator {

  private final Predicate<CloudScope> scopeExists;
  private final AccessTokens accessTokens;

  /** By client ID, oldest first. */
  private final Map<String, ApiToken> apiTokens = new LinkedHashMap<>();

  private List<ApiToken> atStart = List.of();

  /** Of all API tokens; replaced whenever one is added or revoked. */
  private volatile Secrets secrets = Secrets.NONE;

  Authenticator(Predicate<CloudScope> scopeExists, AccessTokens accessTokens) {
    this.scopeExists = scopeExists;
    this.accessTokens = accessTokens;
  }

  synchronized void add(ApiToken token) {
    CloudScope scope = token.scope();
    if (scope != null && !scopeExists.test(scope)) {
      throw new IllegalArgumentException(
          "The API token \"%s\" is for the unknown %s; add that to the simulator first."
              .formatted(token.clientId(), scope));
    }
    if (apiTokens.putIfAbsent(token.clientId(), token) != null) {
      throw new IllegalArgumentException(
          "The client ID \"%s\" is already in use; choose another.".formatted(token.clientId()));
    }
    secrets = Secrets.of(apiTokens.values());
  }

  /**
   * Requires that no client ID is in use, and none is twice in the list.
   *
   * @throws ApiError 409 otherwise
   */
  synchronized void requireUnused(List<ApiToken> tokens) {
    Set<String> ids = new HashSet<>(apiTokens.keySet());
    for (ApiToken token : tokens) {
      if (!ids.add(token.clientId())) {
        throw ApiError.conflict(
            "The client ID \"%s\" is already in use; choose another.".formatted(token.clientId()));
      }
    }
  }

  /** Revokes an API token, and returns whether there was one. */
  synchronized boolean revoke(String clientId) {
    boolean revoked = apiTokens.remove(clientId) != null;
    secrets = Secrets.of(apiTokens.values());
    return revoked;
  }

  /** All API tokens, oldest first. */
  synchronized List<ApiToken> apiTokens() {
    return List.copyOf(apiTokens.values());
  }

  /** The secrets of all API tokens. */
  Secrets secrets() {
    return secrets;
  }

  /** Makes the current API tokens those to which {@link #reset} returns. */
  synchronized void markStart() {
    atStart = apiTokens();
  }

  /**
   * Returns to the API tokens of the start. Access tokens of these stay valid; those of other API
   * tokens expire.
   */
  synchronized void reset() {
    apiTokens.clear();
    atStart.forEach(token -> apiTokens.put(token.clientId(), token));
    secrets = Secrets.of(apiTokens.values());
    accessTokens.expireIf(owner -> !atStart.contains(owner));
  }

  /**
   * Exchanges the header {@code Basic CLIENT_ID:CLIENT_SECRET}, which is not base64, for an access
   * token.
   *
   * @throws ApiError 400 when the credentials are invalid
   */
  synchronized String exchange(@Nullable String header) {
    String credentials = credentials("Basic", header);
    int colon = credentials == null ? -1 : credentials.indexOf(':');
    if (credentials == null || colon < 0) {
      throw ApiError.badRequest(
          "invalid_authorization_header",
          "The Authorization header must be \"Basic CLIENT_ID:CLIENT_SECRET\", not base64-encoded.");
    }
    ApiToken token = apiTokens.get(credentials.substring(0, colon));
    if (token == null) {
      throw ApiError.badRequest("invalid_client_id", "The client ID is invalid.");
    }
    if (!token.hasSecret(credentials.substring(colon + 1))) {
      throw ApiError.badRequest("invalid_client_secret", "The client secret is invalid.");
    }
    return accessTokens.issue(token);
  }

  /**
   * Returns the API token behind the header {@code Bearer ACCESS_TOKEN}.
   *
   * @throws ApiError 400 without an access token, 401 when it is invalid or expired
   */
  ApiToken authenticate(@Nullable String header) {
    String accessToken = credentials("Bearer", header);
    if (accessToken == null || accessToken.isEmpty()) {
      throw ApiError.badRequest(
          "invalid_authorization_header",
          "The Authorization header must be \"Bearer ACCESS_TOKEN\".");
    }
    ApiToken owner = accessTokens.owner(accessToken);
    if (owner == null) {
      throw ApiError.unauthorized(
          "The access token is invalid or has expired; exchange an API token for a new one.");
    }
    return owner;
  }

  /**
   * Requires that the token may perform the operation.
   *
   * @throws ApiError 403 when the token lacks the access level on that scope
   */
  static void authorize(ApiToken token, Operation operation, CloudScope scope) {
    AccessLevel needed = operation.level();
    if (needed != null && !token.allows(needed, scope)) {
      throw ApiError.forbidden(needed, scope);
    }
  }

  /** Ends the tokens that a fault selects, if the request carries any. */
  synchronized void end(TokenEnd which, @Nullable String header) {
    if (which == TokenEnd.NONE) {
      return;
    }
    String accessToken = credentials("Bearer", header);
    if (which == TokenEnd.ACCESS_TOKEN && accessToken != null) {
      accessTokens.expire(accessToken);
    }
    if (which == TokenEnd.API_TOKEN) {
      ApiToken owner =
          accessToken == null ? tokenToExchange(header) : accessTokens.owner(accessToken);
      if (owner != null) {
        apiTokens.remove(owner.clientId(), owner);
        secrets = Secrets.of(apiTokens.values());
        accessTokens.expireIf(owner::equals);
      }
    }
  }

  private @Nullable ApiToken tokenToExchange(@Nullable String header) {
    return apiTokens.get(clientId(header));
  }

  /** The client ID in the header of a token exchange, valid or not; empty without credentials. */
  static String clientId(@Nullable String header) {
    String credentials = credentials("Basic", header);
    return credentials == null ? "" : credentials.split(":", 2)[0];
  }

  void expireAccessTokens() {
    accessTokens.expireIf(owner -> true);
  }

  /**
   * Expires the access tokens of a client ID, whose API token may be revoked, and returns whether
   * there was an API token or a valid access token.
   */
  synchronized boolean expireAccessTokens(String clientId) {
    boolean expired = accessTokens.expireIf(owner -> owner.clientId().equals(clientId));
    return expired || apiTokens.containsKey(clientId);
  }

  /** How many access tokens of a client ID are valid. */
  int countAccessTokens(String clientId) {
    return accessTokens.count(clientId);
  }

  /** The credentials after the scheme, which is case-insensitive; null for another scheme. */
  private static @Nullable String credentials(String scheme, @Nullable String header) {
    String start = scheme + " ";
    return header != null && header.regionMatches(true, 0, start, 0, start.length())
        ? header.substring(start.length()).strip()
        : null;
  }
}
