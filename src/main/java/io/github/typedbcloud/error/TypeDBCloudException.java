package io.github.typedbcloud.error;

import org.jspecify.annotations.Nullable;

/** Any failure of the client. Catch it to catch them all. */
public abstract sealed class TypeDBCloudException extends RuntimeException
    permits ApiException,
        InvalidRequestException,
        OutcomeUnknownException,
        TransportException,
        UnreadableResponseException,
        WaitException {

  private static final long serialVersionUID = 1L;

  TypeDBCloudException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
