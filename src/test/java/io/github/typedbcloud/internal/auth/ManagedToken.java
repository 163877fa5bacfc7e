package io.github.typedbcloud.internal.auth;

import io.github.typedbcloud.internal.api.Generation;
import io.github.typedbcloud.internal.http.BaseUrl;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.http.HttpTransport;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** A token manager whose time and whose exchanges a test moves by hand. */
final class ManagedToken implements AutoCloseable {

  static final Duration TIMEOUT = Duration.ofSeconds(30);

  final MockCloud cloud = new MockCloud();
  final ManualTime time = new ManualTime();
  final TokenManager manager;
  private final HttpTransport transport =
      new HttpTransport(BaseUrl.parse(cloud.url()), 1 << 20, null, unchanged -> {});
  private final List<Runnable> begun = new ArrayList<>();

  private ManagedToken(Executor executor) {
    TokenExchange exchange =
        new TokenExchange(
            transport,
            time,
            TIMEOUT,
            Credentials.of(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET),
            Generation.SPACES);
    manager = new TokenManager(exchange, time, executor == null ? this::hold : executor);
  }

  /** Exchanges begin and end inside the call that asks for them. */
  static ManagedToken atOnce() {
    return new ManagedToken(Runnable::run);
  }

  /** Exchanges wait for {@link #perform()}. */
  static ManagedToken held() {
    return new ManagedToken(null);
  }

  static ManagedToken with(Executor executor) {
    return new ManagedToken(executor);
  }

  /** The header that a call made now would carry. */
  String header() {
    return token().authorization().header();
  }

  AccessToken token() {
    return manager.token(Deadline.after(time, TIMEOUT));
  }

  /** How many exchanges were asked for and held since the last {@link #perform()}. */
  synchronized int waiting() {
    return begun.size();
  }

  /** Carries out the exchanges that are held. */
  void perform() {
    List<Runnable> all;
    synchronized (this) {
      all = List.copyOf(begun);
      begun.clear();
    }
    all.forEach(Runnable::run);
  }

  private synchronized void hold(Runnable exchange) {
    begun.add(exchange);
  }

  @Override
  public void close() {
    transport.close();
    cloud.close();
  }
}
