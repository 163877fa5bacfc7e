package io.github.typedbcloud.docs;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs a JUnit class that a snippet declares, in a process of its own. */
final class SnippetTests {

  private SnippetTests() {}

  /** Fails unless the named class has tests, and all of them succeed. */
  public static void main(String[] arguments) throws ClassNotFoundException {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(Class.forName(arguments[0])))
            .execute()
            .testEvents();
    tests.debug();
    long succeeded = tests.succeeded().count();
    System.exit(succeeded > 0 && succeeded == tests.started().count() ? 0 : 1);
  }
}
