package io.github.typedbcloud.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.internal.api.ApiVersion;
import io.github.typedbcloud.internal.api.ClusterCalls;
import io.github.typedbcloud.internal.api.Result;
import io.github.typedbcloud.internal.concurrent.TaskContexts;
import io.github.typedbcloud.internal.http.BaseUrl;
import io.github.typedbcloud.internal.http.Deadline;
import io.github.typedbcloud.internal.http.HttpTransport;
import io.github.typedbcloud.internal.listeners.CallEvents;
import io.github.typedbcloud.internal.listeners.ListenerDispatcher;
import io.github.typedbcloud.internal.text.KnownSecrets;
import io.github.typedbcloud.support.Fixtures;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A token manager whose time and whose exchanges a test moves by hand. */
final class ManagedToken implements AutoCloseable {

  /** Longer than a test waits, so that a caller that should not wait cannot pass by it. */
  static final Duration TIMEOUT = Duration.ofMinutes(10);

  /** Long enough for a busy machine; nothing that succeeds takes it. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(20);

  final MockCloud cloud = new MockCloud();
  final ManualTime time = new ManualTime();
  final TokenManager manager;
  private final CallEvents call;
  private final HttpTransport transport =
      new HttpTransport(
          BaseUrl.parse(cloud.url()), 1 << 20, time, null, unchanged -> {}, http -> http);
  private final BlockingQueue<Runnable> begun = new LinkedBlockingQueue<>();

  private ManagedToken(Executor executor) {
    ListenerDispatcher listeners =
        new ListenerDispatcher(List.of(), time, cloud.url(), TaskContexts.NONE);
    call = listeners.callStarted(new ClusterCalls(Fixtures.SPACE).list(), null);
    TokenExchange exchange =
        new TokenExchange(
            transport,
            time,
            TIMEOUT,
            TIMEOUT,
            () -> Credentials.of(MockCloud.CLIENT_ID, MockCloud.CLIENT_SECRET),
            listeners,
            new KnownSecrets(),
            ApiVersion.SPACES);
    manager =
        new TokenManager(
            exchange,
            time,
            executor == null ? begun::add : executor,
            TaskContexts.NONE::capture,
            () -> {});
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
    return token(TIMEOUT);
  }

  /** A caller's token, or the exception of a caller who has no more time than that. */
  AccessToken token(Duration timeout) {
    Result<AccessToken> outcome = manager.token(Deadline.after(timeout), call);
    if (outcome instanceof Result.Failure<AccessToken> failed) {
      throw failed.exception();
    }
    return ((Result.Success<AccessToken>) outcome).value();
  }

  /** How many exchanges are held. */
  int waiting() {
    return begun.size();
  }

  /** Carries out the next exchange, as soon as it is asked for. */
  void perform() {
    try {
      Runnable exchange = begun.poll(MAX_WAIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(exchange).as("an exchange that was asked for").isNotNull();
      exchange.run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    transport.close();
    cloud.close();
  }
}
