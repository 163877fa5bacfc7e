package io.github.typedbcloud.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.error.WaitException.Reason;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.ClusterStatus;
import io.github.typedbcloud.model.StatusChange;
import io.github.typedbcloud.validation.Violation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A serialized copy of an exception has no null getters. */
final class SerializationTest {

  @Test
  void waitException_copy_keepsReasonAndPending() throws Exception {
    WaitException copy =
        copy(
            new WaitException(
                Reason.TIMED_OUT,
                Cluster.builder("a").build(),
                List.of(new StatusChange(ClusterStatus.STARTING, Instant.EPOCH, Duration.ZERO)),
                List.of("a", "b"),
                "the timeout elapsed",
                null));

    assertThat(copy).hasMessage("the timeout elapsed");
    assertThat(copy.reason()).isEqualTo(Reason.TIMED_OUT);
    assertThat(copy.cluster()).isEmpty();
    assertThat(copy.history()).isEmpty();
    assertThat(copy.pending()).containsExactly("a", "b");
  }

  @Test
  void invalidRequest_copy_keepsMessage() throws Exception {
    InvalidRequestException copy =
        copy(
            new InvalidRequestException(
                "deploy of cluster 'A'",
                List.of(new Violation("id", "A", "must be lowercase", List.of(), null))));

    assertThat(copy.violations()).isEmpty();
    assertThat(copy).hasMessageContaining("must be lowercase");
  }

  @Test
  void apiException_copy_keepsRetryAfter() throws Exception {
    FailedCall get = new FailedCall("get", "GET", "/clusters/a", "cluster 'a'");
    Duration minute = Duration.ofMinutes(1);

    assertThat(copy(new ApiException(get, 429, "", "", "429", minute)).retryAfter())
        .contains(minute);
    assertThat(copy(new ApiException(get, 429, "", "", "429")).retryAfter()).isEmpty();
  }

  @Test
  void transportException_copy_keepsReason() throws Exception {
    FailedCall get = new FailedCall("get", "GET", "/clusters/a", "cluster 'a'");
    TransportException.Reason reason = TransportException.Reason.HOST_NAME;

    assertThat(copy(new TransportException(get, reason, "x", new IOException())).reason())
        .isEqualTo(reason);
  }

  @SuppressWarnings({"unchecked", "BanSerializableRead"}) // what the test itself wrote
  private static <T> T copy(T original) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}
