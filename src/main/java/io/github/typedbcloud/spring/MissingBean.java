package io.github.typedbcloud.spring;

/**
 * Why a bean is not auto-configured.
 *
 * @param reason continues "There is none, because"
 * @param action what to do
 */
record MissingBean(String reason, String action) {}
