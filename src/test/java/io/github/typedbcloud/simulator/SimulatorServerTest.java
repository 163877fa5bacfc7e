package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The simulator as a server: threads, ports, connections. */
class SimulatorServerTest {

  @Test
  void simulators_two_areSeparate() {
    try (TypeDBCloudSimulator one = TypeDBCloudSimulator.start();
        TypeDBCloudSimulator two = TypeDBCloudSimulator.start()) {
      assertThat(one.url()).isNotEqualTo(two.url()).matches("http://127\\.0\\.0\\.1:[0-9]+");
      Caller.project(one).deploy(Bodies.paid("a"));
      assertThat(Caller.project(two).list().body()).isEqualTo("[]");
      Caller.project(two).with(Caller.token(one)).list().isError(401, "invalid_access_token");
      assertThat(one.clientSecret()).isNotEqualTo(two.clientSecret());
    }
  }

  @Test
  void scopes_named_replaceDefaults() {
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      assertThat(simulator.organization() + "/" + simulator.project()).isEqualTo("my-org/default");
      assertThat(simulator.team() + "/" + simulator.space()).isEqualTo("my-team/default");
    }
    try (TypeDBCloudSimulator simulator =
        TypeDBCloudSimulator.builder().space("t", "s").space("t", "s2").start()) {
      assertThat(simulator.team() + "/" + simulator.space()).isEqualTo("t/s");
      Caller.project(simulator).list().isError(404, "project_not_found");
      assertThatThrownBy(simulator::organization)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("TypeDBCloudSimulator.Builder.project");
    }
  }

  @Test
  void close_twice_freesPort() {
    TypeDBCloudSimulator first = TypeDBCloudSimulator.start();
    int port = URI.create(first.url()).getPort();
    assertThat(Caller.project(first).list().status()).isEqualTo(200);
    assertThatThrownBy(() -> TypeDBCloudSimulator.builder().port(port).start())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(Integer.toString(port));
    first.close();
    first.close();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
        .isInstanceOf(ConnectException.class);
    try (TypeDBCloudSimulator second = TypeDBCloudSimulator.builder().port(port).start()) {
      assertThat(Caller.project(second).list().status()).isEqualTo(200);
    }
  }

  /** Repeated, because the system frees a port a moment after it is closed. */
  @Test
  void close_returned_portIsClosed() {
    for (int i = 0; i < 200; i++) {
      TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start();
      int port = URI.create(simulator.url()).getPort();
      simulator.close();
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void close_endsUsedConnections() throws IOException {
    TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start();
    try (Socket socket = connect(simulator)) {
      BufferedReader reader = reader(socket);
      get(socket);
      readResponse(reader);
      simulator.close();
      assertThat(endOf(reader)).isTrue();
    }
  }

  private static boolean endOf(BufferedReader reader) {
    try {
      return reader.read() == -1;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void threads_areDaemons() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      Caller.send(simulator.url(), "GET", "/", "", "").isError(404, "path_not_found");
      List<Thread> started = new ArrayList<>(Thread.getAllStackTraces().keySet());
      started.removeAll(before);
      assertThat(started)
          .extracting(Thread::getName)
          .anyMatch(name -> name.startsWith("typedb-cloud-simulator-"));
      assertThat(started).allMatch(Thread::isDaemon);
    }
  }

  @Test
  void start_interrupted_staysInterrupted() {
    Thread.currentThread().interrupt();
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      assertThat(Thread.interrupted()).isTrue();
      assertThat(Caller.project(simulator).list().status()).isEqualTo(200);
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void deploy_concurrentSameId_oneSucceeds() throws Exception {
    int threads = 200;
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      Caller caller = Caller.project(simulator);
      List<Integer> statuses = together(threads, () -> caller.deploy(Bodies.paid("a")).status());
      assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
      assertThat(Collections.frequency(statuses, 409)).isEqualTo(threads - 1);
      assertThat(caller.list().json()).hasSize(1);
    }
  }

  @Test
  void deploy_concurrentFree_oneSucceeds() throws Exception {
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      Caller caller = Caller.project(simulator);
      List<Integer> statuses =
          together(
              50, () -> caller.deploy(Bodies.free("c" + Thread.currentThread().getId())).status());
      assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
      assertThat(Collections.frequency(statuses, 400)).isEqualTo(49);
    }
  }

  private static <T> List<T> together(int threads, Callable<T> task) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch ready = new CountDownLatch(threads);
      Callable<T> atOnce =
          () -> {
            ready.countDown();
            ready.await();
            return task.call();
          };
      List<T> results = new ArrayList<>();
      for (Future<T> future : executor.invokeAll(Collections.nCopies(threads, atOnce))) {
        results.add(future.get());
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }

  /**
   * When a part of a response waits for the acknowledgement of the previous part, nearly every
   * response takes 40 ms. The median is robust when the machine is briefly busy.
   */
  @Test
  void keptConnection_responses_areNotDelayed() throws IOException {
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start();
        Socket socket = connect(simulator)) {
      BufferedReader reader = reader(socket);
      long[] nanos = new long[101];
      for (int i = 0; i < nanos.length; i++) {
        long began = System.nanoTime();
        get(socket);
        readResponse(reader);
        nanos[i] = System.nanoTime() - began;
      }
      Arrays.sort(nanos);
      assertThat(Duration.ofNanos(nanos[nanos.length / 2])).isLessThan(Duration.ofMillis(20));
    }
  }

  @Test
  void client_disconnects_othersContinue() throws IOException {
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      try (Socket half = connect(simulator)) {
        half.getOutputStream()
            .write(
                "POST /api/auth HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf"
                    .getBytes(StandardCharsets.US_ASCII));
      }
      try (Socket notReading = connect(simulator)) {
        get(notReading);
        notReading.setSoLinger(true, 0);
      }
      assertThat(Caller.project(simulator).list().status()).isEqualTo(200);
    }
  }

  @Test
  void toString_hidesSecrets() {
    TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start();
    try (simulator) {
      Caller.project(simulator).deploy(Bodies.paid("a"));
      assertThat(simulator.toString())
          .isEqualTo(
              "TypeDBCloudSimulator[%s, [project my-org/default, space my-team/default],"
                      .formatted(simulator.url())
                  + " clusters: 1]")
          .doesNotContain(simulator.clientSecret());
    }
    assertThat(simulator.toString()).contains("closed");
  }

  @Test
  void settings_outOfRange_areRejected() {
    TypeDBCloudSimulator.Builder builder = TypeDBCloudSimulator.builder();
    Duration negative = Duration.ofNanos(-1);
    assertInvalid(() -> builder.port(-1));
    assertInvalid(() -> builder.port(65_536));
    assertInvalid(() -> builder.transitionTime(negative));
    assertInvalid(() -> builder.startingTime(negative));
    assertInvalid(() -> builder.suspendingTime(negative));
    assertInvalid(() -> builder.resumingTime(negative));
    assertInvalid(() -> builder.destroyingTime(negative));
    assertInvalid(() -> builder.accessTokenLifetime(Duration.ZERO));
    assertInvalid(() -> builder.accessTokenLifetime(negative));
    assertInvalid(() -> builder.project("", "default"));
    assertInvalid(() -> builder.project("my-org", ".."));
    assertInvalid(() -> builder.space(".", "default"));
    assertInvalid(
        () ->
            TypeDBCloudSimulator.builder()
                .apiTokenForProject("a", "b", AccessLevel.READ, "my-org", "other")
                .start());
  }

  private static void assertInvalid(Runnable setting) {
    assertThatThrownBy(setting::run).isInstanceOf(IllegalArgumentException.class);
  }

  private static Socket connect(TypeDBCloudSimulator simulator) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), URI.create(simulator.url()).getPort());
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private static void get(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET /api/auth HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads head and body of an error, whose body ends with its only closing brace. */
  private static void readResponse(BufferedReader reader) throws IOException {
    int read = reader.read();
    while (read != '}' && read != -1) {
      read = reader.read();
    }
    assertThat(read).isEqualTo('}');
  }
}
