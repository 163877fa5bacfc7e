package io.github.typedbcloud.internal.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is sent.
 *
 * @param method the HTTP method; a GET has no body and changes nothing
 * @param path the percent-encoded path below the base URL
 * @param authorization the {@code Authorization} header
 * @param accept the {@code Accept} header
 * @param headers the other headers of the caller
 * @param body the JSON body; null for none
 * @param tag attached to the OkHttp request by its class, for the interceptors of the user; null
 *     for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and written once
public record HttpRequest(
    String method,
    String path,
    Authorization authorization,
    String accept,
    Map<String, String> headers,
    byte @Nullable [] body,
    @Nullable Object tag) {}
