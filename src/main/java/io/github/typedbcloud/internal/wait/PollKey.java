package io.github.typedbcloud.internal.wait;

/**
 * Which waits may share polls: those whose polls would be the same call.
 *
 * @param path of the clusters of one scope
 */
public record PollKey(String path) {}
