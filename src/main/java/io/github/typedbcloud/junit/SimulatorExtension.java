package io.github.typedbcloud.junit;

import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One TypeDB Cloud simulator for all tests of a class, for code that is configured once with a URL
 * and credentials, such as a Spring context.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SimulatorExtension CLOUD = SimulatorExtension.start();
 *
 * @DynamicPropertySource
 * static void properties(DynamicPropertyRegistry registry) {
 *   registry.add("typedb.cloud.url", CLOUD.simulator()::url);
 *   registry.add("typedb.cloud.client-id", CLOUD.simulator()::clientId);
 *   registry.add("typedb.cloud.client-secret", CLOUD.simulator()::clientSecret);
 * }
 * }</pre>
 *
 * <p>It starts when it is created, and {@link TypeDBCloudSimulator#reset resets} after each test,
 * so the tests of a class must not run in parallel. When a test fails, the requests that the
 * simulator received since the test before and its fault rules are printed, without secrets. It
 * stays open after the class, because Spring can keep a context for later classes. JUnit 5.13 and
 * later closes it after the last class; it does not keep the JVM running. In a field that is not
 * static, each test has a simulator of its own, which is closed after the test. Works with JUnit
 * 5.10 to 6.
 *
 * <p>{@link TypeDBCloudTest} starts a simulator for each test instead, and injects a client.
 */
@SuppressWarnings("exports") // users of this package already have JUnit
public final class SimulatorExtension implements BeforeAllCallback, AfterEachCallback {

  private static final Namespace NAMESPACE = Namespace.create(SimulatorExtension.class);

  private final TypeDBCloudSimulator simulator;

  /** Set before the first test; an extension in an instance field is created for each test. */
  private volatile boolean isOfClass;

  private SimulatorExtension(TypeDBCloudSimulator simulator) {
    this.simulator = simulator;
  }

  /** Starts a simulator with the default settings, on the system clock. */
  public static SimulatorExtension start() {
    return start(TypeDBCloudSimulator.builder());
  }

  /**
   * Starts a simulator.
   *
   * @param settings of the simulator
   */
  public static SimulatorExtension start(TypeDBCloudSimulator.Builder settings) {
    Objects.requireNonNull(settings, "settings must not be null");
    return new SimulatorExtension(settings.start());
  }

  /** The simulator, which is the same in all tests. */
  public TypeDBCloudSimulator simulator() {
    return simulator;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    isOfClass = true;
    // JUnit 5.13 and later closes it with the store.
    context.getRoot().getStore(NAMESPACE).put(this, simulator);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    RequestLog.printOnFailure(context, simulator);
    if (isOfClass) {
      simulator.reset();
    } else {
      simulator.close();
    }
  }
}
