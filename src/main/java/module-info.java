import org.jspecify.annotations.NullMarked;

/**
 * The TypeDB Cloud administration API, typed.
 *
 * <p>Start at the package {@code io.github.typedbcloud}. Packages that are not exported, {@code
 * internal} and {@code cli}, may change in any release.
 */
@NullMarked
@SuppressWarnings("requires-automatic") // Micrometer and Spring have only names in their manifests
module io.github.typedbcloud {
  requires com.fasterxml.jackson.annotation;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires okhttp3;
  requires org.slf4j;
  requires static micrometer.core;
  requires static okhttp3.tls;
  requires static transitive org.jspecify;
  requires static org.junit.jupiter.api;
  requires static org.junit.platform.commons;
  requires static spring.beans;
  requires static spring.boot;
  requires static spring.boot.actuator;
  requires static spring.boot.actuator.autoconfigure;
  requires static spring.boot.autoconfigure;
  requires static spring.boot.health;
  requires static spring.context;
  requires static spring.core;

  exports io.github.typedbcloud;
  exports io.github.typedbcloud.console;
  exports io.github.typedbcloud.ephemeral;
  exports io.github.typedbcloud.error;
  exports io.github.typedbcloud.event;
  exports io.github.typedbcloud.junit;
  exports io.github.typedbcloud.micrometer;
  exports io.github.typedbcloud.model;
  exports io.github.typedbcloud.simulator;
  exports io.github.typedbcloud.spring;
  exports io.github.typedbcloud.time;
  exports io.github.typedbcloud.validation;

  // Spring creates and calls what is not public.
  opens io.github.typedbcloud.spring;
}
