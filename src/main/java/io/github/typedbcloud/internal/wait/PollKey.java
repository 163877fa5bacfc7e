package io.github.typedbcloud.internal.wait;

import java.util.Map;

/**
 * Which waits may share polls: those whose polls would be the same call.
 *
 * @param path of the clusters of one scope
 * @param headers that the polls carry beside the usual ones
 */
public record PollKey(String path, Map<String, String> headers) {}
