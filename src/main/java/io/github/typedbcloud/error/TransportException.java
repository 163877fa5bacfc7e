package io.github.typedbcloud.error;

/**
 * No response was received, and nothing was changed: the request was not sent, or it was a read. It
 * is safe to call again; {@link #reason()} says whether that is of use before something else is
 * changed.
 */
public final class TransportException extends TypeDBCloudException {

  private static final long serialVersionUID = 1L;

  /** Why no response was received. More may be added. */
  public enum Reason {
    /**
     * The timeout of the connection, of the attempt or of the call elapsed. An attempt is retried
     * while the deadline of the call leaves time.
     */
    TIMED_OUT,
    /** The connection could not be opened, or was closed or reset before the response. Retried. */
    CONNECTION_FAILED,
    /**
     * The host of the base URL, or of a proxy, has no address. A call retries it; it ends a wait of
     * which no poll got a response before.
     */
    UNKNOWN_HOST,
    /**
     * The certificate of the server is not trusted, has expired or is not valid yet. Not retried.
     */
    CERTIFICATE,
    /** The certificate of the server is for another host. Not retried. */
    HOST_NAME,
    /**
     * Client and server could not agree on TLS: no common version or cipher suite, or one of the
     * two does not speak TLS on this port. Not retried.
     */
    TLS,
    /**
     * A proxy did not open a tunnel to the service, because it requires credentials. Not retried.
     */
    PROXY,
    /** The bytes that were received are not a valid HTTP response. Retried. */
    INVALID_RESPONSE,
    /** The calling thread was interrupted; its interrupt flag is set. Not retried. */
    INTERRUPTED,
    /** The supplier or the file of the credentials failed. Retried. */
    CREDENTIALS,
    /**
     * A library on the class path is too old, or of another version than the rest of it: a {@link
     * LinkageError}, which is the cause. Not retried.
     */
    DEPENDENCIES,
    /** Anything else, for example an exception of an interceptor of the HTTP client. Retried. */
    OTHER
  }

  private final FailedCall call;
  private final Reason reason;

  /**
   * A request without a response.
   *
   * @param call the request that failed
   * @param reason why there was no response
   * @param message the human-readable message
   * @param cause the failure of the network, the timeout or the interrupt
   */
  public TransportException(FailedCall call, Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.call = call;
    this.reason = reason;
  }

  /** The request that failed: the call itself, or the token exchange before it. */
  public FailedCall call() {
    return call;
  }

  /** Why no response was received. */
  public Reason reason() {
    return reason;
  }
}
