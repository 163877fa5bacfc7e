package io.github.typedbcloud.simulator;

/** Which tokens a fault ends before a request is processed. */
enum TokenEnd {
  NONE,
  /** The access token that the request carries. */
  ACCESS_TOKEN,
  /** The API token of the access token, or the one to exchange, and all its access tokens. */
  API_TOKEN
}
