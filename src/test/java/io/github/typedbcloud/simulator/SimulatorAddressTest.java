package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.typedbcloud.support.LogListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses and ports that a simulator listens on. */
class SimulatorAddressTest {

  private static final String IPV6 = "::1";

  @BeforeEach
  void assumeIpv6() throws IOException {
    assumeTrue(NetworkInterface.getByInetAddress(resolve(IPV6)) != null, "no IPv6 loopback");
  }

  @Test
  void default_listensOnBothLoopbackAddresses() {
    int port;
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
      port = port(simulator);
      assertThat(simulator.urls())
          .containsExactly("http://127.0.0.1:" + port, "http://[::1]:" + port);
      for (String url : simulator.urls()) {
        Caller.send(url, "GET", "/", "", "").isError(404, "path_not_found");
      }
    }
    for (String address : List.of("127.0.0.1", IPV6)) {
      assertThatThrownBy(() -> new Socket(resolve(address), port))
          .isInstanceOf(ConnectException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", IPV6})
  void port_inUseOnOneAddress_isNamedAndNothingStaysOpen(String address) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, resolve(address))) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> TypeDBCloudSimulator.builder().port(port).start())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(
              "Cannot listen on %s, port %s (", resolve(address).getHostAddress(), port);
      String other = address.equals(IPV6) ? "127.0.0.1" : IPV6;
      assertThatThrownBy(() -> new Socket(resolve(other), port))
          .isInstanceOf(ConnectException.class);
    }
  }

  /** So many ports are taken on one address that some of the simulators find theirs in use. */
  @Test
  void port_anyFree_isFreeOnBothAddresses() throws IOException {
    List<ServerSocket> taken = new ArrayList<>();
    try {
      for (int i = 0; i < 1500; i++) {
        taken.add(new ServerSocket(0, 1, resolve(IPV6)));
      }
      for (int i = 0; i < 100; i++) {
        try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.start()) {
          assertThat(simulator.urls()).hasSize(2);
        }
      }
    } finally {
      for (ServerSocket socket : taken) {
        socket.close();
      }
    }
  }

  @Test
  void host_literalIpv6_isAloneAndInBrackets() {
    try (TypeDBCloudSimulator simulator = TypeDBCloudSimulator.builder().host(IPV6).start()) {
      int port = port(simulator);
      assertThat(simulator.urls()).containsExactly("http://[::1]:" + port);
      Caller.send(simulator.url(), "GET", "/", "", "").isError(404, "path_not_found");
      assertThatThrownBy(() -> new Socket(resolve("127.0.0.1"), port))
          .isInstanceOf(ConnectException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void host_allAddresses_warnsAndIsReachableOnEach(String host) throws IOException {
    try (LogListener log = new LogListener();
        TypeDBCloudSimulator simulator = TypeDBCloudSimulator.builder().host(host).start()) {
      assertThat(simulator.urls()).containsExactly("http://127.0.0.1:" + port(simulator));
      Caller.send(simulator.url(), "GET", "/", "", "").isError(404, "path_not_found");
      new Socket(resolve(IPV6), port(simulator)).close();
      assertThat(log.text().lines().filter(line -> line.startsWith("WARN")))
          .singleElement()
          .asString()
          .contains("Other machines may be able to connect");
    }
  }

  @Test
  void host_loopback_doesNotWarn() {
    try (LogListener log = new LogListener();
        TypeDBCloudSimulator simulator = TypeDBCloudSimulator.builder().host("127.0.0.1").start()) {
      assertThat(simulator.urls()).containsExactly(simulator.url());
      assertThat(log.text()).doesNotContain("WARN");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "::g"})
  void host_ofNoAddressHere_isNamed(String host) {
    TypeDBCloudSimulator.Builder builder = TypeDBCloudSimulator.builder().host(host);
    assertThat(catchThrowable(builder::start))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Cannot listen on host " + host + ": ");
  }

  private static InetAddress resolve(String literal) {
    try {
      return InetAddress.getAllByName(literal)[0];
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int port(TypeDBCloudSimulator simulator) {
    return URI.create(simulator.url()).getPort();
  }
}
