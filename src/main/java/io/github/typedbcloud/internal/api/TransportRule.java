package io.github.typedbcloud.internal.api;

import io.github.typedbcloud.error.TransportException.Reason;
import io.github.typedbcloud.internal.version.Dependencies;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * What each failure without a response means: one row each, for the retries of a call, for waits,
 * and for the exception that a caller gets. A new failure starts here.
 *
 * <p>The first row that matches the exception or one of its causes wins.
 */
public enum TransportRule {
  DEPENDENCIES(Reason.DEPENDENCIES, Retried.NEVER, Dependencies::advice, TransportRule::isMismatch),
  INTERRUPTED(Reason.INTERRUPTED, Retried.YES, ""),
  CREDENTIALS(Reason.CREDENTIALS, Retried.YES, "Check the supplier or the file of the credentials"),
  PROXY(
      Reason.PROXY,
      Retried.BY_WAITS,
      "Set the credentials of the proxy: customizeHttpClient of the client's builder sets a"
          + " proxyAuthenticator",
      message("Failed to authenticate with proxy")
          .or(message("Received HTTP_PROXY_AUTH (407) code"))),
  HOST_NAME(
      Reason.HOST_NAME,
      Retried.NEVER,
      "The certificate is that of another host: check the base URL, and any proxy on the way",
      TransportRule::isOtherHost),
  CERTIFICATE(
      Reason.CERTIFICATE,
      Retried.NEVER,
      "The certificate is not trusted, has expired or is not valid yet: check the trust store of"
          + " this JVM, which needs the CA of a proxy that inspects TLS, and the clock of this"
          + " machine",
      TransportRule::isCertificate),
  UNKNOWN_HOST(
      Reason.UNKNOWN_HOST,
      Retried.BY_CALLS,
      "Check the host in the base URL, the DNS and any proxy of this machine",
      type(UnknownHostException.class)),
  TIMED_OUT(
      Reason.TIMED_OUT,
      Retried.YES,
      "Check the network, the base URL and the request timeout",
      type(InterruptedIOException.class).or(type(TimeoutException.class))),
  TLS(
      Reason.TLS,
      Retried.BY_WAITS,
      "Check that the base URL has the scheme, https or http, that the server speaks on its port,"
          + " that client and server have a TLS version in common, and any proxy on the way",
      TransportRule::isTls),
  CONNECTION_FAILED(
      Reason.CONNECTION_FAILED,
      Retried.YES,
      "Check the network, the base URL and any proxy on the way",
      type(SocketException.class).or(type(EOFException.class)).or(message("stream was reset"))),
  INVALID_RESPONSE(
      Reason.INVALID_RESPONSE,
      Retried.YES,
      "Check that the base URL is that of the service, and any proxy on the way",
      type(ProtocolException.class)),
  OTHER(
      Reason.OTHER,
      Retried.YES,
      "Check the network, the base URL and the settings of the HTTP client",
      failure -> true);

  /** Who sends the request again. */
  private enum Retried {
    /** Calls and waits. */
    YES,
    /** Calls; waits only if the service was reached before. */
    BY_CALLS,
    /** Waits, and only if the service was reached before. */
    BY_WAITS,
    /** Nobody. */
    NEVER
  }

  private static final int MAX_CAUSES = 32;

  private final Reason reason;
  private final Retried retried;

  @SuppressWarnings("ImmutableEnumChecker") // a function without state
  private final Supplier<String> advice;

  @SuppressWarnings("ImmutableEnumChecker") // a function without state
  private final Predicate<Throwable> match;

  /** A row that its caller names. */
  TransportRule(Reason reason, Retried retried, String advice) {
    this(reason, retried, advice, failure -> false);
  }

  TransportRule(Reason reason, Retried retried, String advice, Predicate<Throwable> match) {
    this(reason, retried, () -> advice, match);
  }

  TransportRule(
      Reason reason, Retried retried, Supplier<String> advice, Predicate<Throwable> match) {
    this.reason = reason;
    this.retried = retried;
    this.advice = advice;
    this.match = match;
  }

  /** The row of a failure on a thread that was not interrupted. */
  static TransportRule of(Throwable failure) {
    List<Throwable> causes = causes(failure);
    if (failure instanceof InterruptedIOException && !isLinkage(failure)) {
      // Whatever took too long.
      return TIMED_OUT;
    }
    for (TransportRule rule : values()) {
      if (causes.stream().anyMatch(rule.match)) {
        return rule;
      }
    }
    return OTHER;
  }

  /** The failure and its causes, of which an exception of a user's interceptor can have a cycle. */
  private static List<Throwable> causes(@Nullable Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .toList();
  }

  /** The row of a failure of the user's credentials. */
  public static TransportRule ofCredentials(Throwable failure) {
    return isLinkage(failure) ? DEPENDENCIES : CREDENTIALS;
  }

  /** Whether the libraries on the class path do not match, so that no other attempt succeeds. */
  public static boolean isLinkage(@Nullable Throwable failure) {
    return causes(failure).stream().anyMatch(DEPENDENCIES.match);
  }

  /** Whether a wait ends when a poll fails so. */
  public static boolean endsWait(Reason reason, boolean wasReached) {
    for (TransportRule rule : values()) {
      if (rule.reason == reason) {
        return rule.retried == Retried.NEVER || (rule.retried != Retried.YES && !wasReached);
      }
    }
    return false;
  }

  /** For the caller. */
  Reason reason() {
    return reason;
  }

  /** Whether a call may succeed at another attempt. */
  boolean isTransient() {
    return retried == Retried.YES || retried == Retried.BY_CALLS;
  }

  /** What to do about the cause, as a sentence without its full stop; empty for nothing. */
  String advice() {
    return advice.get();
  }

  private static Predicate<Throwable> type(Class<? extends Throwable> type) {
    return type::isInstance;
  }

  private static Predicate<Throwable> message(String start) {
    return failure -> messageOf(failure).startsWith(start);
  }

  /** An initializer that fails, and a native library that is missing, have other causes. */
  private static boolean isMismatch(Throwable failure) {
    return failure instanceof LinkageError
        && !(failure instanceof ExceptionInInitializerError)
        && !(failure instanceof UnsatisfiedLinkError)
        && !messageOf(failure).startsWith("Could not initialize class ");
  }

  /** The check of OkHttp, or the one of the JDK where that is switched on. */
  private static boolean isOtherHost(Throwable failure) {
    String message = messageOf(failure);
    return failure instanceof SSLPeerUnverifiedException
        ? message.startsWith("Hostname ")
        : failure instanceof CertificateException
            && (message.startsWith("No subject alternative ") || message.startsWith("No name "));
  }

  /** Of the certificate, of a pin, or of a trust store without certificates. */
  private static boolean isCertificate(Throwable failure) {
    return failure instanceof CertificateException
        || failure instanceof CertPathValidatorException
        || failure instanceof SSLPeerUnverifiedException
        || failure instanceof InvalidAlgorithmParameterException;
  }

  /** A connection that ends during the handshake is no failure of TLS. */
  private static boolean isTls(Throwable failure) {
    if (failure instanceof SSLException) {
      return causes(failure).stream()
          .noneMatch(cause -> cause instanceof SocketException || cause instanceof EOFException);
    }
    String message = messageOf(failure);
    // The start of a TLS alert, where the client expected a status line.
    return message.contains("content=1503")
        || message.startsWith("Unexpected status line: \u0015\u0003")
        || (failure instanceof UnknownServiceException
            && message.startsWith("Unable to find acceptable protocols"));
  }

  private static String messageOf(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? "" : message;
  }
}
