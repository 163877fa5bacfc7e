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
 * Gives each test of a class, or one test, a simulator of TypeDB Cloud of its own.
 *
 * <pre>{@code
 * @TypeDBCloudTest
 * class MyServiceTest {
 *   @Test
 *   void deploys(ClustersApi clusters, TypeDBCloudSimulator simulator) { … }
 * }
 * }</pre>
 *
 * <p>Parameters of the test and of its {@code @BeforeEach} and {@code @AfterEach} methods may be,
 * in any order: a {@code TypeDBCloudSimulator}; a {@code TypeDBCloudClient} of it; the {@code
 * ClustersApi} of its space, or of its project where {@link #scope} says so; the {@code Scope}; the
 * {@code Faults} of the simulator; and the {@code ManualTime} that simulator and client share.
 *
 * <p>Every run of a test method, each of a parameterized one as well, starts with an empty
 * simulator on a port of its own, so tests may run in parallel. When a test fails, the requests
 * that its simulator received are printed, without secrets.
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SuppressWarnings("exports") // who uses this package has JUnit
@ExtendWith(TypeDBCloudExtension.class)
public @interface TypeDBCloudTest {

  /** What the client may do in every project and space; everything by default. */
  AccessLevel accessLevel() default AccessLevel.ADMIN;

  /**
   * Whether simulator and client share a {@code ManualTime}, whose sleeps return at once, so that
   * minutes of waiting pass in milliseconds; true by default. Code that sleeps or polls by the
   * machine's clock needs false.
   */
  boolean manualTime() default true;

  /** How long each transition of a cluster takes, in milliseconds; 2,000 by default. */
  long transitionMillis() default 2_000;

  /** Where the injected {@code ClustersApi} is; a space by default. */
  ScopeKind scope() default ScopeKind.SPACE;

  /** The kinds of scopes. */
  enum ScopeKind {
    /** {@code my-team/default}: today's API. */
    SPACE,
    /** {@code my-org/default}: the API of early 2025. */
    PROJECT
  }
}
