package io.github.typedbcloud.validation;

/** How much of a request is checked before it is sent. */
public enum Validation {

  /**
   * The documented rules and the catalog of providers, machine types, regions and storage types.
   */
  STRICT,

  /** The documented rules alone: for regions or machine types newer than the catalog. */
  RULES_ONLY,

  /** Nothing: the service validates the request. */
  OFF
}
