package io.github.typedbcloud.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.typedbcloud.error.ApiException;
import io.github.typedbcloud.error.TransportException;
import io.github.typedbcloud.support.MockCloud;
import io.github.typedbcloud.support.ParallelTasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that wait together for one exchange. */
final class TokenWaitersTest {

  private final ManagedToken token = ManagedToken.held();

  @AfterEach
  void close() {
    token.close();
  }

  @Test
  void interrupt_ofOneWaiter_keepsExchange() {
    ParallelTasks<String> patient = ParallelTasks.of(3, token::header);
    AtomicBoolean flag = new AtomicBoolean();
    ParallelTasks<String> interrupted =
        ParallelTasks.one(
            () -> {
              try {
                return token.header();
              } finally {
                flag.set(Thread.currentThread().isInterrupted());
              }
            });
    patient.awaitAllWaiting();
    interrupted.awaitAllWaiting();

    interrupted.interrupt();
    assertThat(interrupted.failures())
        .singleElement()
        .isInstanceOf(TransportException.class)
        .extracting(Throwable.class::cast)
        .satisfies(failure -> assertThat(failure).hasCauseInstanceOf(InterruptedException.class));
    assertThat(flag).isTrue();

    token.perform();
    assertThat(patient.results()).containsOnly("Bearer token-1");
    assertThat(token.cloud.exchanges()).hasSize(1);
  }

  @Test
  void interrupt_inLastSeconds_isNotSwallowed() {
    ParallelTasks<String> first = ParallelTasks.one(token::header);
    first.awaitAllWaiting();
    token.perform();
    assertThat(first.results()).containsExactly("Bearer token-1");
    token.time.advance(Duration.ofMinutes(60).minusSeconds(1));
    ParallelTasks<String> interrupted = ParallelTasks.one(token::header);
    interrupted.awaitAllWaiting();

    interrupted.interrupt();
    assertThat(interrupted.failures()).first().isInstanceOf(TransportException.class);
  }

  @Test
  void waiters_each_getOwnException() {
    token.cloud.enqueueExchange(MockCloud.text(500, ""));
    ParallelTasks<String> here = ParallelTasks.one(this::askHere);
    here.awaitAllWaiting();
    ParallelTasks<String> there = ParallelTasks.one(this::askThere);
    there.awaitAllWaiting();
    token.perform();

    Throwable one = here.failures().get(0);
    Throwable other = there.failures().get(0);
    assertThat(List.of(one, other)).hasOnlyElementsOfType(ApiException.class);
    assertThat(one).isNotSameAs(other);
    assertThat(methods(one)).contains("askHere").doesNotContain("askThere");
    assertThat(methods(other)).contains("askThere").doesNotContain("askHere");
    assertThat(token.cloud.exchanges()).hasSize(1);
  }

  @Test
  void waiter_ownDeadline_isKept() {
    assertThatThrownBy(() -> token.token(Duration.ofMillis(1)))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("it did not end in time");
    assertThat(token.waiting()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void executor_fails_nextCallerRetries(boolean outOfThreads) {
    AtomicBoolean failed = new AtomicBoolean();
    try (ManagedToken unlucky =
        ManagedToken.with(
            exchange -> {
              if (failed.getAndSet(true)) {
                exchange.run();
              } else if (outOfThreads) {
                throw new OutOfMemoryError("unable to create native thread");
              } else {
                throw new RejectedExecutionException("full");
              }
            })) {
      assertThatThrownBy(unlucky::token)
          .isInstanceOf(TransportException.class)
          .hasMessageContaining(outOfThreads ? "unable to create native thread" : "full");
      assertThat(unlucky.cloud.exchanges()).isEmpty();
      assertThat(unlucky.header()).isEqualTo("Bearer token-1");
    }
  }

  @Test
  void discard_onlyCurrentToken_isDiscarded() {
    try (ManagedToken atOnce = ManagedToken.atOnce()) {
      AccessToken old = atOnce.token();
      atOnce.manager.discard(old);
      AccessToken renewed = atOnce.token();
      assertThat(renewed).isNotSameAs(old);

      atOnce.manager.discard(old);
      assertThat(atOnce.token()).isSameAs(renewed);
      assertThat(atOnce.cloud.exchanges()).hasSize(2);
    }
  }

  private String askHere() {
    return token.header();
  }

  private String askThere() {
    return token.header();
  }

  private static List<String> methods(Throwable failure) {
    return List.of(failure.getStackTrace()).stream().map(StackTraceElement::getMethodName).toList();
  }
}
