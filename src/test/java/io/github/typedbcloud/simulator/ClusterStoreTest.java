package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.time.ManualTime;
import io.github.typedbcloud.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What cannot be tested reliably over HTTP: that each operation is atomic. */
class ClusterStoreTest {

  private static final CloudScope SCOPE = CloudScope.project("my-org", "default");

  private static final Settings SETTINGS =
      Settings.DEFAULT.with(
          all -> all.transitionTimes = TransitionTimes.all(Duration.ofMinutes(1)));

  private final InterruptingTime time = new InterruptingTime();
  private final ClusterStore store = new ClusterStore(List.of(SCOPE), time, () -> SETTINGS);
  private final AtomicInteger succeeded = new AtomicInteger();

  @Test
  void deploy_concurrent_waitsForOther() throws InterruptedException {
    Thread second = new Thread(() -> deploy("a"));
    time.onceInTheMiddle =
        () -> {
          second.start();
          while (second.getState() != Thread.State.BLOCKED && second.isAlive()) {
            Thread.onSpinWait();
          }
        };
    deploy("a");
    second.join();
    assertThat(succeeded).hasValue(1);
    assertThat(store.count()).isEqualTo(1);
  }

  @Test
  void addresses_unique_listIsOrdered() {
    int many = 5_000;
    for (int i = 0; i < many; i++) {
      deploy("c" + i);
    }
    assertThat(succeeded).hasValue(many);
    List<String> ids = new ArrayList<>();
    Set<String> addresses = new HashSet<>();
    for (SimulatedCluster cluster : store.list(SCOPE, null)) {
      assertThat(cluster.id()).isEqualTo("c" + ids.size());
      ids.add(cluster.id());
      addresses.addAll(cluster.serverAddresses());
    }
    assertThat(addresses).hasSize(many).allMatch(a -> a.matches("[a-z0-9]{6}-0\\..*"));
  }

  private void deploy(String id) {
    Call call = new Call(Operation.DEPLOY, ApiVersion.PROJECTS, SCOPE, "");
    try {
      store.write(ClusterWrite.read(call, Bodies.paid(id), SETTINGS), null);
      succeeded.incrementAndGet();
    } catch (ApiError error) {
      assertThat(error.status()).isEqualTo(409);
    }
  }

  /** Runs a task when a deploy that is half done reads the clock. */
  private static final class InterruptingTime implements TimeSource {

    private final ManualTime time = new ManualTime();
    private Runnable onceInTheMiddle = () -> {};

    @Override
    public Instant now() {
      Runnable todo = onceInTheMiddle;
      onceInTheMiddle = () -> {};
      todo.run();
      return time.now();
    }

    @Override
    public Duration elapsed() {
      return time.elapsed();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      time.sleep(duration);
    }
  }
}
