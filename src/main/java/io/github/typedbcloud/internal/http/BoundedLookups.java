package io.github.typedbcloud.internal.http;

import io.github.typedbcloud.internal.concurrent.DaemonThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the two steps of a new connection that have no timeout and do not react to an interrupt:
 * the resolution of the host name and the selection of a proxy. They run on a daemon thread, for
 * which the call waits until its own deadline. Calls that need the same result share one lookup.
 * Thread-safe.
 */
final class BoundedLookups {

  /** A lookup that takes longer is not joined: another is started, which may succeed. */
  private static final Duration MAX_JOINABLE_AGE = Duration.ofSeconds(10);

  /** At most this many lookups that hang; after that, calls join the last. */
  private static final int MAX_LOOKUPS = 16;

  private static final ThreadLocal<@Nullable Deadline> DEADLINE = new ThreadLocal<>();

  private final Map<Object, Lookup<?>> inFlight = new ConcurrentHashMap<>();
  private final AtomicInteger running = new AtomicInteger();

  /** A lookup, and when it is too old to be joined. */
  private record Lookup<T>(CompletableFuture<T> result, Deadline joinableUntil) {
    boolean isJoinable() {
      return !result.isDone() && !joinableUntil.isOver();
    }
  }

  /**
   * The current thread begins a request, or continues with the one around it.
   *
   * @param deadline of the request; null for none
   * @return that of the request around it, which an interceptor of the user may have begun
   */
  static @Nullable Deadline enter(@Nullable Deadline deadline) {
    Deadline outer = DEADLINE.get();
    if (deadline == null) {
      DEADLINE.remove();
    } else {
      DEADLINE.set(deadline);
    }
    return outer;
  }

  /** Has a client make the lookups of another one, bounded by the calls of this transport. */
  void bind(OkHttpClient.Builder builder, OkHttpClient client) {
    builder
        .dns(new BoundedDns(client.dns()))
        .proxySelector(new BoundedProxySelector(client.proxySelector()));
  }

  /** The result of a lookup, or its failure. */
  private <T> T await(String what, Object key, Callable<T> lookup) throws IOException {
    Deadline deadline = DEADLINE.get();
    if (deadline == null) {
      // Of a call that this transport did not start.
      return call(lookup);
    }
    try {
      return this.<T>joinOrStart(key, lookup)
          .get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new InterruptedIOException(what + " did not end in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(what + " was interrupted");
    } catch (ExecutionException e) {
      throw asIoException(Objects.requireNonNull(e.getCause()));
    }
  }

  @SuppressWarnings("unchecked") // one key has results of one type
  private <T> CompletableFuture<T> joinOrStart(Object key, Callable<T> lookup) {
    Lookup<?> joined =
        inFlight.compute(
            key,
            (unused, current) ->
                current != null
                        && (current.isJoinable()
                            || (!current.result().isDone() && running.get() >= MAX_LOOKUPS))
                    ? current
                    : start(key, lookup));
    return (CompletableFuture<T>) joined.result();
  }

  private <T> Lookup<T> start(Object key, Callable<T> lookup) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Lookup<T> started = new Lookup<>(result, Deadline.after(MAX_JOINABLE_AGE));
    // First, because it may fail.
    DaemonThreads.start(
        "typedb-cloud-lookup",
        () -> {
          running.incrementAndGet();
          try {
            result.complete(lookup.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          } finally {
            running.decrementAndGet();
            inFlight.remove(key, started);
          }
        });
    return started;
  }

  private static <T> T call(Callable<T> lookup) throws IOException {
    try {
      return lookup.call();
    } catch (Exception e) {
      throw asIoException(e);
    }
  }

  private static IOException asIoException(Throwable failure) {
    if (failure instanceof UnknownHostException unknown) {
      // A copy: callers that share the lookup must not share an exception.
      UnknownHostException copy = new UnknownHostException(unknown.getMessage());
      copy.initCause(unknown);
      return copy;
    }
    return new IOException(failure.toString(), failure);
  }

  /**
   * Resolves host names; OkHttp does not look addresses up. Equal to that of another client on the
   * same resolver, so that the two can share connections.
   */
  private final class BoundedDns implements Dns {
    private final Dns dns;

    BoundedDns(Dns dns) {
      this.dns = dns;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof BoundedDns bounded && dns.equals(bounded.dns);
    }

    @Override
    public int hashCode() {
      return dns.hashCode();
    }

    @Override
    public String toString() {
      return dns.toString();
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
      try {
        return await("the name lookup of " + host, host, () -> dns.lookup(host));
      } catch (UnknownHostException e) {
        throw e;
      } catch (IOException e) {
        UnknownHostException failure = new UnknownHostException(e.getMessage());
        failure.initCause(e);
        throw failure;
      }
    }
  }

  /** Selects a proxy; equal as {@link BoundedDns} is. */
  private final class BoundedProxySelector extends ProxySelector {
    private final ProxySelector selector;

    BoundedProxySelector(ProxySelector selector) {
      this.selector = selector;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof BoundedProxySelector bounded && selector.equals(bounded.selector);
    }

    @Override
    public int hashCode() {
      return selector.hashCode();
    }

    @Override
    public List<Proxy> select(URI uri) {
      try {
        return await("the selection of a proxy", uri, () -> selector.select(uri));
      } catch (IOException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      selector.connectFailed(uri, address, failure);
    }
  }
}
