package io.github.typedbcloud.simulator;

/** Which tokens a fault ends before a request is processed. */
enum TokenEnd {
  NONE,
  /** The access token that the request carries. */
  ACCESS_TOKEN,
  /** The API token behind that, or the one to be exchanged, and all its access tokens. */
  API_TOKEN
}
