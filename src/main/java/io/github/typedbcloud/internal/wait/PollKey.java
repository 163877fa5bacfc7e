package io.github.typedbcloud.internal.wait;

import java.util.Map;

/**
 * Identifies the waits that share polls: those whose polls would be the same request.
 *
 * @param path of the clusters of one scope
 * @param headers the additional headers of the polls
 */
public record PollKey(String path, Map<String, String> headers) {}
