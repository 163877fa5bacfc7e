package consumer;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.spi.ToolProvider;

/** Fails unless an image of the modules of the JDK can be linked, and one of all modules cannot. */
public final class Link {

  private Link() {}

  public static void main(String[] arguments) {
    String image = arguments[0];
    String all =
        jlink(
            "--module-path",
            System.getProperty("jdk.module.path"),
            "--add-modules",
            "consumer",
            "--output",
            image + "-all");
    if (!all.contains("automatic module cannot be used with jlink")) {
      throw new IllegalStateException("The automatic modules were linked: " + all);
    }
    String jdk = jlink("--add-modules", "java.base,java.logging,jdk.crypto.ec", "--output", image);
    if (!jdk.isEmpty()) {
      throw new IllegalStateException("The modules of the JDK were not linked: " + jdk);
    }
  }

  /** The output of the tool. */
  private static String jlink(String... arguments) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintWriter writer = new PrintWriter(output, true, StandardCharsets.UTF_8);
    ToolProvider.findFirst("jlink").orElseThrow().run(writer, writer, arguments);
    writer.flush();
    return output.toString(StandardCharsets.UTF_8);
  }
}
