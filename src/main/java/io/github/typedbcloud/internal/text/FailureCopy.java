package io.github.typedbcloud.internal.text;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception of which no copy of its own type can be made. It prints as that one, with
 * another message, and has its stack trace.
 */
final class FailureCopy extends IOException {

  private static final long serialVersionUID = 1L;

  /** The maximum length of the message of a cause. */
  static final int MAX_MESSAGE = 1_000;

  private static final int MAX_COPIES = 32;

  private static final String WITHHELD = "its message is not shown, because it may repeat a secret";

  /** Messages that quote nothing of a response. */
  private static final Pattern WITHOUT_QUOTES =
      Pattern.compile(
          "unexpected end of stream( on http\\S+)?|Canceled|stream was reset: [A-Z_0-9]+"
              + "|the calling thread was interrupted|the body is larger than \\d+ bytes"
              + "|the HTTP client failed: |the call factory failed: "
              + "|an interceptor or the call factory replaced the request: .*"
              + "|an interceptor or the call factory sent the request a second time, .*");

  /** Of what Okio had read. */
  private static final Pattern DUMP = Pattern.compile("content=[0-9a-f]+…?");

  /** Makes the message of one exception, or its whole text, clean. */
  @FunctionalInterface
  interface Cleaner {
    String clean(Throwable failure, String text);
  }

  private final String originalType;

  private FailureCopy(String originalType, @Nullable String message) {
    super(message);
    this.originalType = originalType;
  }

  @SuppressWarnings("OverrideThrowableToString") // prints the type that it stands for
  @Override
  public String toString() {
    return getMessage() == null ? originalType : originalType + ": " + getMessage();
  }

  /** The failure itself when the function changes no text in it, and otherwise a copy. */
  static Exception clean(Exception failure, Cleaner cleaner) {
    return isClean(failure, cleaner, Collections.newSetFromMap(new IdentityHashMap<>()))
        ? failure
        : (Exception) copy(failure, cleaner, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  /** A message of Okio without its hexadecimal dump of the response. */
  static String withoutDump(String message) {
    return DUMP.matcher(message).replaceAll("content withheld");
  }

  /** The message of a failure while a response with an unknown secret was received. */
  static String withoutQuotes(Throwable failure, String message) {
    boolean isOfConnection =
        failure instanceof SocketException
            || failure instanceof InterruptedIOException
            || failure instanceof UnknownHostException
            || failure instanceof SSLException
            || failure instanceof InterruptedException
            || failure instanceof TimeoutException;
    boolean isShown =
        isOfConnection
            || failure instanceof LinkageError
            || WITHOUT_QUOTES.matcher(withoutLinkage(failure.getCause(), message)).matches();
    return isShown ? message : WITHHELD;
  }

  /** A message without the text at its end of an error of libraries that do not match. */
  private static String withoutLinkage(@Nullable Throwable cause, String message) {
    return cause instanceof LinkageError && message.endsWith(cause.toString())
        ? message.substring(0, message.length() - cause.toString().length())
        : message;
  }

  /** The simple name of a failure's type, or of the one that it stands for. */
  static String typeName(Throwable failure) {
    return failure instanceof FailureCopy copy
        ? copy.originalType.substring(copy.originalType.lastIndexOf('.') + 1)
        : failure.getClass().getSimpleName();
  }

  private static boolean isClean(Throwable failure, Cleaner cleaner, Set<Throwable> seen) {
    if (!seen.add(failure)) {
      return true;
    }
    String message = failure.getMessage();
    if (message != null && !cleaner.clean(failure, message).equals(message)) {
      return false;
    }
    // Whatever toString() says: it is what is printed.
    String printed = failure.toString();
    if (!printed.equals(plain(failure, message))
        && !cleaner.clean(failure, printed).equals(printed)) {
      return false;
    }
    Throwable cause = failure.getCause();
    if (cause != null && !isClean(cause, cleaner, seen)) {
      return false;
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      if (!isClean(suppressed, cleaner, seen)) {
        return false;
      }
    }
    return true;
  }

  /** A copy; one that is in it already, because of a cycle, is left out. */
  private static Throwable copy(Throwable failure, Cleaner cleaner, Set<Throwable> seen) {
    seen.add(failure);
    String message = failure.getMessage();
    Throwable cause = failure.getCause();
    Throwable copy =
        withoutTrace(
            failure,
            message == null ? null : cleaner.clean(failure, message),
            cause == null || !isNew(cause, seen) ? null : copy(cause, cleaner, seen));
    copy.setStackTrace(failure.getStackTrace());
    for (Throwable suppressed : failure.getSuppressed()) {
      if (isNew(suppressed, seen)) {
        copy.addSuppressed(copy(suppressed, cleaner, seen));
      }
    }
    return copy;
  }

  private static boolean isNew(Throwable failure, Set<Throwable> seen) {
    return seen.size() < MAX_COPIES && !seen.contains(failure);
  }

  /** Of the same type, if that is one of the JDK: users distinguish failures of the network. */
  private static Throwable withoutTrace(
      Throwable failure, @Nullable String message, @Nullable Throwable cause) {
    Class<?> type = failure.getClass();
    if (message != null
        && failure instanceof Exception
        && (type.getName().startsWith("java.") || type.getName().startsWith("javax."))) {
      try {
        Throwable copy = (Throwable) type.getConstructor(String.class).newInstance(message);
        if (copy.toString().equals(plain(copy, message))) {
          return cause == null ? copy : copy.initCause(cause);
        }
      } catch (ReflectiveOperationException | RuntimeException e) {
        // No such constructor, or it is not accessible.
      }
    }
    FailureCopy copy = new FailureCopy(type.getName(), message);
    if (cause != null) {
      copy.initCause(cause);
    }
    return copy;
  }

  private static String plain(Throwable failure, @Nullable String message) {
    String type = failure.getClass().getName();
    return message == null ? type : type + ": " + message;
  }
}
