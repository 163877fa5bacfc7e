package io.github.typedbcloud.junit;

import io.github.typedbcloud.simulator.ReceivedRequest;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The requests of a test that failed. */
final class RequestLog {

  private RequestLog() {}

  /** Prints the requests that the simulator received, without secrets, if the test failed. */
  static void printOnFailure(ExtensionContext context, TypeDBCloudSimulator simulator) {
    if (context.getExecutionException().isPresent()) {
      System.err.println(of(context, simulator));
    }
  }

  private static String of(ExtensionContext context, TypeDBCloudSimulator simulator) {
    List<ReceivedRequest> received = simulator.received();
    return received.stream()
        .map(request -> "\n  " + request)
        .collect(
            Collectors.joining(
                "",
                "Requests of "
                    + context.getRequiredTestClass().getSimpleName()
                    + "."
                    + context.getDisplayName()
                    + " to "
                    + simulator.url()
                    + ":",
                received.isEmpty() ? " none" : ""));
  }
}
