package io.github.typedbcloud.internal.wait;

import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A poll that finds what a test says, one thing after the other and the last for ever. */
final class ScriptedPoll implements PollSource {

  private final ManualTime time;
  private final Deque<Supplier<Optional<Cluster>>> script = new ArrayDeque<>();
  private final List<Duration> moments = new ArrayList<>();
  private final List<Duration> timeouts = new ArrayList<>();

  ScriptedPoll(ManualTime time) {
    this.time = time;
  }

  ScriptedPoll finds(String... statuses) {
    for (String status : statuses) {
      finds(cluster(status));
    }
    return this;
  }

  ScriptedPoll finds(Cluster cluster) {
    script.add(() -> Optional.of(cluster));
    return this;
  }

  ScriptedPoll findsNothing() {
    script.add(Optional::empty);
    return this;
  }

  ScriptedPoll fails(TypeDBCloudException failure) {
    script.add(
        () -> {
          throw failure;
        });
    return this;
  }

  /** The poll itself takes time. */
  ScriptedPoll findsAfter(Duration duration, String status) {
    script.add(
        () -> {
          time.advance(duration);
          return Optional.of(cluster(status));
        });
    return this;
  }

  static Cluster cluster(String status) {
    return Cluster.builder("a").status(ClusterStatus.of(status)).serverCount(3).build();
  }

  /** When the polls were made. */
  List<Duration> moments() {
    return moments;
  }

  /** How long each poll was given. */
  List<Duration> timeouts() {
    return timeouts;
  }

  @Override
  public Duration callTimeout() {
    return Duration.ofSeconds(30);
  }

  @Override
  public List<Cluster> list(Duration timeout) {
    throw new AssertionError("one wait has no use for a list");
  }

  @Override
  public Optional<Cluster> find(String id, Duration timeout) {
    moments.add(time.elapsed());
    timeouts.add(timeout);
    Supplier<Optional<Cluster>> next = script.size() > 1 ? script.remove() : script.element();
    return next.get();
  }
}
