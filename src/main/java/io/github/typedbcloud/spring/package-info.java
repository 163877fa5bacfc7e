/**
 * Auto-configuration for Spring Boot 3.5 and 4: a client, its clusters, metrics and health. Spring
 * is an optional dependency.
 *
 * <p>The guide to Spring Boot documents the properties.
 */
@NullMarked
package io.github.typedbcloud.spring;

import org.jspecify.annotations.NullMarked;
