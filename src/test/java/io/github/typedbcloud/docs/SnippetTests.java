package io.github.typedbcloud.docs;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs a JUnit class that a snippet declares; public because snippets call it. */
public final class SnippetTests {

  private SnippetTests() {}

  /** Fails unless the class has exactly one test, and it succeeds. */
  public static void run(Class<?> testClass) {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(testClass))
        .execute()
        .testEvents()
        .assertStatistics(all -> all.succeeded(1).failed(0));
  }
}
