package io.github.typedbcloud.junit;

import io.github.typedbcloud.simulator.AccessLevel;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts a TypeDB Cloud simulator for each test of a class, or for one test, and injects it.
 *
 * <pre>{@code
 * @TypeDBCloudTest
 * class MyServiceTest {
 *   @Test
 *   void deploys(ClustersApi clusters, TypeDBCloudSimulator simulator) { … }
 * }
 * }</pre>
 *
 * <p>Test methods, {@code @BeforeEach} and {@code @AfterEach} methods may declare parameters of
 * these types:
 *
 * <ul>
 *   <li>{@code TypeDBCloudSimulator}, and its {@code Faults};
 *   <li>{@code TypeDBCloudClient}, connected to the simulator;
 *   <li>{@code ClustersApi} and {@code AsyncClustersApi} of the {@code Scope} that {@link #scope}
 *       selects, and that {@code Scope};
 *   <li>{@code ManualTime}, which simulator and client share.
 * </ul>
 *
 * <p>Every invocation of a test method starts with an empty simulator on its own port, so tests may
 * run in parallel. When a test fails, the requests that its simulator received and its fault rules
 * are printed, without secrets; not for the dynamic tests of a {@code @TestFactory}.
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SuppressWarnings("exports") // users of this package already have JUnit
@ExtendWith(TypeDBCloudExtension.class)
public @interface TypeDBCloudTest {

  /** The access level of the client's API token, in every project and space. */
  AccessLevel accessLevel() default AccessLevel.ADMIN;

  /**
   * Whether simulator and client share a {@code ManualTime}, whose sleeps return immediately: a
   * wait of minutes ends in milliseconds. Tests that use only injected objects are deterministic.
   *
   * <p>A client that your code builds with {@code simulator.url()}, {@code simulator.clientId()}
   * and {@code simulator.clientSecret()} sleeps in real time. From its first token exchange on, the
   * clock also advances with real time whenever nothing else advances it, so its waits end after
   * {@link #transitionMillis}. To end them at once, build it with {@code .timeSource(time)} and the
   * injected {@code ManualTime}.
   *
   * <p>False: simulator and client use the system clock.
   */
  boolean manualTime() default true;

  /** The duration of each transition of a cluster, in milliseconds. */
  long transitionMillis() default 2_000;

  /** The scope of the injected {@code ClustersApi}. */
  ScopeKind scope() default ScopeKind.SPACE;

  /** The kinds of scopes. */
  enum ScopeKind {
    /** The space {@code my-team/default}. */
    SPACE,
    /** The project {@code my-org/default}, in the older API. */
    PROJECT
  }
}
