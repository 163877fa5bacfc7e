package io.github.typedbcloud.docs;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs a test class that a snippet of the README declares; the snippets' loader finds it here. */
public final class TestRun {

  private TestRun() {}

  /** Fails unless there is one test in it, which succeeds. */
  public static void succeeds(Class<?> tests) {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .execute()
        .testEvents()
        .assertStatistics(all -> all.succeeded(1).failed(0));
  }
}
